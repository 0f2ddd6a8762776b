//! What proves that work was done: a file, a link, a document's number and day.

use crate::ids::{EvidenceId, PartId};
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use serde::Serialize;
use uuid::Uuid;

use crate::files::model::signature::Signature;

#[derive(Debug, Clone, Default, FromQueryResult, Serialize)]
pub struct EvidenceRow {
    pub id: Uuid,
    pub part_id: Uuid,
    /// `file`, `link`, `document`, or `figure`.
    pub kind: String,
    pub label: Words,
    pub number: Option<Words>,
    pub day: Option<String>,
    pub link: Option<String>,
    pub file_name: Option<Words>,
    pub blob_hash: Option<String>,
    pub at: i64,
    pub actor: String,
    /// Nobody has looked yet whether the file bears a mark of secrecy.
    #[serde(skip)]
    #[sea_orm(skip)]
    pub unchecked: bool,
    /// The account behind the actor.
    pub hand: Option<String>,
    /// The body that brought it for the part's own body.
    pub acted_by: Option<Uuid>,
    /// What was seen of a signature in the file; none for those that came before anybody looked.
    pub signed: Option<String>,
    /// In how many places the file may hold a number by which somebody is identified; none where nobody looked
    /// or not all could be read.
    pub identities: Option<i64>,
}

impl EvidenceRow {
    /// A file that bears a digital signature. Of those that nobody looked at a PDF may.
    pub fn is_signed(&self) -> bool {
        let is_pdf = || self.file_name.as_ref().is_some_and(|name| name.to_lowercase().ends_with(".pdf"));
        let seen = self.signed.as_deref().and_then(Signature::parse);
        self.blob_hash.is_some() && seen.map_or_else(is_pdf, |seen| seen == Signature::Whole)
    }

    /// So many numbers of people may be read in the file: it is for who may see the part, and for nobody outside.
    pub fn personal(&self) -> Option<i64> {
        self.identities.filter(|places| *places > 0 && self.blob_hash.is_some())
    }

    /// Nobody can say whether such numbers stand in the file: not all of it could be read, or nobody looked.
    pub fn is_unread(&self) -> bool {
        self.identities.is_none() && self.blob_hash.is_some()
    }
}

const COLUMNS: &str =
    "id, part_id, kind, label, number, day, link, file_name, blob_hash, at, actor, hand, acted_by, signed, identities";

pub async fn insert(conn: &Writer, row: &EvidenceRow) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO programme_evidence ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    let values = vals![
        row.id,
        row.part_id,
        row.kind.as_str(),
        row.label.as_str(),
        row.number.clone(),
        row.day.clone(),
        row.link.clone(),
        row.file_name.clone(),
        row.blob_hash.clone(),
        row.at,
        row.actor.as_str(),
        row.hand.clone(),
        row.acted_by,
        row.signed.clone(),
        row.identities,
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: EvidenceId) -> Result<Option<EvidenceRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_evidence WHERE id = $1");
    conn.one(&sql, vals![id.uuid()]).await
}

/// What stands, oldest first.
pub async fn list(conn: &Reader, part: PartId) -> Result<Vec<EvidenceRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_evidence WHERE part_id = $1 AND removed_at IS NULL ORDER BY id");
    conn.all(&sql, vals![part.uuid()]).await
}

/// All that stands on the parts of a unit and was looked at.
pub async fn of_unit(conn: &Reader, unit: kernel::UnitId) -> Result<Vec<EvidenceRow>, DbError> {
    let sql = "SELECT e.id, e.part_id, e.kind, e.label, e.number, e.day, e.link, e.file_name, e.blob_hash, e.at, e.actor, e.hand, e.acted_by, e.signed, e.identities \
        FROM programme_part p JOIN programme_evidence e ON e.part_id = p.id WHERE p.unit_id = $1 AND e.removed_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM programme_look l WHERE l.subject_id = e.id) ORDER BY e.id";
    conn.all(sql, vals![unit.uuid()]).await
}

/// Takes it away, or with none back: each is the other's undo.
pub async fn removed_set(conn: &Writer, id: EvidenceId, at: Option<i64>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_evidence SET removed_at = $2 WHERE id = $1 AND ($2 IS NOT NULL OR kind <> 'file' OR blob_hash IS NOT NULL)";
    Ok(conn.exec(sql, vals![id.uuid(), at]).await? == 1)
}
