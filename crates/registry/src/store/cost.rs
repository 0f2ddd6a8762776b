//! What is said of systems for their cost, and the systems of which it could be.

use std::collections::HashMap;

use db::{DbError, Reader, Row as _, Where, Writer, vals};
use derive::Columns;
use kernel::{Code as _, UnitId};

use crate::model::{Amount, SystemId, SystemKind, assessment::MoveStrategy, cost::Cost};

/// A system as its cost is counted.
#[derive(Debug, Clone, Columns)]
pub struct Counted {
    pub id: SystemId,
    pub owner_id: UnitId,
    pub strategy: Option<MoveStrategy>,
    pub cost_per_year: Option<Amount>,
    pub effort: Option<i64>,
}

pub async fn of(conn: &Reader, system: SystemId) -> Result<Option<Cost>, DbError> {
    Cost::one(conn, "WHERE system_id = $1", vals![system.uuid()]).await
}

/// The same, as it stays until the act is over.
pub async fn held(conn: &Writer, system: SystemId) -> Result<Option<Cost>, DbError> {
    conn.hold(Cost::TABLE, "system_id = $1", vals![system.uuid()]).await?;
    of(conn, system).await
}

/// Of all systems of which something is said.
pub async fn all(conn: &Reader) -> Result<HashMap<SystemId, Cost>, DbError> {
    let rows = Cost::find(conn, "", vals![]).await?;
    Ok(rows.into_iter().filter(Cost::is_said).map(|row| (row.system_id, row)).collect())
}

/// Systems that are assessed and not gone, of those that this condition of the register allows.
pub async fn counted(conn: &Reader, mut seen: Where) -> Result<Vec<Counted>, DbError> {
    let kinds = seen.list(SystemKind::MAIN.iter().map(|kind| kind.code()));
    seen.and(&format!("kind IN ({kinds})"));
    seen.and("state NOT IN ('retired', 'mistaken') AND COALESCE(state_secret, 'unknown') <> 'yes'");
    let sql = format!(
        "SELECT s.id AS id, s.owner_id AS owner_id, s.strategy AS strategy, s.cost_per_year AS cost_per_year, \
         a.effort AS effort FROM (SELECT id, owner_id, strategy, cost_per_year FROM registry_system{}) s \
         LEFT JOIN registry_assessment a ON a.system_id = s.id",
        seen.sql()
    );
    conn.all(&sql, seen.values).await
}
