//! Whether units make one tree: everything that rights, scopes and pages hang on is computed along it.

use std::collections::{HashMap, HashSet};

use kernel::{Problem, ProblemKind, UnitId};

use super::unit::{Unit, UnitKind};

/// A ministry's province, its bodies, their divisions and teams are five; more than this is a mistake of a list.
const DEEPEST: usize = 12;
/// How many units a sentence names.
pub const NAMED: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    NoRoot,
    TwoRoots,
    /// The root is no province, or has ended, or a province stands below another unit.
    RootKind,
    UnknownParent,
    Cycle,
    TooDeep,
    UnknownSuccessor,
    SuccessorCycle,
}

impl FaultKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRoot => "tree-no-root",
            Self::TwoRoots => "tree-two-roots",
            Self::RootKind => "tree-root-kind",
            Self::UnknownParent => "tree-unknown-parent",
            Self::Cycle => "tree-cycle",
            Self::TooDeep => "tree-too-deep",
            Self::UnknownSuccessor => "tree-unknown-successor",
            Self::SuccessorCycle => "tree-successor-cycle",
        }
    }
}

/// Why units are no tree, and which of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    pub units: Vec<(UnitId, String)>,
}

impl Fault {
    fn of<'a>(kind: FaultKind, units: impl IntoIterator<Item = &'a Unit>) -> Self {
        Self { kind, units: units.into_iter().map(|unit| (unit.id, unit.name.clone())).collect() }
    }

    pub fn names(&self) -> String {
        let names: Vec<&str> = self.units.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
        format!("{}{}", names.join(", "), if self.units.len() > NAMED { ", …" } else { "" })
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::new(ProblemKind::BadInput, fault.kind.code()).with("names", fault.names())
    }
}

/// What keeps these units from being one tree; none where they are, or where there are none yet.
pub fn fault(units: &[Unit]) -> Option<Fault> {
    if units.is_empty() {
        return None;
    }
    let by_id: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let known = |id: Option<UnitId>| id.is_none_or(|id| by_id.contains_key(&id));
    let any = |kind, wrong: Vec<&Unit>| if wrong.is_empty() { None } else { Some(Fault::of(kind, wrong)) };
    any(FaultKind::UnknownParent, units.iter().filter(|unit| !known(unit.parent)).collect())
        .or_else(|| any(FaultKind::UnknownSuccessor, units.iter().filter(|unit| !known(unit.successor)).collect()))
        .or_else(|| circle(units, &by_id, |unit| unit.parent).map(|wrong| Fault::of(FaultKind::Cycle, wrong)))
        .or_else(|| root(units))
        .or_else(|| any(FaultKind::TooDeep, units.iter().filter(|unit| depth(unit, &by_id) > DEEPEST).collect()))
        .or_else(|| {
            circle(units, &by_id, |unit| unit.successor).map(|wrong| Fault::of(FaultKind::SuccessorCycle, wrong))
        })
}

fn root(units: &[Unit]) -> Option<Fault> {
    let roots: Vec<&Unit> = units.iter().filter(|unit| unit.parent.is_none()).collect();
    match roots.as_slice() {
        [] => Some(Fault::of(FaultKind::NoRoot, units.iter().filter(|unit| unit.kind == UnitKind::Province))),
        [one] if one.kind != UnitKind::Province || one.valid_to.is_some() => {
            Some(Fault::of(FaultKind::RootKind, [*one]))
        }
        [one] => {
            let below: Vec<&Unit> =
                units.iter().filter(|unit| unit.kind == UnitKind::Province && unit.id != one.id).collect();
            if below.is_empty() { None } else { Some(Fault::of(FaultKind::RootKind, below)) }
        }
        _ => Some(Fault::of(FaultKind::TwoRoots, roots)),
    }
}

