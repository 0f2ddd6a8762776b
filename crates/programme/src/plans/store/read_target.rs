//! Targets under review, with their revision.

use crate::ids::ReadTargetId;
use db::{DbError, FromQueryResult, Insert, Reader, Writer, vals};
use kernel::{PlanId, Problem};
use uuid::Uuid;
use webkit::heavy;

use crate::plans::{model::read_target::ReadTarget, store::read_row::body};

#[derive(Debug, Clone)]
pub struct ReviewTarget {
    pub id: ReadTargetId,
    pub plan: PlanId,
    pub position: i64,
    /// open, accepted or dropped
    pub state: String,
    pub target: ReadTarget,
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

impl TryFrom<Row> for ReviewTarget {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: ReadTargetId::from_uuid(row.id),
            plan: PlanId::from_uuid(row.plan_id),
            position: row.position,
            state: row.state,
            target: serde_json::from_str(&row.body).map_err(|error| DbError::Other(error.to_string()))?,
            rev: row.rev,
        })
    }
}

/// New targets of one plan, written out before they take the lock.
pub fn new_rows(plan: PlanId, rows: &[(ReadTargetId, ReadTarget)]) -> Result<Insert, DbError> {
    let mut insert = Insert::into("programme_read_target", "id, plan_id, position, state, body, rev");
    for (position, (id, target)) in (1_i64..).zip(rows) {
        insert.row(vals![id.uuid(), plan.uuid(), position, "open", body(target)?, 1_i64]);
    }
    Ok(insert)
}

/// All targets of a plan, written out away from the threads that answer.
pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<ReviewTarget>, Problem> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_target WHERE plan_id = $1 ORDER BY position, id";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    let rows = heavy(move || rows.into_iter().map(ReviewTarget::try_from).collect::<Result<_, _>>()).await?;
    Ok(rows?)
}

pub async fn get(conn: &Reader, id: ReadTargetId) -> Result<Option<ReviewTarget>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_target WHERE id = $1";
    conn.one::<Row>(sql, vals![id.uuid()]).await?.map(ReviewTarget::try_from).transpose()
}

/// Saves over revision `row.rev`; false when somebody else was first.
pub async fn update(conn: &Writer, row: &ReviewTarget) -> Result<bool, DbError> {
    let sql = "UPDATE programme_read_target SET state = $3, body = $4, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![row.id.uuid(), row.rev, row.state.as_str(), body(&row.target)?]).await? == 1)
}
