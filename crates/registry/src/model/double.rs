//! Which records may be of one system: an address weighs more than a name, and two of one name at two addresses are two.

use std::collections::{BTreeMap, BTreeSet};

use super::{ids::SystemId, system::System};

/// Records of one key beyond these are no doubles: a name that everybody uses.
pub const CROWD: usize = 60;

/// Two records by their places, and what they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub one: usize,
    pub other: usize,
    pub is_name: bool,
    pub is_address: bool,
}

/// A record by what it is compared by.
struct Side {
    id: SystemId,
    name: String,
    address: Option<String>,
}

/// Each record beside the first of its like, those of one address first; but for those of which somebody said that they are two.
pub fn pairs(rows: &[System], apart: &BTreeSet<(SystemId, SystemId)>) -> Vec<Pair> {
    let side = |row: &System| Side { id: row.id, name: row.name_key(), address: row.address_key() };
    let sides: Vec<Side> = rows.iter().map(side).collect();
    let mut by_key: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        by_key.entry((true, side.name.as_str())).or_default().push(at);
        if let Some(address) = &side.address {
            by_key.entry((false, address.as_str())).or_default().push(at);
        }
    }
    let (mut out, mut known) = (Vec::new(), BTreeSet::new());
    for group in by_key.values().filter(|group| (2..=CROWD).contains(&group.len())) {
        for (place, other) in group.iter().copied().enumerate().skip(1) {
            let first = group.iter().copied().take(place).find_map(|one| pair(&sides, apart, one, other));
            out.extend(first.filter(|pair| known.insert((pair.one, pair.other))));
        }
    }
    out.sort_by_key(|pair| (!pair.is_address, !pair.is_name, pair.one, pair.other));
    out
}

fn pair(sides: &[Side], apart: &BTreeSet<(SystemId, SystemId)>, one: usize, other: usize) -> Option<Pair> {
    let (first, second) = (sides.get(one)?, sides.get(other)?);
    let is_name = first.name == second.name;
    let is_address = first.address.is_some() && first.address == second.address;
    let differs = first.address.is_some() && second.address.is_some() && !is_address;
    let key = (first.id.min(second.id), first.id.max(second.id));
    let is_pair = (is_address || is_name && !differs) && !apart.contains(&key);
    is_pair.then_some(Pair { one, other, is_name, is_address })
}
