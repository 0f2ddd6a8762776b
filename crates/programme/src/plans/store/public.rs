//! Plans of which everybody may see a summary.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;

use crate::plans::store::plan::{COLUMNS, PlanRow};

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

/// Plans of which it was said that everybody may see a summary, the newest first.
pub async fn plans(conn: &Reader) -> Result<Vec<PlanRow>, DbError> {
    let columns = COLUMNS.split(", ").map(|column| format!("l.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns} FROM programme_public u JOIN programme_plan l ON l.id = u.plan_id WHERE l.state = 'live' \
         ORDER BY u.since DESC, l.id LIMIT 200"
    );
    conn.all(&sql, vals![]).await
}

/// False when it is public already.
pub async fn set(conn: &Writer, id: PlanId, now: i64) -> Result<bool, DbError> {
    let sql = "INSERT INTO programme_public (plan_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(conn.exec(sql, vals![id.uuid(), now]).await? == 1)
}

pub async fn end(conn: &Writer, id: PlanId) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM programme_public WHERE plan_id = $1", vals![id.uuid()]).await? == 1)
}
