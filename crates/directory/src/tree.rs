//! The tree of units in memory: what policies, scopes and the resolver of names read on every request.
//!
//! Rebuilt after each change here, and by `Directory::refresh` when another process changed the stamp.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Body, Resolution, UnitId, text};

use crate::{
    model::{
        name,
        reference::{self, Group},
        unit::{Unit, UnitKind},
        whole::{self, Fault},
    },
    store::alias::AliasRow,
};

/// Percent of its letters in which a name may stand for another one.
const ALIKE: u8 = 85;
/// What is longer is a sentence.
const LONGEST_NAME: usize = 200;

/// The issuer and the kind of documents in which it holds, none where it holds in all, and the words.
type Explained = (Option<UnitId>, Option<String>, String);

#[derive(Debug, Default)]
pub struct Tree {
    pub(crate) units: HashMap<UnitId, Unit>,
    children: HashMap<UnitId, Vec<UnitId>>,
    names: HashMap<String, Vec<UnitId>>,
    /// What people explained.
    aliases: HashMap<Explained, UnitId>,
    groups: Vec<(Vec<String>, Group)>,
    /// How people call each of these groups, in their order.
    group_forms: Vec<Vec<Vec<String>>>,
    /// Folded names in sorting order, for filters.
    pub(crate) folded: Vec<(String, UnitId)>,
    /// What orders each by its name: slow to make, and asked for with each row of each list.
    sort_keys: HashMap<UnitId, String>,
    /// The same for pickers.
    entries: Vec<short::Entry>,
    /// Places of entries by how their names begin.
    begun: HashMap<u8, Vec<usize>>,
    /// Names and short names without marks, whatever stands today.
    by_fold: HashMap<String, Vec<UnitId>>,
    pub(crate) root: Option<UnitId>,
    pub(crate) stamp: i64,
}

impl Tree {
    pub fn new(units: Vec<Unit>, aliases: &[AliasRow], stamp: i64) -> Self {
        let root =
            units.iter().find(|unit| unit.parent.is_none() && unit.kind == UnitKind::Province).map(|unit| unit.id);
        let province =
            units.iter().find(|unit| Some(unit.id) == root).map(|unit| bare(&unit.name).to_owned()).unwrap_or_default();
        let mut tree = Self { root, stamp, ..Self::default() };
        let mut sorted: Vec<_> =
            units.iter().map(|unit| (text::sort_key(&unit.name), unit.id, text::fold(&unit.name))).collect();
        sorted.sort();
        for (key, id, folded) in sorted {
            tree.folded.push((folded, id));
            tree.sort_keys.insert(id, key);
        }
        for unit in units {
            if let Some(parent) = unit.parent {
                tree.children.entry(parent).or_default().push(unit.id);
            }
            for name in [&unit.name, &unit.short_name] {
                put(&mut tree.names, name::key(name, &province), unit.id);
                let folded = name::folded(name);
                if !folded.is_empty() {
                    put(&mut tree.by_fold, folded, unit.id);
                }
            }
            tree.units.insert(unit.id, unit);
        }
        for row in aliases.iter().filter(|row| row.reach() != "plan" && row.removed_at.is_none()) {
            let (issuer, kind) = (row.issuer_id.map(UnitId::from_uuid), row.kind.as_deref().map(text::fold));
            tree.aliases.insert((issuer, kind, name::key(&row.alias, &province)), row.unit());
        }
        let keys = |group: &Group| group.names.iter().map(|name| name::key(name, &province)).collect();
        tree.groups = reference::groups().into_iter().map(|group| (keys(&group), group)).collect();
        let called =
            |group: &Group| group.names.iter().chain(&group.typed).flat_map(|name| short::forms(name)).collect();
        tree.group_forms = tree.groups.iter().map(|(_, group)| called(group)).collect();
        tree.entries = tree.entries();
        for (at, entry) in tree.entries.iter().enumerate() {
            for first in entry.begins() {
                tree.begun.entry(first).or_default().push(at);
            }
        }
        tree
    }

