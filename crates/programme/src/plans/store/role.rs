//! What units are to a whole plan, beside the parts that they lead or help with.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::{PlanId, UnitId};
use uuid::Uuid;

use crate::plans::model::role::PlanRole;

#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    unit_id: Uuid,
    role: String,
}

/// False when the unit had the role already.
pub async fn insert(conn: &Writer, plan: PlanId, unit: UnitId, role: PlanRole) -> Result<bool, DbError> {
    let sql = "INSERT INTO programme_plan_role (plan_id, unit_id, role) VALUES ($1, $2, $3) ON CONFLICT (plan_id, unit_id, role) DO NOTHING";
    Ok(conn.exec(sql, vals![plan.uuid(), unit.uuid(), role.code()]).await? == 1)
}

pub async fn delete(conn: &Writer, plan: PlanId, unit: UnitId, role: PlanRole) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_plan_role WHERE plan_id = $1 AND unit_id = $2 AND role = $3";
    Ok(conn.exec(sql, vals![plan.uuid(), unit.uuid(), role.code()]).await? == 1)
}

pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<(UnitId, PlanRole)>, DbError> {
    let sql = "SELECT unit_id, role FROM programme_plan_role WHERE plan_id = $1 ORDER BY role, unit_id";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    let known = |row: Row| PlanRole::parse(&row.role).map(|role| (UnitId::from_uuid(row.unit_id), role));
    Ok(rows.into_iter().filter_map(known).collect())
}
