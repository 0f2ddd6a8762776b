//! Values of units, and how they add up from communes and departments to the province.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
};

use derive::{Columns, Fact, Row};
use jiff::civil::Date;
use kernel::{Bodies, Lang, UnitId, share};
use serde::Serialize;

use super::Counts;

kernel::id!(OfFigure FigureId "figure");

/// What was counted at an owner on a day; it holds until the next one of the same.
#[derive(Debug, Clone, Row, Fact)]
#[row(table = "registry_figure", taken = "figure-there")]
#[fact(key = "figure")]
pub struct Figure {
    #[fact(name = "figure", vi = "Số liệu", en = "Figure")]
    pub id: FigureId,
    #[fact(identifier, vi = "Chỉ tiêu", en = "Indicator")]
    pub indicator: String,
    #[fact(identifier, vi = "Phần", en = "Part")]
    pub part: String,
    #[fact(name = "unit", vi = "Cơ quan", en = "Body")]
    pub unit_id: UnitId,
    #[fact(vi = "Ngày", en = "Day")]
    pub on_day: Date,
    #[fact(vi = "Tử số", en = "Numerator")]
    pub numerator: i64,
    #[fact(vi = "Mẫu số", en = "Denominator")]
    pub denominator: i64,
}

/// A part of an indicator at one owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Columns)]
pub struct Sum {
    pub unit_id: UnitId,
    pub part: String,
    pub numerator: i64,
    pub denominator: i64,
}

impl From<Figure> for Sum {
    fn from(kept: Figure) -> Self {
        let Figure { unit_id, part, numerator, denominator, .. } = kept;
        Self { unit_id, part, numerator, denominator }
    }
}

/// Bodies that are agencies of the State here: what is below one of them is a part of it.
pub const AGENCIES: [&str; 2] = ["department", "commune"];

/// The body for which an owner's systems count, where there is one: the one that stands for it today. Of two that were merged
/// one agency is counted, and the centre of a department is no agency beside it. Where one system is enough the whole is the
/// list of agencies: an owner outside of it, such as the province itself, counts for none.
pub fn body_of(counts: Counts, bodies: &dyn Bodies, owner: UnitId) -> Option<UnitId> {
    let today = bodies.today(owner);
    let agency = || lineage(bodies, today).find(|unit| AGENCIES.contains(&bodies.kind(*unit)));
    match counts {
        Counts::Systems => Some(today),
        Counts::AgenciesOfAll => Some(agency().unwrap_or(today)),
        Counts::AgenciesOfAny => agency(),
    }
}

/// What owners have, by the bodies for which it counts.
pub fn folded(counts: Counts, sums: &[Sum], bodies: &dyn Bodies) -> BTreeMap<(UnitId, String), (i64, i64)> {
    folded_at(counts, sums, |owner| body_of(counts, bodies, owner))
}

fn folded_at(
    counts: Counts,
    sums: &[Sum],
    stands: impl Fn(UnitId) -> Option<UnitId>,
) -> BTreeMap<(UnitId, String), (i64, i64)> {
    let mut out: BTreeMap<(UnitId, String), (i64, i64)> = BTreeMap::new();
    for sum in sums {
        let Some(body) = stands(sum.unit_id) else { continue };
        let sum_of = out.entry((body, sum.part.clone())).or_default();
        *sum_of = (sum_of.0 + sum.numerator, sum_of.1 + sum.denominator);
    }
    for value in out.values_mut() {
        *value = counted(counts, *value);
    }
    out
}

/// What the systems of a body make of it.
fn counted(counts: Counts, (top, bottom): (i64, i64)) -> (i64, i64) {
    match counts {
        Counts::Systems => (top, bottom),
        Counts::AgenciesOfAll => (i64::from(bottom > 0 && top == bottom), i64::from(bottom > 0)),
        Counts::AgenciesOfAny => (i64::from(top > 0), i64::from(bottom > 0)),
    }
}

/// One part over all bodies, day by day as it was kept, in the order of the days: a value that changed moves the sum of its
/// body and the whole by that alone, however many others there are.
pub fn over_days(
    counts: Counts,
    kept: &[Figure],
    stands: impl Fn(UnitId) -> Option<UnitId>,
) -> Vec<(Date, (i64, i64))> {
    let mut owners: HashMap<UnitId, (Option<UnitId>, (i64, i64))> = HashMap::new();
    let mut sums: HashMap<UnitId, (i64, i64)> = HashMap::new();
    let (mut whole, mut out) = ((0, 0), Vec::new());
    for of_day in kept.chunk_by(|one, other| one.on_day == other.on_day) {
        for row in of_day {
            let (body, held) = owners.entry(row.unit_id).or_insert_with(|| (stands(row.unit_id), (0, 0)));
            let Some(body) = *body else { continue };
            let before = mem::replace(held, (row.numerator, row.denominator));
            let sum = sums.entry(body).or_default();
            let was = counted(counts, *sum);
            *sum = (sum.0 + row.numerator - before.0, sum.1 + row.denominator - before.1);
            let now = counted(counts, *sum);
            whole = (whole.0 + now.0 - was.0, whole.1 + now.1 - was.1);
        }
        out.extend(of_day.first().map(|row| (row.on_day, whole)));
    }
    out
}

