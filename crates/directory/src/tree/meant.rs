//! The unit that somebody types: by its name, with the one above it behind a comma where several bear that name.

use jiff::civil::Date;
use kernel::{Resolution, Search, UnitId};

use super::Tree;
use crate::{Error, model::name};

/// What stands between a name and a number.
const BEHIND: &str = " · ";
/// Names have few commas, and each is tried.
const MOST_COMMAS: usize = 6;
/// Namesakes that are offered for choosing; the rest is on the list of bodies.
const MOST_CHOICES: usize = 50;
/// Bodies that are offered for words that are nobody's name.
const MOST_ALIKE: usize = 6;

impl Tree {
    /// The unit that is typed: by its name, its short forms, or words that can only mean it. A likeness is no answer here:
    /// somebody is asked and can choose.
    pub fn meant(&self, text: &str, day: Date) -> Result<UnitId, Error> {
        self.meant_or_one_of(text, day, MOST_CHOICES)
    }

    /// The same for one of the many names of a list: what else could be meant is not looked for.
    pub fn meant_in_list(&self, text: &str, day: Date) -> Result<UnitId, Error> {
        self.meant_or_one_of(text, day, 0)
    }

    fn meant_or_one_of(&self, text: &str, day: Date, most: usize) -> Result<UnitId, Error> {
        let bearers = match self.found(text, day) {
            Ok(id) => return Ok(id),
            Err(bearers) if bearers.is_empty() => self.spelled(text, &|unit| unit.in_force(day)),
            Err(bearers) => bearers,
        };
        let text = text.trim().to_owned();
        if let [one] = bearers.as_slice() {
            return Ok(*one);
        }
        if let Some(group) = self.group_typed(&text, None).filter(|_| bearers.is_empty()) {
            return Err(Error::GroupForOne { name: group.name, count: group.units.len() });
        }
        let Some(example) = bearers.first().map(|id| self.written(*id, day)) else {
            let choices = if most == 0 { vec![] } else { self.alike(&text, day) };
            return Err(Error::UnknownUnit { choices, name: text });
        };
        let choices = bearers.iter().take(most).map(|id| self.written(*id, day)).collect();
        Err(Error::SeveralUnits { name: text, count: bearers.len(), example, choices })
    }

    /// All that bear or bore this name, or that these words spell: whatever stands today.
    pub fn ever(&self, text: &str) -> Vec<UnitId> {
        let folded = Some(name::folded(text)).filter(|folded| !folded.is_empty());
        if let Some(named) = folded.and_then(|folded| self.by_fold.get(&folded)) {
            return named.clone();
        }
        let bearers = self.bearers(text.trim());
        if bearers.is_empty() { self.spelled(text, &|_| true) } else { bearers }
    }

    /// What is typed where groups may stand too: as a document of the issuer has it, as people shorten it, else one unit.
    pub fn understood(&self, text: &str, issuer: Option<UnitId>, day: Date) -> Result<Resolution, Error> {
        match self.resolve(text, issuer) {
            known @ (Resolution::Unit { certain: true, .. } | Resolution::Group { .. }) => return Ok(known),
            Resolution::Unit { .. } | Resolution::Unknown => {}
        }
        if let Some(group) = self.group_typed(text, issuer) {
            return Ok(Resolution::Group { name: group.name, units: group.units });
        }
        self.meant(text, day).map(|unit| self.one(unit, true))
    }

    /// What else could be meant by words that are nobody's name.
    fn alike(&self, text: &str, day: Date) -> Vec<String> {
        let search = Search { words: text, near: &[], day, from: 0, limit: MOST_ALIKE };
        let mut all: Vec<UnitId> = match self.likeness(text, None) {
            Resolution::Unit { unit, .. } => vec![unit],
            Resolution::Group { .. } | Resolution::Unknown => vec![],
        };
        let found = self.found_by(&search).into_iter().take(MOST_ALIKE);
        all.extend(found.filter(|id| !all.contains(id)).collect::<Vec<_>>());
        all.into_iter().take(MOST_ALIKE).map(|id| self.written(id, day)).collect()
    }

