//! What was said of the duties that were read of a plan.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;

use crate::plans::{model::read_duty::SaidDuty, store::read_row::body};

pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<SaidDuty>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
        rev: i64,
    }
    // What was said before revisions were counted was said once.
    let sql = "SELECT body, COALESCE(rev, 1) AS rev FROM programme_read_duty WHERE plan_id = $1 ORDER BY position LIMIT 20000";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    let said = |row: &Row| {
        let said: SaidDuty = serde_json::from_str(&row.body).ok()?;
        Some(SaidDuty { rev: row.rev, ..said })
    };
    Ok(rows.iter().filter_map(said).collect())
}

/// Saves over revision `said.rev`, 0 where nothing was said yet; false when somebody else was first.
pub async fn set(conn: &Writer, plan: PlanId, said: &SaidDuty) -> Result<bool, DbError> {
    let position = i64::try_from(said.position).unwrap_or(i64::MAX);
    let values = vals![plan.uuid(), position, body(said)?, said.rev];
    let sql = match said.rev {
        0 => {
            "INSERT INTO programme_read_duty (plan_id, position, body, rev) VALUES ($1, $2, $3, $4 + 1) \
                ON CONFLICT (plan_id, position) DO NOTHING"
        }
        _ => {
            "UPDATE programme_read_duty SET body = $3, rev = COALESCE(rev, 1) + 1 \
                WHERE plan_id = $1 AND position = $2 AND COALESCE(rev, 1) = $4"
        }
    };
    Ok(conn.exec(sql, values).await? == 1)
}
