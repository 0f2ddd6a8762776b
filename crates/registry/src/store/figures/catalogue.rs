//! Platforms and databases that the whole province shares.

use db::{DbError, Reader, Where, Words, vals};
use derive::{Columns, Schema};
use kernel::{Scope, UnitId};
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

const COLUMNS: &str = "name, kind, state, owner_id, purpose, interfaces";
/// Marked as shared; neither what is planned, what is gone, nor what holds state secrets.
const OFFERED: &str = "is_shared = 'yes' AND kind IN ('platform', 'database') AND \
    state IN ('building', 'operating', 'retiring') AND COALESCE(state_secret, 'unknown') <> 'yes'";

/// By name what its owner has confirmed since it was marked.
pub async fn shared(conn: &Reader) -> Result<Vec<Shared>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM registry_system WHERE {OFFERED} AND confirmed_on IS NOT NULL ORDER BY name_sort, id"
    );
    conn.all(&sql, vals![]).await
}

/// What waits for that word within reach.
pub async fn unconfirmed(conn: &Reader, reach: &Scope) -> Result<Vec<Shared>, DbError> {
    let mut list = Where::default();
    list.and(OFFERED);
    list.and("confirmed_on IS NULL");
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("owner_id IN ({units})"));
    }
    let sql = format!("SELECT {COLUMNS} FROM registry_system{} ORDER BY name_sort, id", list.sql());
    conn.all(&sql, list.values).await
}