    /// How a unit is written so that no other is meant: as shortly as can be.
    pub fn written(&self, id: UnitId, day: Date) -> String {
        let Some(unit) = self.unit(id) else { return String::new() };
        let mut text = String::new();
        for above in self.lineage(id).into_iter().filter_map(|id| self.unit(id)) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&above.name);
            if self.found(&text, day) == Ok(id) {
                return text;
            }
        }
        format!("{}{BEHIND}{id}", unit.name)
    }

    /// These units as they are written, from the top of the tree down.
    pub fn list(&self, ids: impl Iterator<Item = UnitId>, day: Date) -> Vec<String> {
        let units = ids.filter_map(|id| self.unit(id)).filter(|unit| unit.in_force(day));
        let mut rows: Vec<(usize, String)> =
            units.map(|unit| (self.lineage(unit.id).len(), self.written(unit.id, day))).collect();
        rows.sort_by_cached_key(|(depth, written)| (*depth, kernel::text::sort_key(written)));
        rows.into_iter().map(|(_, written)| written).collect()
    }

    /// The one, or all that it could be.
    fn found(&self, text: &str, day: Date) -> Result<UnitId, Vec<UnitId>> {
        let text = text.trim();
        if let Ok(id) = text.rsplit(BEHIND).next().unwrap_or(text).trim().parse::<UnitId>() {
            return Ok(id);
        }
        if let Some(root) = self.root().filter(|root| root.name == text) {
            return Ok(root.id);
        }
        let bearers = self.bearers(text);
        let stands = |id: &UnitId| self.unit(*id).is_some_and(|unit| unit.in_force(day));
        let heard: Vec<UnitId> = bearers.iter().copied().filter(|id| self.hears(None, *id)).collect();
        let in_force: Vec<UnitId> = bearers.iter().copied().filter(stands).collect();
        let both: Vec<UnitId> = heard.iter().copied().filter(stands).collect();
        for list in [&bearers, &heard, &in_force, &both] {
            if let [one] = list.as_slice() {
                return Ok(*one);
            }
        }
        match self.explained(text, None, None) {
            Some(unit) => Ok(unit),
            None => Err(if in_force.is_empty() { bearers } else { in_force }),
        }
    }

    /// Those of this name; of "Phòng Kinh tế, UBND xã Sông Mẫu" those of the first below those of the rest.
    fn bearers(&self, text: &str) -> Vec<UnitId> {
        let whole = self.bearing(text);
        if !whole.is_empty() || text.matches(',').count() > MOST_COMMAS {
            return whole;
        }
        for (at, _) in text.match_indices(',') {
            let (name, above) = text.split_at(at);
            let mut named = self.bearing(name.trim());
            if named.is_empty() {
                continue;
            }
            let above = self.bearers(above.trim_start_matches(',').trim());
            named
                .retain(|id| self.unit(*id).and_then(|unit| unit.parent).is_some_and(|parent| above.contains(&parent)));
            if !named.is_empty() {
                return named;
            }
        }
        vec![]
    }

    fn bearing(&self, name: &str) -> Vec<UnitId> {
        let keys = name::candidates(name, self.province());
        let known = keys.iter().filter(|key| !key.is_empty()).filter_map(|key| self.names.get(key));
        let mut ids: Vec<UnitId> = known.flatten().copied().collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::unit::{Unit, UnitKind};

    fn id(n: u128) -> UnitId {
        UnitId::from_uuid(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn each_of_many_namesakes_can_be_written_and_is_meant() {
        let mut units = vec![Unit::sample(1, None, UnitKind::Province, "Tỉnh Mẫu")];
        for n in 0..72 {
            let commune = 10 + n * 3;
            units.push(Unit::sample(commune, Some(1), UnitKind::Commune, &format!("UBND xã Số {n}")));
            units.push(Unit::sample(commune + 1, Some(commune), UnitKind::Division, "Phòng Kinh tế"));
            units.push(Unit::sample(commune + 2, Some(commune + 1), UnitKind::Team, "Tổ Một"));
        }
        let all: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
        let (tree, day) = (Tree::new(units, &[], 1), date(2026, 11, 21));
        let written: Vec<String> = all.iter().map(|id| tree.written(*id, day)).collect();
        let apart: std::collections::BTreeSet<&String> = written.iter().collect();
        assert_eq!(apart.len(), all.len());
        for (id, text) in all.iter().zip(&written) {
            assert_eq!(tree.meant(text, day), Ok(*id), "{text}");
        }
        assert_eq!(tree.written(id(11), day), "Phòng Kinh tế, UBND xã Số 0");
        assert_eq!(tree.written(id(12), day), "Tổ Một, Phòng Kinh tế, UBND xã Số 0");
        assert_eq!(tree.meant("phòng kinh tế ,UBND xã Số 0", day), Ok(id(11)));
        let several = tree.meant("Phòng Kinh tế", day);
        assert!(
            matches!(&several, Err(Error::SeveralUnits { count: 72, example, .. }) if example.contains(", UBND xã"))
        );
        assert_eq!(
            tree.meant("Phòng Kinh tế, UBND xã Khác", day),
            Err(Error::UnknownUnit { name: "Phòng Kinh tế, UBND xã Khác".into(), choices: vec![] })
        );
        assert!(tree.meant("", day).is_err() && tree.meant(&",".repeat(5000), day).is_err());
    }

    /// A list may hold thousands of names that nobody bears: none of them is looked for among all names.
    #[test]
    fn an_unknown_name_of_a_list_costs_no_search() {
        let day = date(2026, 11, 21);
        let gone = Unit {
            short_name: "Sở KH".into(),
            valid_to: Some(date(2025, 2, 28)),
            successor: Some(id(2)),
            ..Unit::sample(3, Some(1), UnitKind::Department, "Sở Kế hoạch và Đầu tư")
        };
        let province = Unit::sample(1, None, UnitKind::Province, "Tỉnh Mẫu");
        let heir = Unit::sample(2, Some(1), UnitKind::Department, "Sở Tài chính");
        let tree = Tree::new(vec![province, heir, gone], &[], 1);
        let searches = || super::super::search::SEARCHES.get();
        let before = searches();
        let unknown = format!("So {} {} tinh", "abcdehikmn".repeat(3), "opqrstuvxy".repeat(3));
        for name in [unknown.as_str(), "Sở Không ai biết", "", "<>", ",,,"] {
            let refused = tree.meant_in_list(name, day);
            assert!(matches!(&refused, Err(Error::UnknownUnit { choices, .. }) if choices.is_empty()), "{name}");
            assert!(tree.ever(name).is_empty(), "{name}");
        }
        for name in ["Sở Tài chính", "so tai chinh", "stc"] {
            assert_eq!(tree.meant_in_list(name, day), Ok(id(2)), "{name}");
        }
        for name in ["Sở Kế hoạch và Đầu tư", "so ke hoach va dau tu", "Sở KH", "skhdt", "Sở Kế hoạch & Đầu tư"]
        {
            assert_eq!(tree.ever(name), [id(3)], "{name}");
        }
        assert_eq!(searches(), before);
        assert!(
            tree.meant("Sở Không ai biết", day).is_err() && searches() > before,
            "for one name all are gone through"
        );
    }
}
