//! Letters that the program drafts and an officer releases.

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{UnitId, ids::LetterId};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct LetterRow {
    pub id: Uuid,
    /// `urge` (công văn đôn đốc) or `submission` (phiếu trình).
    pub kind: String,
    /// The id of what it is about.
    pub subject: String,
    pub plan_id: Option<Uuid>,
    pub from_id: Uuid,
    /// Ids of the receiving units, parted by blanks.
    pub to_ids: String,
    pub about: Words,
    pub body: Words,
    /// `draft`, `released`, or `dropped`.
    pub state: String,
    pub number: Option<Words>,
    pub issued_on: Option<String>,
    pub drafted_at: i64,
    pub rev: i64,
    /// The account that released it.
    #[serde(skip)]
    pub released_hand: Option<String>,
    /// The day on which it did, whatever day the paper bears.
    #[serde(skip)]
    pub released_on: Option<String>,
}

const COLUMNS: &str = "id, kind, subject, plan_id, from_id, to_ids, about, body, state, number, issued_on, drafted_at, rev, released_hand, released_on";

impl LetterRow {
    pub fn to(&self) -> Vec<UnitId> {
        self.to_ids.split_whitespace().filter_map(|id| id.parse().ok()).collect()
    }
}

pub async fn insert(conn: &Writer, row: &LetterRow) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO programme_letter ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    let values = vals![
        row.id,
        row.kind.as_str(),
        row.subject.as_str(),
        row.plan_id,
        row.from_id,
        row.to_ids.as_str(),
        row.about.as_str(),
        row.body.as_str(),
        row.state.as_str(),
        row.number.clone(),
        row.issued_on.clone(),
        row.drafted_at,
        row.rev,
        row.released_hand.clone(),
        row.released_on.clone(),
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: LetterId) -> Result<Option<LetterRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_letter WHERE id = $1"), vals![id.uuid()]).await
}

/// True when a letter of this kind about this subject was drafted at or after a moment.
pub async fn since(conn: &Reader, kind: &str, subject: &str, at: i64) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM programme_letter WHERE subject = $1 AND kind = $2 AND drafted_at >= $3";
    Ok(conn.count(sql, vals![subject, kind, at]).await? > 0)
}

/// Letters of these units, the newest first; of all where none is named.
pub async fn list(conn: &Reader, units: Option<&[UnitId]>, limit: u64) -> Result<Vec<LetterRow>, DbError> {
    let (filter, values) = match units {
        Some([]) => return Ok(vec![]),
        Some(units) => (
            // The newest first is their order already; on SQLite the plus keeps it from gathering all and sorting them.
            format!("WHERE {}from_id IN ({})", if conn.is_sqlite() { "+" } else { "" }, db::marks(1, units.len())),
            units.iter().map(|unit| unit.uuid().into()).collect(),
        ),
        None => (String::new(), vec![]),
    };
    conn.all(&format!("SELECT {COLUMNS} FROM programme_letter {filter} ORDER BY id DESC LIMIT {limit}"), values).await
}

pub async fn save(conn: &Writer, row: &LetterRow, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_letter SET about = $3, body = $4, state = $5, number = $6, issued_on = $7, released_hand = $8, released_on = $9, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let values = vals![
        row.id,
        rev,
        row.about.as_str(),
        row.body.as_str(),
        row.state.as_str(),
        row.number.clone(),
        row.issued_on.clone(),
        row.released_hand.clone(),
        row.released_on.clone(),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}
