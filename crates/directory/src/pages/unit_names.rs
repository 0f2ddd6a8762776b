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
        let problem = Problem::from(error);
        // The sentence of the whole names the unit, and how to tell it from others.
        let code = problem.code;
        problem.field(field, code)
    })
}
