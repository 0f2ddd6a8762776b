//! How a plan ends by an act: withdrawn, or taken away before anything came of it.

use db::{DbError, Writer, vals};
use kernel::PlanId;
use uuid::Uuid;

/// Withdraws a live plan over revision `rev`, by this act.
pub async fn withdrawn_set(conn: &Writer, id: PlanId, rev: i64, by: Uuid) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET state = 'withdrawn', withdrawal = $3, rev = rev + 1 WHERE id = $1 AND rev = $2 AND state = 'live'";
    Ok(conn.exec(sql, vals![id.uuid(), rev, by]).await? == 1)
}

/// The undo of [`withdrawn_set`].
pub async fn withdrawn_back(conn: &Writer, id: PlanId, by: Uuid) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET state = 'live', withdrawal = NULL, rev = rev + 1 WHERE id = $1 AND withdrawal = $2 AND state = 'withdrawn'";
    Ok(conn.exec(sql, vals![id.uuid(), by]).await? == 1)
}

/// Takes a plan of which nothing came away with all that was read of it; false where it is not as it was.
pub async fn remove(conn: &Writer, id: PlanId, rev: i64) -> Result<bool, DbError> {
    let which = "id = $1 AND rev = $2 AND state IN ('refused', 'review')";
    if !conn.keep("programme_plan", which, vals![id.uuid(), rev]).await? {
        return Ok(false);
    }
    for table in ["read_row", "read_target", "read_duty", "finding", "plan_role"] {
        conn.exec(&format!("DELETE FROM programme_{table} WHERE plan_id = $1"), vals![id.uuid()]).await?;
    }
    conn.exec("DELETE FROM programme_plan_link WHERE plan_id = $1 OR other_id = $1", vals![id.uuid()]).await?;
    conn.exec("DELETE FROM programme_cascade WHERE child_id = $1", vals![id.uuid()]).await?;
    conn.exec("DELETE FROM programme_pair WHERE child_id = $1 OR above_id = $1", vals![id.uuid()]).await?;
    Ok(conn.exec("DELETE FROM programme_plan WHERE id = $1", vals![id.uuid()]).await? == 1)
}
