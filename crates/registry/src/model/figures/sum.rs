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

/// What owners have, by the bodies that stand for them today: of two that were merged one agency is counted.
pub fn folded(counts: Counts, sums: &[Sum], bodies: &dyn Bodies) -> BTreeMap<(UnitId, String), (i64, i64)> {
    let mut out: BTreeMap<(UnitId, String), (i64, i64)> = BTreeMap::new();
    for sum in sums {
        let sum_of = out.entry((bodies.today(sum.unit_id), sum.part.clone())).or_default();
        *sum_of = (sum_of.0 + sum.numerator, sum_of.1 + sum.denominator);
    }
    for (top, bottom) in out.values_mut() {
        (*top, *bottom) = match counts {
            Counts::Systems => (*top, *bottom),
            Counts::AgenciesOfAll => (i64::from(*bottom > 0 && top == bottom), i64::from(*bottom > 0)),
            Counts::AgenciesOfAny => (i64::from(*top > 0), 1),
        };
    }
    out
}

/// Whether a unit is another one or stands below it.
pub fn under(bodies: &dyn Bodies, unit: UnitId, top: UnitId) -> bool {
    // No tree of bodies is as deep.
    const DEEPEST: usize = 16;
    std::iter::successors(Some(unit), |unit| bodies.above(*unit)).take(DEEPEST).any(|unit| unit == top)
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
    use super::*;

    #[test]
    fn nothing_to_count_is_no_percent_and_almost_all_is_not_all() {
        assert_eq!(percent(0, 0, Lang::Vi), None);
        assert_eq!(percent(1, 3, Lang::Vi).as_deref(), Some("33,3"));
        assert_eq!(percent(1, 3, Lang::En).as_deref(), Some("33.3"));
        assert_eq!(percent(4, 4, Lang::Vi).as_deref(), Some("100"));
        assert_eq!(percent(9_999, 10_000, Lang::Vi).as_deref(), Some("99,9"));
    }
}
