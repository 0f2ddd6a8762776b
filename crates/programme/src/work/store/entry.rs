//! What happened to a part, act by act, each with the fields as they were before.

use crate::ids::{EntryId, PartId};
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct EntryRow {
    pub id: Uuid,
    pub part_id: Uuid,
    pub kind: String,
    pub at: i64,
    pub actor: String,
    /// The account behind the actor.
    pub hand: Option<String>,
    /// The body that acted for the part's own body.
    pub acted_by: Option<Uuid>,
    pub percent: Option<i64>,
    pub text: Words,
    pub before: String,
    pub undone_at: Option<i64>,
    /// The act on the whole task that wrote it, with the lines of its other parts.
    #[serde(skip)]
    pub change_id: Option<Uuid>,
}

const COLUMNS: &str = "id, part_id, kind, at, actor, hand, acted_by, percent, text, before, undone_at, change_id";

pub async fn insert(conn: &Writer, row: &EntryRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_entry (id, part_id, kind, at, actor, percent, text, before, hand, acted_by, change_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = vals![
        row.id,
        row.part_id,
        row.kind.as_str(),
        row.at,
        row.actor.as_str(),
        row.percent,
        row.text.as_str(),
        row.before.as_str(),
        row.hand.clone(),
        row.acted_by,
        row.change_id,
    ];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: EntryId) -> Result<Option<EntryRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_entry WHERE id = $1"), vals![id.uuid()]).await
}

/// The newest first.
pub async fn list(conn: &Reader, part: PartId, limit: u64) -> Result<Vec<EntryRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_entry WHERE part_id = $1 ORDER BY id DESC LIMIT {limit}");
    conn.all(&sql, vals![part.uuid()]).await
}

/// What its body said of the work and stands: everything but the words of who checks it.
pub async fn own(conn: &Reader, part: PartId) -> Result<Vec<EntryRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_entry WHERE part_id = $1 AND undone_at IS NULL AND kind IN ('progress', 'done') ORDER BY id"
    );
    conn.all(&sql, vals![part.uuid()]).await
}

/// Of these parts those whose work somebody said or proved themselves, by the account behind them.
pub async fn own_among(conn: &Reader, parts: &[Uuid], hand: &str) -> Result<Vec<Uuid>, DbError> {
    #[derive(FromQueryResult)]
    struct Part {
        part_id: Uuid,
    }
    if parts.is_empty() {
        return Ok(vec![]);
    }
    let marks = db::marks(2, parts.len());
    let sql = format!(
        "SELECT part_id FROM programme_entry WHERE part_id IN ({marks}) AND hand = $1 AND undone_at IS NULL AND kind IN ('progress', 'done') \
         UNION SELECT part_id FROM programme_evidence WHERE part_id IN ({marks}) AND hand = $1 AND removed_at IS NULL"
    );
    let values = vals![hand].into_iter().chain(parts.iter().map(|id| (*id).into())).collect();
    let rows: Vec<Part> = conn.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.part_id).collect())
}

/// The words with which a part was last accepted.
pub async fn accept_note(conn: &Reader, part: PartId) -> Result<String, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_entry WHERE part_id = $1 AND undone_at IS NULL AND kind = 'accept' ORDER BY id DESC LIMIT 1"
    );
    let row: Option<EntryRow> = conn.one(&sql, vals![part.uuid()]).await?;
    Ok(row.map(|row| row.text.into_string()).unwrap_or_default())
}

/// The last act that stands: the one that can be undone.
pub async fn last(conn: &Reader, part: PartId) -> Result<Option<EntryRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_entry WHERE part_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
    );
    conn.one(&sql, vals![part.uuid()]).await
}

pub async fn undone_set(conn: &Writer, id: EntryId, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_entry SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    Ok(conn.exec(sql, vals![id.uuid(), at]).await? == 1)
}

/// What parts of these bodies did in a stretch of time, for a report: the last words of each part.
pub async fn between(conn: &Reader, unit: kernel::UnitId, from: i64, to: i64) -> Result<Vec<EntryRow>, DbError> {
    let sql = "SELECT e.id, e.part_id, e.kind, e.at, e.actor, e.hand, e.acted_by, e.percent, e.text, e.before, e.undone_at, e.change_id \
        FROM programme_part p JOIN programme_entry e ON e.part_id = p.id \
        WHERE p.unit_id = $1 AND e.at >= $2 AND e.at < $3 AND e.undone_at IS NULL ORDER BY e.id";
    conn.all(sql, vals![unit.uuid(), from, to]).await
}
