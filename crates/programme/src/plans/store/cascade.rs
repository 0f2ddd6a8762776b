//! What people decided about tasks of a plan above that a plan below did not take up.

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Verdict {
    /// The row or target above.
    pub item_id: Uuid,
    /// taken or not_ours
    pub verdict: String,
    pub note: Words,
}

/// Changes with every change of what a plan says: rows and their revisions only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Stamp {
    rev: i64,
    tasks: i64,
    targets: i64,
}

pub async fn stamp(conn: &Reader, plan: PlanId) -> Result<Stamp, DbError> {
    let sql = "SELECT plan.rev AS rev, \
               (SELECT CAST(COALESCE(SUM(read.rev), 0) AS BIGINT) FROM programme_read_row AS read WHERE read.plan_id = plan.id) AS tasks, \
               (SELECT CAST(COALESCE(SUM(read.rev), 0) AS BIGINT) FROM programme_read_target AS read WHERE read.plan_id = plan.id) AS targets \
               FROM programme_plan AS plan WHERE plan.id = $1";
    let found: Option<Stamp> = conn.one(sql, vals![plan.uuid()]).await?;
    Ok(found.unwrap_or(Stamp { rev: 0, tasks: 0, targets: 0 }))
}

pub async fn list(conn: &Reader, child: PlanId) -> Result<Vec<Verdict>, DbError> {
    conn.all("SELECT item_id, verdict, note FROM programme_cascade WHERE child_id = $1", vals![child.uuid()]).await
}

pub async fn set(conn: &Writer, child: PlanId, item: Uuid, verdict: &str, note: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_cascade (child_id, item_id, verdict, note, rev) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (child_id, item_id) DO UPDATE SET verdict = excluded.verdict, note = excluded.note, rev = programme_cascade.rev + 1";
    conn.exec(sql, vals![child.uuid(), item, verdict, Words::new(note)]).await?;
    Ok(())
}

/// Takes a verdict back; false when there was none.
pub async fn delete(conn: &Writer, child: PlanId, item: Uuid) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_cascade WHERE child_id = $1 AND item_id = $2";
    Ok(conn.exec(sql, vals![child.uuid(), item]).await? == 1)
}
