//! Units in forms: a field for a name, with suggestions of which each is meant by its own words only.

use jiff::civil::Date;
use kernel::{Problem, UnitId};

use crate::{Error, Tree};

/// The unit that was typed into this field.
pub(super) fn meant(tree: &Tree, field: &'static str, text: &str, day: Date) -> Result<UnitId, Problem> {
    if text.trim().is_empty() {
        return Err(Error::Empty(field).into());
    }
    tree.meant(text, day).map_err(|error| {
        let several = matches!(error, Error::SeveralUnits { .. });
        Problem::from(error).field(field, if several { "several-units-field" } else { "unknown-unit-field" })
    })
}

/// These units as they are written, from the top of the tree down.
pub(super) fn suggestions(tree: &Tree, ids: impl Iterator<Item = UnitId>, day: Date) -> Vec<String> {
    let units = ids.filter_map(|id| tree.unit(id)).filter(|unit| unit.in_force(day));
    let mut rows: Vec<(usize, String)> =
        units.map(|unit| (tree.lineage(unit.id).len(), tree.written(unit.id, day))).collect();
    rows.sort_by_cached_key(|(depth, written)| (*depth, kernel::text::sort_key(written)));
    rows.into_iter().map(|(_, written)| written).collect()
}

/// All units of the house.
pub(super) fn all(tree: &Tree, day: Date) -> Vec<String> {
    suggestions(tree, tree.ids(), day)
}
