//! Records that may be of one system: by name, by address, across bodies.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Reader, Row as _, vals};
use derive::Columns;

use crate::model::{Apart, System, SystemId, double::CROWD};

#[derive(Debug, Columns)]
struct Keyed {
    key: String,
}

/// Live records that share a name or an address with another one.
pub async fn sharing(conn: &Reader) -> Result<Vec<System>, DbError> {
    let live = "state NOT IN ('retired', 'mistaken') AND COALESCE(state_secret, '') <> 'yes'";
    let mut out: BTreeMap<SystemId, System> = BTreeMap::new();
    for column in ["name_key", "address_key"] {
        let sql = format!(
            "SELECT {column} AS key FROM registry_system WHERE {live} AND {column} <> '' \
             GROUP BY {column} HAVING COUNT(*) > 1 AND COUNT(*) <= {CROWD} ORDER BY {column}"
        );
        let keys: Vec<Keyed> = conn.all(&sql, vals![]).await?;
        for some in keys.chunks(500) {
            let marks = db::marks(1, some.len());
            let tail = format!("WHERE {column} IN ({marks}) AND {live} ORDER BY id");
            let values = some.iter().map(|one| one.key.as_str().into()).collect();
            out.extend(System::find(conn, &tail, values).await?.into_iter().map(|row| (row.id, row)));
        }
    }
    Ok(out.into_values().collect())
}

/// Pairs of which somebody said that they are two.
pub async fn apart(conn: &Reader) -> Result<BTreeSet<(SystemId, SystemId)>, DbError> {
    Ok(Apart::find(conn, "", vals![]).await?.into_iter().map(|one| (one.one_id, one.other_id)).collect())
}
