//! Rows under review: a task as read, with its revision.

use crate::ids::ReadRowId;
use db::{DbError, FromQueryResult, Insert, Reader, Writer, mask_json, vals};
use kernel::{PlanId, Problem};
use serde::Serialize;
use uuid::Uuid;
use webkit::heavy;

use crate::plans::model::row::ReadTask;

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

/// As it is stored: whoever typed a row, no personal number stays whole in it.
pub(crate) fn body(row: &impl Serialize) -> Result<String, DbError> {
    let mut json = serde_json::to_value(row).map_err(|error| DbError::Other(error.to_string()))?;
    mask_json(&mut json);
    Ok(json.to_string())
}

/// New rows of one plan, written out before they take the lock.
pub fn new_rows(plan: PlanId, rows: &[(ReadRowId, i64, ReadTask)]) -> Result<Insert, DbError> {
    let mut insert = Insert::into("programme_read_row", "id, plan_id, position, state, body, rev");
    for (id, position, task) in rows {
        insert.row(vals![id.uuid(), plan.uuid(), *position, "open", body(task)?, 1_i64]);
    }
    Ok(insert)
}

pub async fn insert(conn: &Writer, id: ReadRowId, plan: PlanId, position: i64, task: &ReadTask) -> Result<(), DbError> {
    new_rows(plan, &[(id, position, task.clone())])?.run(conn).await
}

/// Bodies of the rows that count, each as it is stored.
pub async fn bodies(conn: &Reader, plan: PlanId) -> Result<Vec<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Body {
        body: String,
    }
    let sql = "SELECT body FROM programme_read_row WHERE plan_id = $1 AND state <> 'dropped'";
    let rows: Vec<Body> = conn.all(sql, vals![plan.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.body).collect())
}

/// All rows of a plan, written out away from the threads that answer: there may be thousands.
pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<ReviewRow>, Problem> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_row WHERE plan_id = $1 ORDER BY position, id";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    let rows = heavy(move || rows.into_iter().map(ReviewRow::try_from).collect::<Result<_, _>>()).await?;
    Ok(rows?)
}

pub async fn get(conn: &Reader, id: ReadRowId) -> Result<Option<ReviewRow>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_row WHERE id = $1";
    conn.one::<Row>(sql, vals![id.uuid()]).await?.map(ReviewRow::try_from).transpose()
}

pub async fn last_position(conn: &Reader, plan: PlanId) -> Result<i64, DbError> {
    let sql = "SELECT COALESCE(MAX(position), 0) FROM programme_read_row WHERE plan_id = $1";
    conn.count(sql, vals![plan.uuid()]).await
}

/// Saves over revision `row.rev`; false when somebody else was first.
pub async fn update(conn: &Writer, row: &ReviewRow) -> Result<bool, DbError> {
    let sql = "UPDATE programme_read_row SET state = $3, body = $4, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![row.id.uuid(), row.rev, row.state.as_str(), body(&row.task)?]).await? == 1)
}
