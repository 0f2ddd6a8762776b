//! What was said of the duties that were read of a plan.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;

use crate::plans::{model::read_duty::SaidDuty, store::read_row::body};

pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<SaidDuty>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM programme_read_duty WHERE plan_id = $1 ORDER BY position LIMIT 1000";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.body).ok()).collect())
}

/// In the place of what was said of it before.
pub async fn set(conn: &Writer, plan: PlanId, said: &SaidDuty) -> Result<(), DbError> {
    let position = i64::try_from(said.position).unwrap_or(i64::MAX);
    let sql = "INSERT INTO programme_read_duty (plan_id, position, body) VALUES ($1, $2, $3) \
        ON CONFLICT (plan_id, position) DO UPDATE SET body = excluded.body";
    conn.exec(sql, vals![plan.uuid(), position, body(said)?]).await?;
    Ok(())
}
