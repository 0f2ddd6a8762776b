//! Units that would be taken for each other: of one name beside each other, or of one code.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::UnitId;

use super::{name::skeleton, unit::Unit};

/// Many units by what makes them twins, so that each of many is asked for without looking at all.
#[derive(Debug)]
pub struct Twins<'a> {
    /// By what they stand below and what their name is to the eye.
    names: HashMap<(Option<UnitId>, String), Vec<&'a Unit>>,
    codes: HashMap<&'a str, Vec<&'a Unit>>,
}

impl<'a> Twins<'a> {
    pub fn among(units: &'a [Unit]) -> Self {
        let mut out = Self { names: HashMap::new(), codes: HashMap::new() };
        for unit in units {
            out.names.entry((unit.parent, skeleton(&unit.name))).or_default().push(unit);
            for code in unit.code.iter().chain(&unit.area_code) {
                out.codes.entry(code).or_default().push(unit);
            }
        }
        out
    }

    /// Another one that would bear the same name beside this one, on a day on which both are in force.
    pub fn namesake(&self, unit: &Unit) -> Option<&'a Unit> {
        let last = |unit: &Unit| unit.valid_to.unwrap_or(Date::MAX);
        let meets = |other: &&Unit| other.valid_from <= last(unit) && unit.valid_from <= last(other);
        let beside = self.names.get(&(unit.parent, skeleton(&unit.name)))?;
        beside.iter().copied().filter(|other| other.id != unit.id).find(meets)
    }

    /// Another one that a list would mean by this one's code.
    pub fn of_same_code(&self, unit: &Unit) -> Option<&'a Unit> {
        let coded = self.codes.get(unit.code.as_deref()?)?;
        coded.iter().copied().find(|other| other.id != unit.id)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::unit::UnitKind;

    fn unit(n: u128, name: &str, code: Option<&str>) -> Unit {
        Unit { code: code.map(str::to_owned), ..Unit::sample(n, Some(1), UnitKind::Team, name) }
    }

    #[test]
    fn twins_are_beside_each_other_on_one_day_or_of_one_code() {
        let ended = Unit { valid_to: Some(date(2025, 12, 31)), ..unit(2, "Tổ Một", Some("A")) };
        let area = Unit { area_code: Some("B".into()), ..unit(3, "Xã Hai", None) };
        let units = [ended, area, Unit::sample(4, Some(2), UnitKind::Team, "Tổ Ba")];
        let twins = Twins::among(&units);
        let name = |unit: &Unit| twins.namesake(unit).map(|other| other.id);
        let code = |unit: &Unit| twins.of_same_code(unit).map(|other| other.id);
        assert_eq!(name(&unit(9, "tổ  một", None)), Some(units[0].id));
        let later = Unit { valid_from: date(2026, 1, 1), ..unit(9, "Tổ Một", None) };
        assert_eq!(name(&later), None, "what has ended makes room");
        assert_eq!(name(&unit(9, "Tổ Ba", None)), None, "below another one");
        assert_eq!(name(&units[0]), None, "nobody is a twin of itself");
        assert_eq!(
            (code(&unit(9, "x", Some("A"))), code(&unit(9, "x", Some("B")))),
            (Some(units[0].id), Some(units[1].id))
        );
        assert_eq!((code(&units[0]), code(&unit(9, "x", None))), (None, None));
    }
}
