//! Targets under review, with their revision.

use db::{Conn, DbError, FromQueryResult, vals};
use kernel::{PlanId, ids::ReadTargetId};
use uuid::Uuid;

use crate::model::read_target::ReadTarget;

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

fn body(target: &ReadTarget) -> Result<String, DbError> {
    serde_json::to_string(target).map_err(|error| DbError::Other(error.to_string()))
}

pub async fn insert(
    conn: &Conn,
    id: ReadTargetId,
    plan: PlanId,
    position: i64,
    target: &ReadTarget,
) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_read_target (id, plan_id, position, state, body, rev) VALUES ($1, $2, $3, 'open', $4, 1)";
    conn.exec(sql, vals![id.uuid(), plan.uuid(), position, body(target)?]).await?;
    Ok(())
}

pub async fn list(conn: &Conn, plan: PlanId) -> Result<Vec<ReviewTarget>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_target WHERE plan_id = $1 ORDER BY position, id";
    conn.all::<Row>(sql, vals![plan.uuid()]).await?.into_iter().map(ReviewTarget::try_from).collect()
}

pub async fn get(conn: &Conn, id: ReadTargetId) -> Result<Option<ReviewTarget>, DbError> {
    let sql = "SELECT id, plan_id, position, state, body, rev FROM programme_read_target WHERE id = $1";
    conn.one::<Row>(sql, vals![id.uuid()]).await?.map(ReviewTarget::try_from).transpose()
}

/// Saves over revision `row.rev`; false when somebody else was first.
pub async fn update(conn: &Conn, row: &ReviewTarget) -> Result<bool, DbError> {
    let sql = "UPDATE programme_read_target SET state = $3, body = $4, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![row.id.uuid(), row.rev, row.state.as_str(), body(&row.target)?]).await? == 1)
}