fn depth(unit: &Unit, by_id: &HashMap<UnitId, &Unit>) -> usize {
    let way = std::iter::successors(Some(unit), |unit| unit.parent.and_then(|id| by_id.get(&id).copied()));
    way.take(DEEPEST + 1).count()
}

/// The units of the first circle that following `next` runs into.
fn circle<'a>(
    units: &'a [Unit],
    by_id: &HashMap<UnitId, &'a Unit>,
    next: impl Fn(&Unit) -> Option<UnitId>,
) -> Option<Vec<&'a Unit>> {
    let mut ends: HashSet<UnitId> = HashSet::new();
    for unit in units {
        let mut way: Vec<&Unit> = Vec::new();
        let mut on_it: HashSet<UnitId> = HashSet::new();
        let mut at = Some(unit);
        while let Some(unit) = at.filter(|unit| !ends.contains(&unit.id)) {
            if !on_it.insert(unit.id) {
                let start = way.iter().position(|earlier| earlier.id == unit.id).unwrap_or(0);
                return Some(way.split_off(start));
            }
            way.push(unit);
            at = next(unit).and_then(|id| by_id.get(&id).copied());
        }
        ends.extend(on_it);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> UnitId {
        UnitId::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn unit(n: u128, parent: Option<u128>, kind: UnitKind) -> Unit {
        Unit::sample(n, parent, kind, &format!("Đơn vị {n}"))
    }

    fn house() -> Vec<Unit> {
        let commune = |n, parent| unit(n, Some(parent), UnitKind::Commune);
        vec![unit(1, None, UnitKind::Province), commune(2, 1), commune(3, 1), commune(4, 3)]
    }

    fn said(change: impl FnOnce(&mut Vec<Unit>)) -> Option<(FaultKind, String)> {
        let mut units = house();
        change(&mut units);
        fault(&units).map(|fault| (fault.kind, fault.names()))
    }

    #[test]
    fn whatever_is_no_tree_is_named() {
        assert_eq!(said(|_| {}), None);
        assert_eq!(said(Vec::clear), None, "nothing is set up yet");
        let ring = said(|units| units[2].parent = Some(id(4)));
        assert_eq!(ring, Some((FaultKind::Cycle, "Đơn vị 3, Đơn vị 4".into())));
        assert_eq!(said(|units| units[1].parent = Some(id(2))), Some((FaultKind::Cycle, "Đơn vị 2".into())));
        let crowned = said(|units| units[0].parent = Some(id(2)));
        assert_eq!(crowned, Some((FaultKind::Cycle, "Đơn vị 1, Đơn vị 2".into())));
        assert_eq!(said(|units| units[0].kind = UnitKind::Team), Some((FaultKind::RootKind, "Đơn vị 1".into())));
        assert_eq!(said(|units| units[3].kind = UnitKind::Province), Some((FaultKind::RootKind, "Đơn vị 4".into())));
        let ended = said(|units| units[0].valid_to = Some(jiff::civil::date(2026, 1, 1)));
        assert_eq!(ended, Some((FaultKind::RootKind, "Đơn vị 1".into())));
        assert_eq!(said(|units| units[1].parent = None), Some((FaultKind::TwoRoots, "Đơn vị 1, Đơn vị 2".into())));
        assert_eq!(said(|units| units[1].parent = Some(id(9))), Some((FaultKind::UnknownParent, "Đơn vị 2".into())));
        assert_eq!(said(|units| units[1].successor = Some(id(9))).unwrap().0, FaultKind::UnknownSuccessor);
        let heirs = said(|units| (units[1].successor, units[2].successor) = (Some(id(3)), Some(id(2))));
        assert_eq!(heirs, Some((FaultKind::SuccessorCycle, "Đơn vị 2, Đơn vị 3".into())));
        let tower = said(|units| units.extend((5..20).map(|n| unit(n, Some(n - 1), UnitKind::Division))));
        assert_eq!(tower.unwrap().0, FaultKind::TooDeep);
    }
}
