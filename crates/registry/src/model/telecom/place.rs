//! What these rows have alike: whose matter they are, of which body, in which year.

use jiff::civil::Date;
use kernel::{Bodies, Problem, UnitId};
use webkit::Reading;

use crate::model::{Amount, SCIENCE};

const COMMUNE: &str = "commune";
/// No tree is deeper.
const DEEPEST: usize = 16;

fn owner(bodies: &dyn Bodies, unit: UnitId, today: Date) -> Option<UnitId> {
    let province = || std::iter::successors(Some(unit), |unit| bodies.above(*unit)).take(DEEPEST).last();
    bodies.meant(SCIENCE, today).ok().or_else(province)
}

/// Whose matter it is, and how the body is called.
pub fn placed(reading: &Reading<'_>, unit: UnitId) -> (Option<UnitId>, String) {
    let bodies = reading.bodies();
    let name = bodies.body(unit).map(|body| body.name).unwrap_or_default();
    (owner(bodies, unit, reading.today()), name)
}

/// Figures are those of a commune, of a year that has begun.
pub fn of_commune(reading: &mut Reading<'_>, commune: UnitId, year: i64) {
    // A name that nobody knows is refused already.
    if !commune.uuid().is_nil() && reading.bodies().kind(commune) != COMMUNE {
        reading.refuse("commune", Problem::bad_input("telecom-no-commune"));
    }
    if year > i64::from(reading.today().year()) {
        reading.refuse("year", Problem::bad_input("telecom-future"));
    }
}

/// A part is no more than its whole.
pub fn within(reading: &mut Reading<'_>, field: &'static str, part: Option<Amount>, whole: Option<Amount>) {
    if let Some((part, whole)) = part.zip(whole).filter(|(part, whole)| part > whole) {
        let problem = Problem::bad_input("telecom-above-whole");
        reading.refuse(field, problem.with("part", part.get()).with("whole", whole.get()));
    }
}
