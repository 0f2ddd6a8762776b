//! What people decided about tasks of a plan above that a plan below did not take up.

use db::{Conn, DbError, FromQueryResult, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Verdict {
    /// The row or target above.
    pub item_id: Uuid,
    /// taken or not_ours
    pub verdict: String,
    pub note: String,
}

pub async fn list(conn: &Conn, child: PlanId) -> Result<Vec<Verdict>, DbError> {
    conn.all("SELECT item_id, verdict, note FROM programme_cascade WHERE child_id = $1", vals![child.uuid()]).await
}

pub async fn set(conn: &Conn, child: PlanId, item: Uuid, verdict: &str, note: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_cascade (child_id, item_id, verdict, note, rev) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (child_id, item_id) DO UPDATE SET verdict = excluded.verdict, note = excluded.note, rev = programme_cascade.rev + 1";
    conn.exec(sql, vals![child.uuid(), item, verdict, note]).await?;
    Ok(())
}

/// Takes a verdict back; false when there was none.
pub async fn delete(conn: &Conn, child: PlanId, item: Uuid) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_cascade WHERE child_id = $1 AND item_id = $2";
    Ok(conn.exec(sql, vals![child.uuid(), item]).await? == 1)
}
