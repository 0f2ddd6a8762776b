//! Looking for bodies by what people type: each by its names, a part of a body also by what it is a part of.

use jiff::civil::Date;
use kernel::{Code as _, Found, Group, Hit, Search, UnitId, text::fold};

use super::{
    Tree,
    short::{Entry, Fit, fit, forms, forms_above, words},
};
use crate::model::{name, reference, unit::Unit};

/// How good a hit is, the least first.
type Rank = (Fit, Fit, bool, bool, usize);

#[cfg(test)]
thread_local! {
    /// How often all names were gone through.
    pub(super) static SEARCHES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

impl Tree {
    /// The units in Vietnamese order, each with its words.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let units = self.folded.iter().filter_map(|(_, id)| self.unit(*id));
        let entry = |unit: &Unit| {
            let mut names = forms(&unit.name);
            names.extend(forms(&unit.short_name).into_iter().filter(|form| !form.is_empty()));
            names.dedup();
            let above = self.part_of(unit.id).map(|above| forms_above(&above.name)).unwrap_or_default();
            Entry { id: unit.id, names, above }
        };
        units.map(entry).collect()
    }

    /// The body that a unit is a part of: whatever stands directly above it where its names are words of one body only.
    pub fn part_of(&self, id: UnitId) -> Option<&Unit> {
        let unit = self.unit(id).filter(|unit| self.is_local(unit))?;
        self.lineage(unit.parent?).into_iter().filter_map(|id| self.unit(id)).find(|above| !self.is_local(above))
    }

    /// Bodies and groups that words find.
    pub fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found {
        let Some(typed) = asked(search.words) else { return Found::default() };
        let hits = self.ranked(&typed, search, is_open);
        let count = hits.len();
        let shown = hits.into_iter().skip(search.from).take(search.limit);
        let bodies = shown.filter_map(|id| self.hit(id, search.day)).collect();
        let issuer = search.near.first().copied();
        Found { groups: self.groups_found(&typed, issuer, search.day), bodies, count }
    }

    /// The bodies that words find, the best first; none where they are nobody's name.
    pub(super) fn found_by(&self, search: &Search<'_>) -> Vec<UnitId> {
        asked(search.words).map(|typed| self.ranked(&typed, search, &|_| true)).unwrap_or_default()
    }

    fn ranked(&self, typed: &[String], search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Vec<UnitId> {
        #[cfg(test)]
        SEARCHES.set(SEARCHES.get() + 1);
        let near = self.surroundings(search.near);
        let mut hits: Vec<(Rank, UnitId)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((rank(entry, typed, &near)?, entry.id)))
            .filter(|(_, id)| self.unit(*id).is_some_and(|unit| unit.in_force(search.day)) && is_open(*id))
            .collect();
        // Equals stay in the order of their names.
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, id)| id).collect()
    }

    /// The units whose words these are, all of them, of those that are asked for; where marks were typed, with these.
    pub(super) fn spelled(&self, text: &str, is_asked: &dyn Fn(&Unit) -> bool) -> Vec<UnitId> {
        let typed = words(text);
        let Some(first) = typed.first().and_then(|word| word.bytes().next()) else { return vec![] };
        let begun = self.begun.get(&first).into_iter().flatten().filter_map(|at| self.entries.get(*at));
        let is_meant = |id: UnitId| self.unit(id).is_some_and(is_asked) && self.marks_agree(text, id);
        let whole = begun.filter_map(|entry| Some((entry.whole(&typed)?, entry.id)));
        let found: Vec<(Fit, UnitId)> = whole.filter(|(_, id)| is_meant(*id)).collect();
        // Of "Sông Mẫu" that commune is meant, not "Cửa Sông Mẫu".
        let is_named = found.iter().any(|(above, _)| *above == Fit::Whole);
        found.into_iter().filter(|(above, _)| !is_named || *above == Fit::Whole).map(|(_, id)| id).collect()
    }

    /// Whoever types marks means them: "Cộng nghệ" is not "Công nghệ".
    fn marks_agree(&self, text: &str, id: UnitId) -> bool {
        let key = |text: &str| name::key(text, self.province());
        let above = self.part_of(id).map(|above| above.name.as_str()).unwrap_or_default();
        let names = self.unit(id).map(|unit| format!("{} {} {above}", unit.name, unit.short_name)).unwrap_or_default();
        let names = key(&names);
        let is_borne = |word: &str| names.split(' ').any(|own| own.starts_with(word));
        key(text).split(' ').all(|word| word == "và" || fold(word) == word || is_borne(word))
    }

    /// Those around these units: the body at whose top each stands, with all that is below it.
    fn surroundings(&self, near: &[UnitId]) -> Vec<UnitId> {
        let top = |id: &UnitId| {
            let lineage = self.lineage(*id);
            lineage.into_iter().rev().find(|above| Some(*above) != self.root && !self.is_head(*above))
        };
        near.iter().filter_map(top).flat_map(|top| self.subtree(top)).collect()
    }

    pub(crate) fn hit(&self, id: UnitId, day: Date) -> Option<Hit> {
        let unit = self.unit(id)?;
        Some(Hit {
            unit: id,
            written: self.written(id, day),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind.code(),
            part_of: self.part_of(id).map(|above| above.name.clone()).unwrap_or_default(),
        })
    }

    /// The groups that words begin, with whom they mean on that day.
    fn groups_found(&self, typed: &[String], issuer: Option<UnitId>, day: Date) -> Vec<Group> {
        let is_meant = |form: &Vec<String>| fit(typed, form).is_some_and(|fit| fit < Fit::Somewhere);
        let groups = self.groups.iter().zip(&self.group_forms).filter(|(_, forms)| forms.iter().any(is_meant));
        let made = |group: &reference::Group| {
            let name = group.names.first().cloned().unwrap_or_default();
            Group { name, units: self.members(group, issuer, Some(day)) }
        };
        groups.map(|((_, group), _)| made(group)).filter(|group| !group.units.is_empty()).collect()
    }

    /// The group of this name, with whom it means on that day.
    pub fn group_named(&self, name: &str, issuer: Option<UnitId>, day: Date) -> Option<Group> {
        let is_named = |group: &&reference::Group| group.names.iter().any(|known| known == name);
        let group = self.groups.iter().map(|(_, group)| group).find(is_named)?;
        Some(Group { name: name.to_owned(), units: self.members(group, issuer, Some(day)) })
    }

    /// The group that a person calls so, without diacritics and by shorter words than documents have.
    pub(super) fn group_typed(&self, text: &str, issuer: Option<UnitId>) -> Option<Group> {
        let typed = Some(words(text)).filter(|typed| !typed.is_empty())?;
        let at = self.group_forms.iter().position(|forms| forms.contains(&typed))?;
        let (_, group) = self.groups.get(at)?;
        let units = self.members(group, issuer, None);
        Some(Group { name: group.names.first()?.clone(), units }).filter(|group| !group.units.is_empty())
    }
}

