//! Requests for more time.

use crate::ids::{ExtensionId, PartId};
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct ExtensionRow {
    pub id: Uuid,
    pub part_id: Uuid,
    pub asked_due: String,
    pub reason: Words,
    pub asked_at: i64,
    /// `asked`, `granted`, `refused`, or `withdrawn`.
    pub state: String,
    pub answer: Option<Words>,
    pub answered_at: Option<i64>,
    /// The account behind who asked.
    pub hand: Option<String>,
    /// The body that asked for the part's own body.
    pub acted_by: Option<Uuid>,
    pub rev: i64,
}

const COLUMNS: &str = "id, part_id, asked_due, reason, asked_at, state, answer, answered_at, hand, acted_by, rev";

pub async fn insert(conn: &Writer, row: &ExtensionRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_extension (id, part_id, asked_due, reason, asked_at, state, hand, acted_by, rev) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    let values = vals![
        row.id,
        row.part_id,
        row.asked_due.as_str(),
        row.reason.as_str(),
        row.asked_at,
        row.state.as_str(),
        row.hand.clone(),
        row.acted_by,
    ];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: ExtensionId) -> Result<Option<ExtensionRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_extension WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn list(conn: &Reader, part: PartId) -> Result<Vec<ExtensionRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_extension WHERE part_id = $1 ORDER BY id DESC");
    conn.all(&sql, vals![part.uuid()]).await
}

/// Requests that wait for an answer of these followers, oldest first.
pub async fn waiting(conn: &Reader, followers: &[kernel::UnitId], limit: u64) -> Result<Vec<ExtensionRow>, DbError> {
    if followers.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT e.id, e.part_id, e.asked_due, e.reason, e.asked_at, e.state, e.answer, e.answered_at, e.hand, e.acted_by, e.rev FROM programme_extension e \
         JOIN programme_part p ON p.id = e.part_id JOIN programme_plan l ON l.id = p.plan_id \
         WHERE e.state = 'asked' AND l.follower_id IN ({}) ORDER BY e.id LIMIT {limit}",
        db::marks(1, followers.len())
    );
    conn.all(&sql, followers.iter().map(|unit| unit.uuid().into()).collect()).await
}

pub async fn answer_set(
    conn: &Writer,
    id: ExtensionId,
    rev: i64,
    state: &str,
    answer: Option<&str>,
    at: Option<i64>,
) -> Result<bool, DbError> {
    let sql = "UPDATE programme_extension SET state = $3, answer = $4, answered_at = $5, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![id.uuid(), rev, state, answer.map(Words::new), at]).await? == 1)
}
