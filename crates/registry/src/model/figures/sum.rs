//! Values of units, and how they add up from communes and departments to the province.

use std::collections::BTreeMap;

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

/// Bodies that are agencies of the State here: what is below one of them is a part of it.
pub const AGENCIES: [&str; 2] = ["department", "commune"];

/// What owners have, by the bodies that stand for them today: of two that were merged one agency is counted, and the centre of
/// a department is no agency beside it.
pub fn folded(counts: Counts, sums: &[Sum], bodies: &dyn Bodies) -> BTreeMap<(UnitId, String), (i64, i64)> {
    let is_agency = |unit: &UnitId| AGENCIES.contains(&bodies.kind(*unit));
    folded_at(counts, sums, |owner| {
        let today = bodies.today(owner);
        let agency = if counts == Counts::Systems { None } else { lineage(bodies, today).find(is_agency) };
        agency.unwrap_or(today)
    })
}

fn folded_at(
    counts: Counts,
    sums: &[Sum],
    stands: impl Fn(UnitId) -> UnitId,
) -> BTreeMap<(UnitId, String), (i64, i64)> {
    let mut out: BTreeMap<(UnitId, String), (i64, i64)> = BTreeMap::new();
    for sum in sums {
        let sum_of = out.entry((stands(sum.unit_id), sum.part.clone())).or_default();
        *sum_of = (sum_of.0 + sum.numerator, sum_of.1 + sum.denominator);
    }
    for (top, bottom) in out.values_mut() {
        (*top, *bottom) = match counts {
            Counts::Systems => (*top, *bottom),
            Counts::AgenciesOfAll => (i64::from(*bottom > 0 && top == bottom), i64::from(*bottom > 0)),
            Counts::AgenciesOfAny => (i64::from(*top > 0), i64::from(*bottom > 0)),
        };
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
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_centre_of_a_department_is_no_agency_beside_it() {
        let unit = |number| UnitId::from_uuid(Uuid::from_u128(number));
        let (department, centre, commune) = (unit(1), unit(2), unit(3));
        let sum = |unit_id, numerator| Sum { unit_id, part: "all".into(), numerator, denominator: 1 };
        let sums = [sum(department, 0), sum(centre, 1), sum(commune, 1)];
        let stands = |owner: UnitId| if owner == centre { department } else { owner };
        let of = |counts: Counts| folded_at(counts, &sums, stands).into_values().collect::<Vec<_>>();
        assert_eq!(of(Counts::AgenciesOfAny), [(1, 1), (1, 1)]);
        assert_eq!(of(Counts::AgenciesOfAll), [(0, 1), (1, 1)], "one system that is not there is enough");
        assert_eq!(of(Counts::Systems), [(1, 2), (1, 1)]);
        let gone = [Sum { denominator: 0, ..sum(commune, 0) }];
        let gone = folded_at(Counts::AgenciesOfAny, &gone, stands);
        assert_eq!(gone.into_values().collect::<Vec<_>>(), [(0, 0)], "kept as nothing");
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
