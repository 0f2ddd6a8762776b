//! What the reader doubts about a plan, and what a person decided about each doubt.

use crate::ids::FindingId;
use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Finding {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub kind: String,
    pub message_vi: String,
    pub message_en: String,
    /// Positions of the task and of the target it is about.
    pub task_at: Option<i64>,
    pub target_at: Option<i64>,
    pub span_start: Option<i64>,
    pub span_end: Option<i64>,
    /// open, settled or aside
    pub state: String,
    pub reason: Option<Words>,
    pub rev: i64,
}

impl Finding {
    /// Bytes of the document's text that it is about.
    pub fn span(&self) -> Option<(usize, usize)> {
        let byte = |at: Option<i64>| usize::try_from(at?).ok();
        byte(self.span_start).zip(byte(self.span_end))
    }
}

const COLUMNS: &str =
    "id, plan_id, kind, message_vi, message_en, task_at, target_at, span_start, span_end, state, reason, rev";

/// All that the reader doubts about one plan, in its order.
pub async fn insert_all(conn: &Writer, findings: &[Finding]) -> Result<(), DbError> {
    let columns =
        "id, plan_id, position, kind, message_vi, message_en, task_at, target_at, span_start, span_end, state, rev";
    let mut insert = Insert::into("programme_finding", columns);
    for (position, f) in (1_i64..).zip(findings) {
        insert.row(vals![
            f.id,
            f.plan_id,
            position,
            f.kind.as_str(),
            Words::new(&f.message_vi),
            Words::new(&f.message_en),
            f.task_at,
            f.target_at,
            f.span_start,
            f.span_end,
            "open",
            1_i64,
        ]);
    }
    insert.run(conn).await
}

/// In their order. What was asked later may stand at a position of the reader's, and then comes after it.
pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<Finding>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_finding WHERE plan_id = $1 ORDER BY position, id");
    conn.all(&sql, vals![plan.uuid()]).await
}

pub async fn get(conn: &Reader, id: FindingId) -> Result<Option<Finding>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_finding WHERE id = $1"), vals![id.uuid()]).await
}

/// Decides over revision `rev`; false when somebody else was first.
pub async fn decide(conn: &Writer, id: Uuid, rev: i64, state: &str, reason: Option<&str>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_finding SET state = $3, reason = $4, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![id, rev, state, reason.map(Words::new)]).await? == 1)
}

/// Sets everything aside that is still open; returns how many.
pub async fn aside_all(conn: &Writer, plan: PlanId, reason: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_finding SET state = 'aside', reason = $2, rev = rev + 1 WHERE plan_id = $1 AND state = 'open'";
    conn.exec(sql, vals![plan.uuid(), Words::new(reason)]).await
}

/// Settles what is open about the whole document, of this kind.
pub async fn close_plan(conn: &Writer, plan: PlanId, kind: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_finding SET state = 'settled', rev = rev + 1 WHERE plan_id = $1 AND kind = $2 AND state = 'open'";
    conn.exec(sql, vals![plan.uuid(), kind]).await
}

/// Asks about the whole document, again where that was asked before.
pub async fn ask_plan(conn: &Writer, plan: PlanId, doubt: &Finding) -> Result<(), DbError> {
    let sql =
        "UPDATE programme_finding SET state = 'open', reason = NULL, rev = rev + 1 WHERE plan_id = $1 AND kind = $2";
    let again = conn.exec(sql, vals![plan.uuid(), doubt.kind.as_str()]).await?;
    if again == 0 { insert_all(conn, std::slice::from_ref(doubt)).await } else { Ok(()) }
}

/// Settles what is open about the task at this position, where its kind is like `kind`.
pub async fn close_row(conn: &Writer, plan: PlanId, task_at: i64, kind: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_finding SET state = 'settled', rev = rev + 1 WHERE plan_id = $1 AND task_at = $2 AND kind LIKE $3 AND state = 'open'";
    conn.exec(sql, vals![plan.uuid(), task_at, kind]).await
}

/// The same for the target at this position.
pub async fn close_target(conn: &Writer, plan: PlanId, target_at: i64, kind: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_finding SET state = 'settled', rev = rev + 1 WHERE plan_id = $1 AND target_at = $2 AND kind LIKE $3 AND state = 'open'";
    conn.exec(sql, vals![plan.uuid(), target_at, kind]).await
}
