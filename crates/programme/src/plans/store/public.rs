//! Plans of which everybody may see a summary.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;

/// Since when everybody may see the summary; microseconds.
pub async fn since(conn: &Reader, id: PlanId) -> Result<Option<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Since {
        since: i64,
    }
    let row: Option<Since> =
        conn.one("SELECT since FROM programme_public WHERE plan_id = $1", vals![id.uuid()]).await?;
    Ok(row.map(|row| row.since))
}

/// False when it is public already.
pub async fn set(conn: &Writer, id: PlanId, now: i64) -> Result<bool, DbError> {
    let sql = "INSERT INTO programme_public (plan_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(conn.exec(sql, vals![id.uuid(), now]).await? == 1)
}

pub async fn end(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM programme_public WHERE plan_id = $1", vals![id.uuid()]).await? == 1)
}
