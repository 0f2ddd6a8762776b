//! How a plan ends: withdrawn, filed as ordering nothing, not read, or taken away before anything came of it.

use db::{DbError, Words, Writer, vals};
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

/// Files a plan under review over revision `rev`, since then and by this hand; with none of both opens it again.
pub async fn filed_set(conn: &Writer, id: PlanId, rev: i64, since: Option<(i64, String)>) -> Result<bool, DbError> {
    let (from, to) = if since.is_some() { ("review", "filed") } else { ("filed", "review") };
    let (at, by) = since.unzip();
    let sql = "UPDATE programme_plan SET state = $4, filed_at = $5, filed_by = $6, rev = rev + 1 WHERE id = $1 AND rev = $2 AND state = $3";
    Ok(conn.exec(sql, vals![id.uuid(), rev, from, to, at, by]).await? == 1)
}

/// What was refused names its file no longer. False when it is not being read any more.
pub async fn refused_set(conn: &Writer, id: PlanId, refusal: &str) -> Result<bool, DbError> {
    let set = conn.exec(
        "UPDATE programme_plan SET state = 'refused', blob_hash = 'refused:' || blob_hash, refusal = $2, rev = rev + 1 WHERE id = $1 AND state = 'reading'",
        vals![id.uuid(), Words::new(refusal)],
    )
    .await?;
    Ok(set == 1)
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
