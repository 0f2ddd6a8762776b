//! Contracts that end.

use db::{DbError, Reader, vals};
use derive::Columns;
use jiff::civil::Date;
use kernel::UnitId;

use crate::model::SystemId;

/// A contract and its last day.
#[derive(Debug, Clone, Columns)]
pub struct Ending {
    pub id: SystemId,
    pub name: String,
    pub owner_id: UnitId,
    pub contract_until: Option<Date>,
}

/// Those that end on a day from the first to the last, of whatever body.
pub async fn between(conn: &Reader, (first, last): (Date, Date)) -> Result<Vec<Ending>, DbError> {
    let sql = "SELECT id, name, owner_id, contract_until FROM registry_system \
         WHERE contract_until >= $1 AND contract_until <= $2 AND kind = 'contract' \
         AND state NOT IN ('retired', 'mistaken') ORDER BY contract_until, id";
    conn.all(sql, vals![first.to_string(), last.to_string()]).await
}
