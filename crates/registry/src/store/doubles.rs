//! Records that may be of one system: by name, by address, across bodies.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Reader, Row as _, vals};
use derive::Columns;

use crate::model::{Apart, System, SystemId};

/// Records of one key beyond these are no doubles: a name that everybody uses.
const CROWD: usize = 60;

#[derive(Debug, Columns)]
struct Keyed {
    key: String,
}

/// Two records, and what they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub one: usize,
    pub other: usize,
    pub is_name: bool,
    pub is_address: bool,
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

/// Each record beside the first of its like: an address weighs more than a name, and two of one name at two addresses are two.
pub fn pairs(rows: &[System], apart: &BTreeSet<(SystemId, SystemId)>) -> Vec<Pair> {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_key.entry(format!("n{}", row.name_key())).or_default().push(at);
        if let Some(address) = row.address_key() {
            by_key.entry(format!("a{address}")).or_default().push(at);
        }
    }
    let mut out: Vec<Pair> = Vec::new();
    for group in by_key.values().filter(|group| group.len() > 1) {
        for (place, other) in group.iter().copied().enumerate().skip(1) {
            let first = group.iter().copied().take(place).find_map(|one| pair(rows, apart, one, other));
            out.extend(first.filter(|pair| !out.contains(pair)));
        }
    }
    out.sort_by_key(|pair| (!pair.is_address, !pair.is_name, pair.one, pair.other));
    out
}

fn pair(rows: &[System], apart: &BTreeSet<(SystemId, SystemId)>, one: usize, other: usize) -> Option<Pair> {
    let (first, second) = (rows.get(one)?, rows.get(other)?);
    let is_name = first.name_key() == second.name_key();
    let (left, right) = (first.address_key(), second.address_key());
    let is_address = left.is_some() && left == right;
    let differs = left.is_some() && right.is_some() && left != right;
    let key = (first.id.min(second.id), first.id.max(second.id));
    let is_pair = (is_address || is_name && !differs) && !apart.contains(&key);
    is_pair.then_some(Pair { one, other, is_name, is_address })
}
