//! From the values of units to the value of a target, by the rule the target has, with how complete it is.

use kernel::{half_up, share};
use serde::{Deserialize, Serialize};

use crate::Error;

/// Of a per cent, in a value.
const DECIMALS: u32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rollup {
    /// Sum of numerators over sum of denominators.
    Ratio,
    Sum,
    Minimum,
    /// How many units reach the threshold.
    UnitsMeeting,
    /// Given by its owner for the whole.
    Given,
}

impl Rollup {
    pub const ALL: [Self; 5] = [Self::Ratio, Self::Sum, Self::Minimum, Self::UnitsMeeting, Self::Given];

    pub fn code(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Sum => "sum",
            Self::Minimum => "minimum",
            Self::UnitsMeeting => "units_meeting",
            Self::Given => "given",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// Where nobody chose: a share is a ratio, a level is as low as the lowest, anything else a sum.
    pub fn usual(unit: &str) -> Self {
        let folded = kernel::text::fold(unit);
        if unit.contains('%') {
            Self::Ratio
        } else if ["cap do", "muc", "muc do", "bac", "hang"].contains(&folded.as_str()) {
            Self::Minimum
        } else {
            Self::Sum
        }
    }
}

/// A unit's value in thousandths; with numerator and denominator where it is a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: i64,
}

impl Measure {
    /// Checks what a person typed. A share is computed from its parts, in thousandths of a per cent.
    pub fn new(
        numerator: Option<i64>,
        denominator: Option<i64>,
        value: Option<i64>,
        is_share: bool,
    ) -> Result<Self, Error> {
        if [numerator, denominator, value].into_iter().flatten().any(|part| part < 0) {
            return Err(Error::ValueWrong("value-below-zero"));
        }
        match (numerator, denominator) {
            (Some(_), Some(0)) => Err(Error::ValueWrong("denominator-zero")),
            (Some(top), Some(bottom)) if is_share && top > bottom => Err(Error::ValueWrong("numerator-above")),
            (Some(top), Some(bottom)) => {
                let plain = || i64::try_from(half_up(i128::from(top) * 1000, i128::from(bottom))).ok();
                let value = if is_share { share(top, bottom, DECIMALS) } else { plain() };
                let value = value.ok_or(Error::ValueWrong("value-wrong"))?;
                Ok(Self { numerator, denominator, value })
            }
            (Some(_), None) | (None, Some(_)) => Err(Error::ValueWrong("half-a-share")),
            (None, None) => {
                let value = value.ok_or(Error::ValueWrong("value-missing"))?;
                if is_share && value > 100_000 {
                    return Err(Error::ValueWrong("share-above-100"));
                }
                Ok(Self { numerator, denominator, value })
            }
        }
    }
}

/// The value of the whole; none where there is nothing to compute it from.
pub fn roll_up(rule: Rollup, values: &[Measure], threshold: i64) -> Option<i64> {
    let values_only = || values.iter().map(|measure| measure.value);
    match rule {
        _ if values.is_empty() => None,
        Rollup::Ratio => {
            let part = |of: fn(&Measure) -> Option<i64>| -> Option<i64> {
                values.iter().map(of).try_fold(0_i64, |sum, part| sum.checked_add(part?))
            };
            match (part(|m| m.numerator), part(|m| m.denominator)) {
                (Some(top), Some(bottom)) if bottom > 0 => share(top, bottom, DECIMALS),
                // Shares without their parts cannot be added; the plain mean would be a lie.
                _ if values.len() == 1 => Some(values[0].value),
                _ => None,
            }
        }
        Rollup::Sum => values_only().try_fold(0_i64, i64::checked_add),
        Rollup::Minimum => values_only().min(),
        Rollup::UnitsMeeting => {
            i64::try_from(values_only().filter(|value| *value >= threshold).count()).ok().map(|count| count * 1000)
        }
        Rollup::Given => values.last().map(|measure| measure.value),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(top: i64, bottom: i64) -> Measure {
        Measure::new(Some(top), Some(bottom), None, true).unwrap()
    }

    #[test]
    fn a_share_of_the_whole_is_not_the_mean_of_shares() {
        let values = [of(1, 10), of(90, 90)];
        assert_eq!(roll_up(Rollup::Ratio, &values, 0), Some(91_000));
        assert_eq!(roll_up(Rollup::Minimum, &values, 0), Some(10_000));
        assert_eq!(roll_up(Rollup::UnitsMeeting, &values, 80_000), Some(1000));
        let bare = [Measure { value: 50_000, ..Measure::default() }; 2];
        assert_eq!(roll_up(Rollup::Ratio, &bare, 0), None);
        assert_eq!(of(110, 120).value, 91_667, "rounded, not cut");
        assert_eq!(Measure::new(Some(2), Some(3), None, false).unwrap().value, 667);
    }

    #[test]
    fn impossible_values_are_refused() {
        let wrong = |n, d, v| Measure::new(n, d, v, true).unwrap_err();
        assert_eq!(wrong(None, None, Some(-1)), Error::ValueWrong("value-below-zero"));
        assert_eq!(wrong(Some(1), Some(0), None), Error::ValueWrong("denominator-zero"));
        assert_eq!(wrong(Some(2), Some(1), None), Error::ValueWrong("numerator-above"));
        assert_eq!(wrong(None, None, Some(100_001)), Error::ValueWrong("share-above-100"));
        assert_eq!(wrong(Some(2), None, None), Error::ValueWrong("half-a-share"));
        assert!(Measure::new(Some(3), Some(2), None, false).is_ok());
    }

    proptest! {
        #[test]
        fn a_ratio_lies_between_its_shares(pairs in proptest::collection::vec((0_i64..1000, 1_i64..1000), 1..20)) {
            let values: Vec<Measure> = pairs.iter().map(|(a, b)| of((*a).min(*b), *b)).collect();
            let whole = roll_up(Rollup::Ratio, &values, 0).unwrap();
            let (low, high) = (values.iter().map(|v| v.value).min().unwrap(), values.iter().map(|v| v.value).max().unwrap());
            prop_assert!(whole >= low && whole <= high + 1);
        }
    }
}
