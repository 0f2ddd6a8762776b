//! Letters that the program drafts and an officer releases, and the bodies to which they went.

use db::{DbError, FromQueryResult, Insert, Reader, Row as _, Writer, vals};
use kernel::{Code as _, Problem, Resource, UnitId};
use uuid::Uuid;

use crate::{
    ids::LetterId,
    work::model::letter::{Letter, LetterKind, LetterState},
};

/// True when a letter of this kind about this subject was drafted at or after a moment.
pub async fn since(conn: &Reader, kind: LetterKind, subject: &str, at: i64) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM programme_letter WHERE subject = $1 AND kind = $2 AND drafted_at >= $3";
    Ok(conn.count(sql, vals![subject, kind.code(), at]).await? > 0)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The draft of this kind that a body has about this subject, as it stays until the act is over.
pub async fn draft_held(
    conn: &Writer,
    kind: LetterKind,
    subject: &str,
    from: UnitId,
) -> Result<Option<Letter>, DbError> {
    let sql = "SELECT id FROM programme_letter WHERE subject = $1 AND kind = $2 AND from_id = $3 AND state = 'draft' ORDER BY id LIMIT 1";
    let row: Option<Id> = conn.one(sql, vals![subject, kind.code(), from.uuid()]).await?;
    let Some(row) = row else { return Ok(None) };
    let held = Letter::held(conn, LetterId::from_uuid(row.id)).await?;
    Ok(held.filter(|letter| letter.state == LetterState::Draft))
}

/// A body to which a letter went.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Receiver {
    pub unit_id: Uuid,
    /// When somebody there said that it has come.
    pub received_at: Option<i64>,
    /// Who, by the pseudonym of the ledger.
    pub received_by: Option<String>,
}

impl Receiver {
    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }
}

pub async fn receivers(conn: &Reader, id: LetterId) -> Result<Vec<Receiver>, DbError> {
    let sql = "SELECT unit_id, received_at, received_by FROM programme_letter_to WHERE letter_id = $1 ORDER BY unit_id";
    conn.all(sql, vals![id.uuid()]).await
}

/// What rights come from: a letter that is released is for its receivers too.
pub async fn resource(conn: &Reader, row: &Letter) -> Result<Resource, Problem> {
    let involved = receivers(conn, row.id).await?.iter().map(Receiver::unit).collect();
    Ok(Resource { involved, ..row.resource() })
}

/// It goes to these bodies; each has a row of its own.
pub async fn send(conn: &Writer, ids: &[(Uuid, UnitId)], letter: LetterId) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_letter_to", "id, letter_id, unit_id");
    for (id, unit) in ids {
        insert.row(vals![*id, letter.uuid(), unit.uuid()]);
    }
    insert.run(conn).await
}

/// It is with nobody any more; false where a body has said that it has it.
pub async fn fetch_back(conn: &Writer, letter: LetterId) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_letter_to WHERE letter_id = $1 AND received_at IS NULL";
    conn.exec(sql, vals![letter.uuid()]).await?;
    let left = "SELECT COUNT(*) FROM programme_letter_to WHERE letter_id = $1";
    Ok(conn.count(left, vals![letter.uuid()]).await? == 0)
}

/// The body has it; false when it did not go there, or somebody there said so already.
pub async fn received(conn: &Writer, id: LetterId, unit: UnitId, at: i64, by: &str) -> Result<bool, DbError> {
    let sql = "UPDATE programme_letter_to SET received_at = $3, received_by = $4 \
        WHERE letter_id = $1 AND unit_id = $2 AND received_at IS NULL";
    Ok(conn.exec(sql, vals![id.uuid(), unit.uuid(), at, by.to_owned()]).await? == 1)
}

/// Drafts of these bodies that were passed to their records clerks, the first passed first.
pub async fn handed(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<Letter>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let marks = db::marks(1, units.len());
    let tail = format!(
        "WHERE state = 'draft' AND handed_at IS NOT NULL AND from_id IN ({marks}) ORDER BY handed_at, id LIMIT {limit}"
    );
    Letter::find(conn, &tail, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// A letter that a body has not said to have.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Unreceived {
    pub letter_id: Uuid,
    pub from_id: Uuid,
    pub about: db::Words,
    pub number: Option<db::Words>,
    pub issued_on: Option<String>,
    /// The account that released it.
    pub released_hand: Option<String>,
}

pub async fn unreceived(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<Unreceived>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT DISTINCT l.id AS letter_id, l.from_id, l.about, l.number, l.issued_on, l.released_hand FROM programme_letter_to r \
         JOIN programme_letter l ON l.id = r.letter_id \
         WHERE r.received_at IS NULL AND r.unit_id IN ({}) ORDER BY l.issued_on, l.id LIMIT {limit}",
        db::marks(1, units.len())
    );
    conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await
}