/// The unit and those above it.
fn lineage(bodies: &dyn Bodies, unit: UnitId) -> impl Iterator<Item = UnitId> {
    // No tree of bodies is as deep.
    const DEEPEST: usize = 16;
    std::iter::successors(Some(unit), move |unit| bodies.above(*unit)).take(DEEPEST)
}

/// Whether a unit is another one or stands below it.
pub fn under(bodies: &dyn Bodies, unit: UnitId, top: UnitId) -> bool {
    lineage(bodies, unit).any(|unit| unit == top)
}

/// "33,3" of a third; none where there is nothing to count.
pub fn percent(numerator: i64, denominator: i64, lang: Lang) -> Option<String> {
    let tenths = share(numerator, denominator, 1)?;
    let point = if lang == Lang::Vi { ',' } else { '.' };
    let (whole, rest) = (tenths / 10, tenths % 10);
    Some(if rest == 0 { whole.to_string() } else { format!("{whole}{point}{rest}") })
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, collections::BTreeSet};

    use jiff::ToSpan as _;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_centre_of_a_department_is_no_agency_beside_it() {
        let unit = |number| UnitId::from_uuid(Uuid::from_u128(number));
        let (department, centre, commune) = (unit(1), unit(2), unit(3));
        let sum = |unit_id, numerator| Sum { unit_id, part: "all".into(), numerator, denominator: 1 };
        let sums = [sum(department, 0), sum(centre, 1), sum(commune, 1)];
        let stands = |owner: UnitId| Some(if owner == centre { department } else { owner });
        let of = |counts: Counts| folded_at(counts, &sums, stands).into_values().collect::<Vec<_>>();
        assert_eq!(of(Counts::AgenciesOfAny), [(1, 1), (1, 1)]);
        assert_eq!(of(Counts::AgenciesOfAll), [(0, 1), (1, 1)], "one system that is not there is enough");
        assert_eq!(of(Counts::Systems), [(1, 2), (1, 1)]);
        let gone = [Sum { denominator: 0, ..sum(commune, 0) }];
        let gone = folded_at(Counts::AgenciesOfAny, &gone, stands);
        assert_eq!(gone.into_values().collect::<Vec<_>>(), [(0, 0)], "kept as nothing");
        let none = folded_at(Counts::AgenciesOfAny, &sums, |owner| stands(owner).filter(|unit| *unit != commune));
        assert_eq!(none.into_values().collect::<Vec<_>>(), [(1, 1)], "what is no agency counts for none");
    }

    /// Five owners in three bodies and one that is shown nowhere; some of them change on each of 30 days.
    fn kept() -> Vec<Figure> {
        let row = |owner: u128, day: i64| Figure {
            id: FigureId::from_uuid(Uuid::from_u128(owner)),
            indicator: "x".into(),
            part: "all".into(),
            unit_id: UnitId::from_uuid(Uuid::from_u128(owner)),
            on_day: jiff::civil::date(2026, 1, 1).saturating_add(day.days()),
            numerator: (day * 7 + i64::from(owner == 2)) % 3,
            denominator: 2 + day % 2 - 3 * i64::from(day % 10 == 9),
        };
        let changes =
            |owner: u128, day: i64| (day + i64::from(owner.is_multiple_of(2)) * 2 + i64::from(owner == 5)) % 3 == 0;
        let rows = (0..30).flat_map(|day| (1..=6).map(move |owner| (owner, day)));
        rows.filter(|(owner, day)| changes(*owner, *day)).map(|(owner, day)| row(owner, day)).collect()
    }

    #[test]
    fn over_the_days_the_whole_is_what_all_values_of_the_day_make_and_each_owner_is_asked_for_once() {
        let asked = Cell::new(0);
        let stands = |owner: UnitId| match owner.uuid().as_u128() {
            6 => None,
            number => Some(UnitId::from_uuid(Uuid::from_u128(number % 3))),
        };
        let kept = kept();
        for counts in [Counts::Systems, Counts::AgenciesOfAll, Counts::AgenciesOfAny] {
            asked.set(0);
            let found = over_days(counts, &kept, |owner| {
                asked.set(asked.get() + 1);
                stands(owner)
            });
            assert_eq!(asked.get(), 6, "not on every day anew");
            let days: BTreeSet<Date> = kept.iter().map(|row| row.on_day).collect();
            let on = |day: Date| {
                let until = kept.iter().filter(|row| row.on_day <= day).cloned();
                let held: BTreeMap<UnitId, Sum> = until.map(|row| (row.unit_id, Sum::from(row))).collect();
                let held: Vec<Sum> = held.into_values().collect();
                let all = folded_at(counts, &held, stands).into_values();
                (day, all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
            };
            assert_eq!(found, days.into_iter().map(on).collect::<Vec<_>>(), "{counts:?}");
        }
    }

    #[test]
    fn nothing_to_count_is_no_percent_and_almost_all_is_not_all() {
        assert_eq!(percent(0, 0, Lang::Vi), None);
        assert_eq!(percent(1, 3, Lang::Vi).as_deref(), Some("33,3"));
        assert_eq!(percent(1, 3, Lang::En).as_deref(), Some("33.3"));
        assert_eq!(percent(4, 4, Lang::Vi).as_deref(), Some("100"));
        assert_eq!(percent(9_999, 10_000, Lang::Vi).as_deref(), Some("99,9"));
    }
}