    /// The tree of these units, if they make one.
    pub fn checked(units: Vec<Unit>, aliases: &[AliasRow], stamp: i64) -> Result<Self, Fault> {
        match whole::fault(&units) {
            Some(fault) => Err(fault),
            None => Ok(Self::new(units, aliases, stamp)),
        }
    }

    pub fn root(&self) -> Option<&Unit> {
        self.root.and_then(|id| self.units.get(&id))
    }

    pub fn province(&self) -> &str {
        self.root().map(|unit| bare(&unit.name)).unwrap_or_default()
    }

    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    pub fn ids(&self) -> impl Iterator<Item = UnitId> {
        self.units.keys().copied()
    }

    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The unit and everything above it, nearest first.
    pub fn lineage(&self, id: UnitId) -> Vec<UnitId> {
        let mut out = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| !out.contains(id)) {
            out.push(id);
            at = self.units.get(&id).and_then(|unit| unit.parent);
        }
        out
    }

    /// The unit and everything below it. Ends on any set of units, though only whole trees are kept.
    pub fn subtree(&self, id: UnitId) -> Vec<UnitId> {
        let mut out = vec![id];
        let mut seen = HashSet::from([id]);
        let mut at = 0;
        while at < out.len() {
            let below = self.children.get(&out[at]).into_iter().flatten();
            out.extend(below.filter(|id| seen.insert(**id)));
            at += 1;
        }
        out
    }

    /// The successor of a body that was merged away; the body itself where it still stands.
    pub fn today(&self, id: UnitId) -> UnitId {
        let mut at = id;
        for _ in 0..8 {
            match self.units.get(&at).and_then(|unit| unit.successor) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// Bodies that were merged away, each with what it is today.
    pub fn merged(&self) -> impl Iterator<Item = (UnitId, UnitId)> {
        let gone = self.units.values().filter(|unit| unit.successor.is_some());
        gone.map(|unit| (unit.id, self.today(unit.id))).filter(|(gone, today)| gone != today)
    }

    pub fn children(&self, id: UnitId) -> impl Iterator<Item = &Unit> {
        self.children.get(&id).into_iter().flatten().filter_map(|id| self.units.get(id))
    }

    /// The bodies at the head of the province, directly below it.
    pub(crate) fn is_head(&self, id: UnitId) -> bool {
        let kind = |unit: &Unit| matches!(unit.kind, UnitKind::Committee | UnitKind::Council | UnitKind::Party);
        self.units.get(&id).is_some_and(|unit| kind(unit) && unit.parent.is_some() && unit.parent == self.root)
    }

    /// Whether a unit's names are words of one body only: divisions and teams of a body, and whatever is below a commune.
    pub fn is_local(&self, unit: &Unit) -> bool {
        let Some(parent) = unit.parent else { return false };
        let of_body = Some(parent) != self.root && !self.is_head(parent);
        let above = self.lineage(parent);
        let mut above = above.iter().filter_map(|id| self.units.get(id));
        matches!(unit.kind, UnitKind::Division | UnitKind::Team) && of_body
            || above.any(|unit| unit.kind == UnitKind::Commune)
    }

    /// Whether a document of the issuer can mean this unit by its name alone.
    fn hears(&self, issuer: Option<UnitId>, id: UnitId) -> bool {
        if self.units.get(&id).is_none_or(|unit| !self.is_local(unit)) {
            return true;
        }
        let own = issuer.map(|issuer| self.lineage(issuer)).unwrap_or_default();
        self.lineage(id).iter().any(|above| own.contains(above) && Some(*above) != self.root && !self.is_head(*above))
    }

    /// Whether whoever is of this kind is meant by words like "các sở, ban, ngành", wherever it stands.
    pub fn is_of_group(&self, kind: UnitKind) -> bool {
        self.groups.iter().any(|(_, group)| !group.of_issuer && group.kinds.contains(&kind))
    }

    /// A unit other than this one whose names the whole house knows, and that bears one of its names, to the eye.
    pub fn known_bearer(&self, unit: &Unit) -> Option<&Unit> {
        let keys = [&unit.name, &unit.short_name].map(|name| name::candidates(name, self.province()));
        let own: HashSet<String> = keys.iter().flatten().map(|key| name::skeleton(key)).collect();
        let bearers = self.names.iter().filter(|(key, _)| own.contains(&name::skeleton(key))).flat_map(|(_, ids)| ids);
        let others = bearers.filter(|id| **id != unit.id).filter_map(|id| self.units.get(id));
        others.filter(|other| !self.is_local(other)).min_by_key(|other| other.id)
    }

    fn members(&self, group: &Group, issuer: Option<UnitId>, day: Option<Date>) -> Vec<UnitId> {
        let within = if group.of_issuer { issuer.map(|id| self.subtree(id)) } else { None };
        let fits = |unit: &Unit| {
            group.kinds.contains(&unit.kind)
                && unit.successor.is_none()
                && day.is_none_or(|day| unit.in_force(day))
                && (!group.of_issuer || within.as_ref().is_some_and(|ids| ids.contains(&unit.id)))
        };
        self.folded
            .iter()
            .filter_map(|(_, id)| self.units.get(id))
            .filter(|unit| fits(unit))
            .map(|unit| unit.id)
            .collect()
    }

    /// What `text` names. Exact names first, those below the issuer before others; then groups; then a likeness. What only
    /// a division of another body is called is a likeness too: anybody may call theirs as they like.
    pub fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution {
        self.resolve_in(text, issuer, None)
    }

    /// The same in a document of this kind.
    pub fn resolve_in(&self, text: &str, issuer: Option<UnitId>, kind: Option<&str>) -> Resolution {
        self.borne(text, issuer, kind).unwrap_or_else(|| self.likeness(text, issuer))
    }

    /// Whether these words name one unit in every document, as [`Tree::resolve`] has it; no likeness is looked for.
    pub fn is_certain(&self, text: &str) -> bool {
        matches!(self.borne(text, None, None), Some(Resolution::Unit { certain: true, .. }))
    }

    /// Whether these words are a name that the whole house knows, with or without its marks; a shorter form is none.
    pub fn is_written_out(&self, text: &str) -> bool {
        self.by_fold.get(&name::folded(text)).into_iter().flatten().any(|id| self.hears(None, *id))
    }

    /// What bears these words as its name, or was said to be meant by them.
    fn borne(&self, text: &str, issuer: Option<UnitId>, kind: Option<&str>) -> Option<Resolution> {
        let below = issuer.map(|id| self.subtree(id)).unwrap_or_default();
        let mut far = None;
        for key in name::candidates(text, self.province()) {
            if let Some((_, group)) =
                self.groups.iter().find(|(keys, group)| keys.contains(&key) && (!group.of_issuer || issuer.is_some()))
            {
                let units = self.members(group, issuer, None);
                if !units.is_empty() {
                    return Some(Resolution::Group { name: group.names[0].clone(), units });
                }
            }
            let found = self.names.get(&key).map(Vec::as_slice).unwrap_or_default();
            let heard: Vec<UnitId> = found.iter().copied().filter(|id| self.hears(issuer, *id)).collect();
            let near: Vec<UnitId> = heard.iter().copied().filter(|id| below.contains(id)).collect();
            match (near.as_slice(), heard.as_slice(), found) {
                ([one], ..) | ([], [one], _) => return Some(self.one(*one, true)),
                ([], [], [one]) => far = far.or(Some(*one)),
                _ => {}
            }
        }
        let far = || far.map(|unit| self.one(unit, false));
        let explained = self.explained(text, issuer, kind).map(|unit| self.one(unit, true));
        explained.or_else(far)
    }

    /// What people said that these words mean, what they said of fewer documents first. Asked after all names, so that no name
    /// is ever replaced.
    fn explained(&self, text: &str, issuer: Option<UnitId>, kind: Option<&str>) -> Option<UnitId> {
        let (key, kind) = (name::key(text, self.province()), kind.map(text::fold));
        let of = |issuer: Option<UnitId>, kind: Option<String>| self.aliases.get(&(issuer, kind, key.clone())).copied();
        let in_his = issuer.and_then(|_| kind.and_then(|kind| of(issuer, Some(kind))).or_else(|| of(issuer, None)));
        in_his.or_else(|| of(None, None)).filter(|unit| self.may_be_explained(text, issuer, *unit))
    }

    /// Whether words may mean a unit in documents of this issuer because somebody said so once. "Có liên quan" is said anew in
    /// each document; a part of a body is meant in that body's own documents alone.
    pub fn may_be_explained(&self, text: &str, issuer: Option<UnitId>, unit: UnitId) -> bool {
        !is_open_ended(text) && self.hears(issuer, unit)
    }

    /// The body or group in force that bears these words as its name, short name or code, where it is another than `unit`.
    pub fn named_otherwise(&self, text: &str, unit: UnitId, day: Date) -> Option<String> {
        let keys = name::candidates(text, self.province());
        let group = self.groups.iter().find(|(names, _)| keys.iter().any(|key| names.contains(key)));
        let bearers = keys.iter().filter_map(|key| self.names.get(key)).flatten().filter_map(|id| self.units.get(id));
        let code = text.trim();
        let is_code = |own: &Option<String>| own.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(code));
        let coded = self.units.values().filter(|unit| is_code(&unit.code) || is_code(&unit.legacy_code));
        let bearers: Vec<&Unit> = bearers.chain(coded).filter(|unit| unit.in_force(day)).collect();
        let is_borne = bearers.iter().any(|bearer| bearer.id == unit);
        let other = bearers.first().filter(|_| !is_borne).map(|bearer| bearer.name.clone());
        other.or_else(|| group.map(|(_, group)| group.names[0].clone()).filter(|_| !is_borne))
    }

    fn one(&self, id: UnitId, certain: bool) -> Resolution {
        match self.units.get(&id) {
            Some(unit) => Resolution::Unit { unit: id, name: unit.name.clone(), certain },
            None => Resolution::Unknown,
        }
    }

    fn likeness(&self, text: &str, issuer: Option<UnitId>) -> Resolution {
        let key = name::key(text, self.province());
        let length = key.chars().count();
        if is_open_ended(&key) || length > LONGEST_NAME {
            return Resolution::Unknown;
        }
        // Names that are too long or too short cannot be that alike, and need not be compared.
        let near = |name: &&String| {
            let other = name.chars().count();
            length.abs_diff(other) * 100 <= length.max(other) * usize::from(100 - ALIKE)
        };
        let likely = self.names.iter().filter(|(name, _)| near(name));
        let likely = likely.map(|(name, ids)| (strsim::normalized_levenshtein(name, &key), ids));
        let Some((score, ids)) = likely.max_by(|a, b| a.0.total_cmp(&b.0)) else { return Resolution::Unknown };
        let heard: Vec<UnitId> = ids.iter().copied().filter(|id| self.hears(issuer, *id)).collect();
        match if heard.is_empty() { ids } else { &heard }.as_slice() {
            [one] if score >= f64::from(ALIKE) / 100.0 => self.one(*one, false),
            _ => Resolution::Unknown,
        }
    }

    pub(crate) fn body(&self, id: UnitId) -> Option<Body> {
        let unit = self.units.get(&id)?;
        Some(Body {
            unit: id,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            sort: self.sort_keys.get(&id).cloned().unwrap_or_default(),
        })
    }
}

/// Each once under its key.
fn put(names: &mut HashMap<String, Vec<UnitId>>, key: String, id: UnitId) {
    let ids = names.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// Words that leave to the reader who is meant.
fn is_open_ended(text: &str) -> bool {
    text::fold(text).contains("lien quan")
}

fn bare(name: &str) -> &str {
    ["Tỉnh ", "Thành phố "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

mod meant;
mod search;
mod short;
#[cfg(test)]
mod tests;
