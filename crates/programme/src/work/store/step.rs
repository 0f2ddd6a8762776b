//! The steps that a body breaks its part into, and how due days moved.

use crate::ids::{PartId, StepId};
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct StepRow {
    pub id: Uuid,
    pub part_id: Uuid,
    pub text: Words,
    pub owner: Words,
    pub due_on: Option<String>,
    pub done_on: Option<String>,
    pub rev: i64,
}

const COLUMNS: &str = "id, part_id, text, owner, due_on, done_on, rev";

pub async fn insert(conn: &Writer, row: &StepRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_step (id, part_id, text, owner, due_on, rev) VALUES ($1, $2, $3, $4, $5, 1)";
    let values = vals![row.id, row.part_id, row.text.as_str(), row.owner.as_str(), row.due_on.clone()];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: StepId) -> Result<Option<StepRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_step WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn list(conn: &Reader, part: PartId) -> Result<Vec<StepRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_step WHERE part_id = $1 ORDER BY id");
    conn.all(&sql, vals![part.uuid()]).await
}

pub async fn done_set(conn: &Writer, id: StepId, rev: i64, day: Option<String>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_step SET done_on = $3, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![id.uuid(), rev, day]).await? == 1)
}

pub async fn delete(conn: &Writer, id: StepId, rev: i64) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM programme_step WHERE id = $1 AND rev = $2", vals![id.uuid(), rev]).await? == 1)
}

/// Who owns which step, where somebody does.
pub async fn owners(conn: &Reader) -> Result<Vec<(Uuid, String)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        owner: String,
    }
    let rows: Vec<Row> =
        conn.all("SELECT id, owner FROM programme_step WHERE owner <> '' ORDER BY id", vals![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.owner)).collect())
}

/// The step is nobody's.
pub async fn owner_drop(conn: &Writer, id: Uuid) -> Result<(), DbError> {
    conn.exec("UPDATE programme_step SET owner = '', rev = rev + 1 WHERE id = $1", vals![id]).await?;
    Ok(())
}

/// How a due day moved and why.
#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct DueRow {
    pub id: Uuid,
    pub part_id: Uuid,
    pub at: i64,
    pub old_due: Option<String>,
    pub new_due: Option<String>,
    pub why: Words,
}

pub async fn due_insert(conn: &Writer, row: &DueRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_due (id, part_id, at, old_due, new_due, why) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vals![row.id, row.part_id, row.at, row.old_due.clone(), row.new_due.clone(), row.why.as_str()];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn due_list(conn: &Reader, part: PartId) -> Result<Vec<DueRow>, DbError> {
    let sql = "SELECT id, part_id, at, old_due, new_due, why FROM programme_due WHERE part_id = $1 ORDER BY id DESC";
    conn.all(sql, vals![part.uuid()]).await
}
