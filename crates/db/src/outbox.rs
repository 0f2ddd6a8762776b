//! Facts on their way to the lake: one row per act and fact table, kept until the lake takes them.

use kernel::FactTable;
use serde_json::Value as Json;

use crate::{DbError, Insert, Tx, mask_json, vals};

/// What people wrote is masked here too: the lake keeps it for others.
pub(crate) fn put(tx: &Tx, table: &FactTable, mut rows: Vec<Json>) -> Result<Insert, DbError> {
    let id = tx.ctx().new_id::<kernel::ids::kinds::Request>().uuid();
    rows.iter_mut().for_each(mask_json);
    let body = serde_json::to_string(&rows).map_err(|error| DbError::Other(error.to_string()))?;
    let mut insert = Insert::into("db_outbox", "id, fact_table, version, at, body");
    insert.row(vals![id, table.name, i64::from(table.version), tx.ctx().now().as_microsecond(), body]);
    Ok(insert)
}
