//! All systems and how they stand to each other, by their places: what classification, waves and impact reckon with.

use std::{collections::HashMap, sync::Arc};

use derive::Columns;
use jiff::civil::Date;
use portfolio::graph::{Graph, Kind, Relation};
use serde_json::{Map, Value as Json};

use super::{
    LinkKind, SystemId, SystemState,
    assessment::MoveStrategy,
    case::{Case, Links},
    moved::Moved,
    proposed::{Beside, Proposed},
};

/// A relation as its table has it.
#[derive(Debug, Clone, Columns)]
pub struct Arrow {
    pub from_id: SystemId,
    pub to_id: SystemId,
    pub kind: LinkKind,
}

/// What a relation is to those who reckon with it; a contract is paper, and neither stops nor moves.
fn reckoned(kind: LinkKind) -> Option<Kind> {
    match kind {
        LinkKind::RunsOn => Some(Kind::RunsOn),
        LinkKind::DependsOn => Some(Kind::DependsOn),
        LinkKind::SharesData => Some(Kind::SharesData),
        LinkKind::Stores => Some(Kind::Stores),
        LinkKind::Replaces => Some(Kind::Replaces),
        LinkKind::CoveredBy => None,
    }
}

/// How a relation is called in the inventory.
pub fn link_kind(kind: Kind) -> LinkKind {
    match kind {
        Kind::RunsOn => LinkKind::RunsOn,
        Kind::DependsOn => LinkKind::DependsOn,
        Kind::SharesData => LinkKind::SharesData,
        Kind::Stores => LinkKind::Stores,
        Kind::Replaces => LinkKind::Replaces,
    }
}

/// Who has it has the same one as others: a copy costs nothing.
#[derive(Debug, Clone)]
pub struct Landscape {
    ground: Arc<Ground>,
    beside: Beside,
}

/// What the registry itself knows.
#[derive(Debug)]
struct Ground {
    cases: Vec<Case>,
    places: HashMap<SystemId, u32>,
    graph: Graph,
    links: Vec<Links>,
    moved: HashMap<SystemId, Vec<Moved>>,
}

impl Landscape {
    /// In the order of the systems' ids, so that the same inventory gives the same plan. Relations to systems that are not
    /// among these say nothing. `accepted` are migrations of these systems.
    pub fn new(mut cases: Vec<Case>, arrows: &[Arrow], accepted: Vec<Moved>) -> Self {
        cases.sort_by_key(|case| case.id);
        let places: HashMap<SystemId, u32> = cases.iter().map(|case| case.id).zip(0..).collect();
        let relation = |arrow: &Arrow| {
            let (from, to) = (*places.get(&arrow.from_id)?, *places.get(&arrow.to_id)?);
            Some(Relation { from, to, kind: reckoned(arrow.kind)? })
        };
        let relations: Vec<Relation> = arrows.iter().filter_map(relation).collect();
        let links = links(&cases, &relations);
        let count = u32::try_from(cases.len()).unwrap_or(u32::MAX);
        let graph = Graph::new(count, relations).expect("each end was found among the systems");
        let mut moved: HashMap<SystemId, Vec<Moved>> = HashMap::new();
        for one in accepted {
            moved.entry(one.system_id).or_default().push(one);
        }
        Self { ground: Arc::new(Ground { cases, places, graph, links, moved }), beside: Beside::new() }
    }

    /// Whether a decision on the system, reviewed then, is carried out: it stands, whatever the rules say of where the
    /// system stands now.
    pub fn is_carried_out(&self, id: SystemId, decided: MoveStrategy, reviewed_at: Option<i64>) -> bool {
        let Some(case) = self.place(id).and_then(|place| self.at(place)) else { return false };
        let moved = self.ground.moved.get(&id).map(Vec::as_slice).unwrap_or_default();
        moved.iter().any(|one| one.carried_out((case.hosting, case.state), decided, reviewed_at))
    }

    /// With what others than the inventory know of these systems.
    #[must_use]
    pub fn hearing(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    pub fn cases(&self) -> &[Case] {
        &self.ground.cases
    }

    pub fn graph(&self) -> &Graph {
        &self.ground.graph
    }

    pub fn place(&self, id: SystemId) -> Option<u32> {
        self.ground.places.get(&id).copied()
    }

    pub fn at(&self, place: u32) -> Option<&Case> {
        self.ground.cases.get(place as usize)
    }

    pub fn id(&self, place: u32) -> Option<SystemId> {
        self.at(place).map(|case| case.id)
    }

    pub fn links(&self, place: u32) -> Links {
        self.ground.links.get(place as usize).copied().unwrap_or_default()
    }

    /// What is known of the system at this place, and by whom.
    pub fn proposed(&self, place: u32, today: Date) -> Proposed {
        let Some(case) = self.at(place) else { return Proposed::default() };
        let beside = self.beside.get(&case.id).map(Vec::as_slice).unwrap_or_default();
        Proposed::new(case.record(today), beside, self.links(place).declared())
    }

    /// The same, whoever knows it.
    pub fn inventory(&self, place: u32, today: Date) -> Map<String, Json> {
        self.proposed(place, today).fields()
    }
}

fn links(cases: &[Case], relations: &[Relation]) -> Vec<Links> {
    let mut out = vec![Links::default(); cases.len()];
    let mut pairs = Vec::with_capacity(relations.len() * 2);
    for one in relations.iter().filter(|one| one.from != one.to) {
        let (from, to) = (one.from as usize, one.to as usize);
        match one.kind {
            Kind::Replaces => out[to].is_replaced |= cases[from].state == SystemState::Operating,
            kind => {
                out[from].has_database |= kind == Kind::Stores;
                pairs.extend([(one.from, one.to), (one.to, one.from)]);
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (of, _) in pairs {
        out[of as usize].related += 1;
    }
    out
}
