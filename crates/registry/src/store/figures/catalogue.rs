//! Platforms and databases that the whole province shares.

use db::{DbError, Reader, Words, vals};
use derive::{Columns, Schema};
use kernel::UnitId;
use serde::Serialize;

use crate::model::{Interfaces, SystemKind, SystemState};

/// What everybody may know of one: nothing of where it stands, what it stands on, or what is wrong with it.
#[derive(Debug, Clone, Serialize, Schema, Columns)]
pub struct Shared {
    pub name: Words,
    pub kind: SystemKind,
    pub state: SystemState,
    #[serde(rename = "owner")]
    #[schema(rename = "owner", value_type = String)]
    pub owner_id: UnitId,
    pub purpose: Option<Words>,
    pub interfaces: Interfaces,
}

/// By name; neither what is planned, what is gone, nor what holds state secrets.
pub async fn shared(conn: &Reader) -> Result<Vec<Shared>, DbError> {
    let sql = "SELECT name, kind, state, owner_id, purpose, interfaces FROM registry_system \
        WHERE is_shared = 'yes' AND kind IN ('platform', 'database') AND state IN ('building', 'operating', 'retiring') \
        AND COALESCE(state_secret, 'unknown') <> 'yes' ORDER BY name_sort, id";
    conn.all(sql, vals![]).await
}
