//! The map of one body: its systems and what stands on what; of other bodies only that something of theirs does.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::{Ctx, Held, Problem, Resource, UnitId};
use webkit::Core;

use crate::{
    model::{
        KNOW, LinkKind, MAP, NETWORK, SystemHosting, SystemId,
        layers::{Place, places},
    },
    store::map::{self, Node, Owned, Shares},
};

/// What a box is: a system of the body, or all that another body has in relation to it.
#[derive(Debug, Clone)]
pub enum Kind {
    Own(Node),
    Other(UnitId),
}

#[derive(Debug, Clone)]
pub struct Shape {
    pub kind: Kind,
    pub place: Place,
}

/// A line between two boxes; `count` relations are drawn as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub kind: LinkKind,
    pub count: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Drawing {
    pub boxes: Vec<Shape>,
    pub lines: Vec<Line>,
}

/// What somebody wants to see.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub owner: UnitId,
    pub hosting: Option<SystemHosting>,
    pub level: Option<i64>,
}

/// Whether the reader is among those who must know how a body's systems hang together.
pub fn may_know(core: &Core, ctx: &Ctx, owner: UnitId) -> Result<(), Problem> {
    let resource = Resource { compartment: Some(NETWORK.to_owned()), ..Resource::kept("System", owner) };
    core.check_today(ctx, MAP.action, resource)
}

/// The same of any body, from what the posts that count reach: a map asks of a hundred, and the policy is slow to ask.
pub fn knowing(core: &Core, ctx: &Ctx) -> impl Fn(UnitId) -> bool {
    let known = core.authorizer().reach(ctx, Held::Of(KNOW));
    let units: HashSet<UnitId> = known.subtree_today().into_iter().collect();
    move |unit| known.everything || units.contains(&unit)
}

/// Which bodies share data with which, as far as the reader must know it of one of the two.
pub async fn sharing(core: &Core, ctx: &Ctx) -> Result<Vec<Shares>, Problem> {
    let known = core.authorizer().reach(ctx, Held::Of(KNOW));
    if !known.everything && known.subtree.is_empty() {
        return Err(Problem::forbidden());
    }
    Ok(map::shares(&core.db().read(), &known).await?)
}

/// Bodies to choose from.
const OFFERED: u64 = 12;

/// The bodies that own most, of those whose map the reader must know.
pub async fn owning_most(core: &Core, ctx: &Ctx) -> Result<Vec<Owned>, Problem> {
    let known = core.authorizer().reach(ctx, Held::Of(KNOW));
    Ok(map::owning_most(&core.db().read(), &known, OFFERED).await?)
}

/// Lines that carry: who stands above whom follows from them.
fn carries(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::RunsOn | LinkKind::DependsOn | LinkKind::Stores)
}

pub async fn drawing(core: &Core, ctx: &Ctx, asked: Asked) -> Result<Drawing, Problem> {
    may_know(core, ctx, asked.owner)?;
    let moment = core.db().snapshot().await?;
    let nodes = map::nodes(&moment, asked.owner, asked.hosting, asked.level).await?;
    let relations = map::lines(&moment, asked.owner).await?;
    Ok(drawn(asked.owner, nodes, &relations))
}

fn drawn(owner: UnitId, nodes: Vec<Node>, relations: &[map::Line]) -> Drawing {
    let own: HashMap<SystemId, usize> = nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
    let mut kinds: Vec<Kind> = nodes.into_iter().map(Kind::Own).collect();
    let mut others: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut lines: BTreeMap<(usize, usize, &'static str), Line> = BTreeMap::new();
    for relation in relations {
        let mut end = |id: SystemId, of: UnitId| match own.get(&id) {
            Some(at) => Some(*at),
            // One of the body's own that the reader filtered away.
            None if of == owner => None,
            None => Some(*others.entry(of).or_insert_with(|| {
                kinds.push(Kind::Other(of));
                kinds.len() - 1
            })),
        };
        // A relation needs an own system at one end that is shown, before the other end gets a box.
        if !own.contains_key(&relation.from_id) && !own.contains_key(&relation.to_id) {
            continue;
        }
        let ends = (end(relation.from_id, relation.from_owner), end(relation.to_id, relation.to_owner));
        let (Some(from), Some(to)) = ends else { continue };
        let key = (from, to, kernel::Code::code(relation.kind));
        lines.entry(key).or_insert(Line { from, to, kind: relation.kind, count: 0 }).count += 1;
    }
    let lines: Vec<Line> = lines.into_values().collect();
    let edges: Vec<(usize, usize)> =
        lines.iter().filter(|line| carries(line.kind)).map(|line| (line.from, line.to)).collect();
    let places = places(kinds.len(), &edges);
    let boxes = kinds.into_iter().zip(places).map(|(kind, place)| Shape { kind, place }).collect();
    Drawing { boxes, lines }
}