/// The words that are looked for: none is the list as it stands. Words that are nobody's name find nobody.
fn asked(text: &str) -> Option<Vec<String>> {
    let typed = words(text);
    (!typed.is_empty() || text.trim().is_empty()).then_some(typed)
}

fn rank(entry: &Entry, typed: &[String], near: &[UnitId]) -> Option<Rank> {
    let (own, above) = entry.fit(typed)?;
    let length = if typed.is_empty() { 0 } else { entry.names.first().map_or(0, Vec::len) };
    Some((own, above, !near.contains(&entry.id), !entry.above.is_empty(), length))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::unit::UnitKind;

    const DAY: Date = date(2026, 11, 27);

    fn id(n: u128) -> UnitId {
        UnitId::from_uuid(uuid::Uuid::from_u128(n))
    }

    /// Two departments and 60 communes, each with a division of the same name.
    fn sample() -> Tree {
        let mut units = vec![
            Unit::sample(1, None, UnitKind::Province, "Tỉnh Mẫu"),
            Unit::sample(2, Some(1), UnitKind::Committee, "UBND tỉnh"),
            Unit::sample(3, Some(2), UnitKind::Department, "Sở Khoa học và Công nghệ"),
            Unit::sample(4, Some(2), UnitKind::Department, "Sở Công Thương"),
        ];
        for n in 0..60 {
            let (commune, word) = (10 + n * 3, ["Chè", "Sông", "Đồi"][usize::try_from(n % 3).unwrap()]);
            units.push(Unit::sample(commune, Some(1), UnitKind::Commune, &format!("UBND xã {word} Mẫu {n}")));
            units.push(Unit::sample(commune + 1, Some(commune), UnitKind::Division, "Phòng Văn hóa - Xã hội"));
        }
        Tree::new(units, &[], 1)
    }

    fn found(tree: &Tree, text: &str, near: &[UnitId]) -> Found {
        tree.search(&Search { words: text, near, day: DAY, from: 0, limit: 10 }, &|_| true)
    }

    #[test]
    fn three_letters_find_a_body_and_those_around_come_first() {
        let tree = sample();
        let first = |text, near: &[UnitId]| found(&tree, text, near).bodies.first().map(|hit| hit.written.clone());
        assert_eq!(first("skhcn", &[]).as_deref(), Some("Sở Khoa học và Công nghệ"));
        assert_eq!(first("so c", &[]).as_deref(), Some("Sở Công Thương"));
        assert_eq!(first("vhxh", &[id(14)]).as_deref(), Some("Phòng Văn hóa - Xã hội, UBND xã Sông Mẫu 1"));
        assert_eq!(first("phong vhxh che mau 3", &[]).as_deref(), Some("Phòng Văn hóa - Xã hội, UBND xã Chè Mẫu 3"));
        assert_eq!(first("ubnd xa che mau 30", &[]).as_deref(), Some("UBND xã Chè Mẫu 30"));
        let many = found(&tree, "phong vhxh", &[]);
        assert_eq!((many.bodies.len(), many.count), (10, 60));
        assert!(many.bodies.iter().all(|hit| hit.part_of.starts_with("UBND xã")));
        assert_eq!(found(&tree, "<script>", &[]).count, 0);
    }

    #[test]
    fn groups_are_found_with_their_members() {
        let tree = sample();
        for text in ["ubnd cac xa", "các xã", "UBND các xã, phường, đặc khu", "uy ban nhan dan cac xa"] {
            let groups = found(&tree, text, &[]).groups;
            assert_eq!(groups.first().map(|group| group.units.len()), Some(60), "{text}");
            assert!(tree.group_typed(text, None).is_some(), "{text}");
        }
        assert!(tree.group_typed("các sở", None).is_some() && tree.group_typed("cac xa lien quan", None).is_none());
    }
}
