//! Rows under review: a task as read, with its revision.

use db::{Conn, DbError, FromQueryResult, vals};
use kernel::{PlanId, ids::ReadRowId};
use uuid::Uuid;

use crate::model::row::ReadTask;

#[derive(Debug, Clone)]
pub struct ReviewRow {
    pub id: ReadRowId,
    pub plan: PlanId,
    pub position: i64,
    /// open, accepted or dropped
    pub state: String,
    pub task: ReadTask,
    pub rev: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    plan_id: Uuid,
    position: i64,
    state: String,
    body: String,
    rev: i64,
}

impl TryFrom<Row> for ReviewRow {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let task = serde_json::from_str(&row.body).map_err(|error| DbError::Other(error.to_string()))?;
        Ok(Self {
            id: ReadRowId::from_uuid(row.id),
            plan: PlanId::from_uuid(row.plan_id),
            position: row.position,
            state: row.state,
            task,
            rev: row.rev,
        })
    }
}

fn body(task: &ReadTask) -> Result<String, DbError> {
    serde_json::to_string(task).map_err(|error| DbError::Other(error.to_string()))
}

pub async fn insert(conn: &Conn, id: ReadRowId, plan: PlanId, position: i64, task: &ReadTask) -> Result<(), DbError> {
    let sql =
        "INSERT INTO programme_read_row (id, plan_id, position, state, body, rev) VALUES ($1, $2, $3, 'open', $4, 1)";
    conn.exec(sql, vals![id.uuid(), plan.uuid(), position, body(task)?]).await?;
    Ok(())
}

pub async fn list(conn: &Conn, plan: PlanId) -> Result<Vec<ReviewRow>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_row WHERE plan_id = $1 ORDER BY position, id";
    conn.all::<Row>(sql, vals![plan.uuid()]).await?.into_iter().map(ReviewRow::try_from).collect()
}

pub async fn get(conn: &Conn, id: ReadRowId) -> Result<Option<ReviewRow>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_row WHERE id = $1";
    conn.one::<Row>(sql, vals![id.uuid()]).await?.map(ReviewRow::try_from).transpose()
}

pub async fn last_position(conn: &Conn, plan: PlanId) -> Result<i64, DbError> {
    let sql = "SELECT COALESCE(MAX(position), 0) FROM programme_read_row WHERE plan_id = $1";
    conn.count(sql, vals![plan.uuid()]).await
}

/// Saves over revision `row.rev`; false when somebody else was first.
pub async fn update(conn: &Conn, row: &ReviewRow) -> Result<bool, DbError> {
    let sql = "UPDATE programme_read_row SET state = $3, body = $4, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![row.id.uuid(), row.rev, row.state.as_str(), body(&row.task)?]).await? == 1)
}
