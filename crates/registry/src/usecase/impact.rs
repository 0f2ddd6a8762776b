//! What breaks when a system is switched off. Known to those who must know it, as maps of dependencies are.

use std::collections::BTreeMap;

use db::Reader;
use kernel::{Code as _, Ctx, Lang, Problem, UnitId};
use portfolio::graph::{self, Effect, Impact, Relation};
use serde::Serialize;
use webkit::{Core, Kept as _};

use crate::{
    model::{
        MAP, System, SystemId,
        landscape::{Landscape, link_kind},
    },
    store::{
        landscape, links,
        seen::{self, Seen},
    },
};

/// A system that is struck; of one that the reader may not see only how.
#[derive(Debug, Clone, Serialize, derive::Schema)]
pub struct Struck {
    #[schema(value_type = Option<String>)]
    pub system: Option<SystemId>,
    pub name: String,
    /// The owner in short.
    pub owner: String,
    /// `stops`, or `degraded`: it works on without the data of one that stops.
    pub effect: String,
    pub depth: i64,
    /// How it comes to that, in words.
    pub chain: String,
}

/// A body that loses what it uses.
#[derive(Debug, Clone, Serialize, derive::Schema)]
pub struct StruckUser {
    pub unit: UnitId,
    pub name: String,
    /// Systems that stop, of those that the reader may see, by their names: the one that is switched off, or what
    /// stands on it.
    pub uses: Vec<String>,
}

#[derive(Debug, Clone, Serialize, derive::Schema)]
pub struct Impacted {
    pub system: SystemId,
    pub name: String,
    pub stops: i64,
    pub degraded: i64,
    /// Of these, systems that the reader may not see.
    pub unseen: i64,
    pub struck: Vec<Struck>,
    pub users: Vec<StruckUser>,
    /// What `after` asks for the next page with; none on the last.
    pub next: Option<String>,
}

pub fn may_map(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, MAP.action, system.network())
}

/// What a page tells of, nearest first; on what much stands, nearly all of a province may stand.
pub const MOST: usize = 500;

/// Whom it strikes, nearest first, with the chain that leads there.
pub async fn impact(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Impacted, Problem> {
    nearest(core, ctx, conn, id, (0, usize::MAX)).await
}

/// The same, telling only of so many, the nearest `from` left out; all are counted.
pub async fn nearest(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    id: SystemId,
    (from, most): (usize, usize),
) -> Result<Impacted, Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    may_map(core, ctx, &system)?;
    let landscape = landscape::struck(conn, id).await?;
    let ids: Vec<SystemId> = landscape.cases().iter().map(|case| case.id).collect();
    let seen = seen::among(core, ctx, conn, &ids).await?;
    let Some(place) = landscape.place(id) else { return Err(Problem::not_found()) };
    let impact = landscape.graph().impact(place);
    let telling = Telling { core, lang: ctx.lang, landscape: &landscape, seen: &seen };
    // The graph has all that stop before the first that is degraded, however far away they are.
    let mut near: Vec<&graph::Struck> = impact.struck.iter().collect();
    near.sort_by_key(|one| one.depth);
    let end = from.saturating_add(most);
    let next = (end < near.len()).then(|| end.to_string());
    let struck = near.into_iter().skip(from).take(most).filter_map(|one| telling.struck(&impact, one)).collect();
    let count = |effect| i64::try_from(impact.count(effect)).unwrap_or(i64::MAX);
    let users = telling.users(conn, &impact, (id, place)).await?;
    let is_seen = |place: u32| landscape.id(place).is_some_and(|id| seen.has(id));
    let unseen = impact.struck.iter().filter(|one| !is_seen(one.system)).count();
    Ok(Impacted {
        system: id,
        name: system.name.to_string(),
        stops: count(Effect::Stops),
        degraded: count(Effect::Degraded),
        unseen: i64::try_from(unseen).unwrap_or(i64::MAX),
        struck,
        users,
        next,
    })
}

struct Telling<'a> {
    core: &'a Core,
    lang: Lang,
    landscape: &'a Landscape,
    seen: &'a Seen,
}

impl Telling<'_> {
    fn struck(&self, impact: &Impact, of: &graph::Struck) -> Option<Struck> {
        let case = self.landscape.at(of.system)?;
        let is_seen = self.seen.has(case.id);
        let owner = || self.core.bodies().body(case.owner_id).map(|body| body.short_name).unwrap_or_default();
        let steps = self.landscape.graph().chain(impact, of.system);
        Some(Struck {
            system: Some(case.id).filter(|_| is_seen),
            name: self.name(of.system),
            owner: if is_seen { owner() } else { String::new() },
            effect: match of.effect {
                Effect::Stops => "stops",
                Effect::Degraded => "degraded",
            }
            .to_owned(),
            depth: i64::from(of.depth),
            chain: steps.iter().map(|step| self.step(step)).collect::<Vec<_>>().join("; "),
        })
    }

    /// The bodies that use it, or what falls with it.
    async fn users(
        &self,
        conn: &Reader,
        impact: &Impact,
        (off, place): (SystemId, u32),
    ) -> Result<Vec<StruckUser>, Problem> {
        let stopped = impact.struck.iter().filter(|one| one.effect == Effect::Stops).map(|one| one.system);
        let stopped =
            stopped.filter_map(|place| self.landscape.id(place)).filter(|id| *id != off && self.seen.has(*id));
        let stopped: Vec<SystemId> = std::iter::once(off).chain(stopped).collect();
        let bodies = self.core.bodies();
        let mut of: BTreeMap<UnitId, Vec<u32>> = BTreeMap::new();
        for one in links::uses_of(conn, &stopped).await? {
            let at = if one.system_id == off { Some(place) } else { self.landscape.place(one.system_id) };
            let uses = of.entry(bodies.today(one.unit_id)).or_default();
            uses.extend(at.filter(|at| !uses.contains(at)));
        }
        let body = |(unit, uses): (UnitId, Vec<u32>)| {
            let body = bodies.body(unit)?;
            let uses = uses.into_iter().map(|at| self.name(at)).collect();
            Some((body.sort, StruckUser { unit, name: body.short_name, uses }))
        };
        let mut users: Vec<(String, StruckUser)> = of.into_iter().filter_map(body).collect();
        users.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(users.into_iter().map(|(_, user)| user).collect())
    }

    fn name(&self, place: u32) -> String {
        let case = self.landscape.at(place).filter(|case| self.seen.has(case.id));
        case.map_or_else(|| self.core.locales().text(self.lang, "system-not-seen", &[]), |case| case.name.to_string())
    }

    /// "Một cửa phụ thuộc vào Trục liên thông".
    fn step(&self, step: &Relation) -> String {
        let args = [("from", self.name(step.from).into()), ("to", self.name(step.to).into())];
        let key = format!("impact-{}", link_kind(step.kind).code().replace('_', "-"));
        self.core.locales().text(self.lang, &key, &args)
    }
}
