//! What breaks when a system is switched off. Known to those who must know it, as maps of dependencies are.

use db::Reader;
use kernel::{Code as _, Ctx, Lang, Problem};
use portfolio::graph::{Effect, Impact, Relation};
use serde::Serialize;
use webkit::{Core, Kept as _};

use crate::{
    model::{
        MAP, System, SystemId,
        landscape::{Landscape, link_kind},
    },
    store::{
        landscape,
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

#[derive(Debug, Clone, Serialize, derive::Schema)]
pub struct Impacted {
    pub system: SystemId,
    pub name: String,
    pub stops: i64,
    pub degraded: i64,
    /// Of these, systems that the reader may not see.
    pub unseen: i64,
    pub struck: Vec<Struck>,
}

pub fn may_map(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, MAP.action, system.network())
}

/// Whom it strikes, nearest first, with the chain that leads there.
pub async fn impact(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Impacted, Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    may_map(core, ctx, &system)?;
    let landscape = landscape::struck(conn, id).await?;
    let ids: Vec<SystemId> = landscape.cases().iter().map(|case| case.id).collect();
    let seen = seen::among(core, ctx, conn, &ids).await?;
    let Some(place) = landscape.place(id) else { return Err(Problem::not_found()) };
    let impact = landscape.graph().impact(place);
    let telling = Telling { core, lang: ctx.lang, landscape: &landscape, seen: &seen };
    let struck: Vec<Struck> = impact.struck.iter().filter_map(|one| telling.struck(&impact, one.system)).collect();
    let count = |effect| i64::try_from(impact.count(effect)).unwrap_or(i64::MAX);
    let unseen = struck.iter().filter(|one| one.system.is_none()).count();
    Ok(Impacted {
        system: id,
        name: system.name.to_string(),
        stops: count(Effect::Stops),
        degraded: count(Effect::Degraded),
        unseen: i64::try_from(unseen).unwrap_or(i64::MAX),
        struck,
    })
}

struct Telling<'a> {
    core: &'a Core,
    lang: Lang,
    landscape: &'a Landscape,
    seen: &'a Seen,
}

impl Telling<'_> {
    fn struck(&self, impact: &Impact, place: u32) -> Option<Struck> {
        let (case, of) = (self.landscape.at(place)?, impact.of(place)?);
        let is_seen = self.seen.has(case.id);
        let owner = || self.core.bodies().body(case.owner_id).map(|body| body.short_name).unwrap_or_default();
        let chain = self.landscape.graph().chain(impact, place);
        Some(Struck {
            system: Some(case.id).filter(|_| is_seen),
            name: self.name(place),
            owner: if is_seen { owner() } else { String::new() },
            effect: match of.effect {
                Effect::Stops => "stops",
                Effect::Degraded => "degraded",
            }
            .to_owned(),
            depth: i64::from(of.depth),
            chain: chain.iter().map(|step| self.step(step)).collect::<Vec<_>>().join("; "),
        })
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
