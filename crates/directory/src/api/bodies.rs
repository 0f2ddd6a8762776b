//! Bodies that typed words find, for whoever fills a field: few, fast, and open to everyone who is signed in.

use std::collections::HashSet;

use kernel::{Bodies as _, Ctx, Found, Group, Hit, Problem, Resource, Search, UnitId};
use serde::Serialize;
use webkit::{Core, FluentValue, Outcome, Req, heavy};

use crate::Directory;

/// How many bodies and groups are proposed at once.
const SHOWN: usize = 12;
const GROUPS: usize = 3;

/// A body that can be meant.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BodyFound {
    id: String,
    /// Typed into any field for bodies it means this one and no other.
    written: String,
    name: String,
    short_name: String,
    /// Its kind in words, and the body that it is a part of.
    note: String,
}

/// A group that can be meant.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GroupFound {
    name: String,
    count: usize,
    /// How many bodies it is, in words.
    note: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct BodiesFound {
    items: Vec<BodyFound>,
    groups: Vec<GroupFound>,
    /// Bodies that there are, shown or not.
    count: usize,
    /// The same in words.
    said: String,
}

/// The unit that the field is about comes first, then those that the actor works for, with what is around them.
pub(crate) fn near(req: &Req) -> Vec<UnitId> {
    let asked: Option<UnitId> = req.query("near").and_then(|unit| unit.parse().ok());
    let asked = asked.filter(|unit| req.app.bodies().body(*unit).is_some());
    asked.into_iter().chain(req.ctx.actor.posts().iter().map(|post| post.unit)).collect()
}

/// The units that a field takes, none where it takes any: where people are added, those of whom the actor keeps the people.
/// Asked of the actor's own units once, not of each body that words find.
fn open_units(directory: &Directory, core: &Core, ctx: &Ctx, action: &str) -> Option<HashSet<UnitId>> {
    let is_kept = |unit: &UnitId| core.authorizer().check(ctx, "person.edit", &Resource::unit(*unit)).is_ok();
    if action != "person.edit" || directory.tree().root().is_some_and(|root| is_kept(&root.id)) {
        return None;
    }
    Some(core.authorizer().scope(ctx).subtree.into_iter().filter(is_kept).collect())
}

pub(crate) fn note(req: &Req, hit: &Hit) -> String {
    let kind = req.app.locales().text(req.ctx.lang, &format!("unit-kind-{}", hit.kind), &[]);
    if hit.part_of.is_empty() { kind } else { hit.part_of.clone() }
}

pub(crate) fn counted(req: &Req, key: &str, count: usize) -> String {
    req.app.locales().text(req.ctx.lang, key, &[("count", FluentValue::from(count))])
}

fn body(req: &Req, hit: Hit) -> BodyFound {
    let note = note(req, &hit);
    BodyFound { id: hit.unit.to_string(), written: hit.written, name: hit.name, short_name: hit.short_name, note }
}

fn group(req: &Req, group: &Group) -> GroupFound {
    let count = group.units.len();
    GroupFound { name: group.name.clone(), count, note: counted(req, "bodies-of-group", count) }
}

/// Bodies and groups by words without diacritics and by short forms: `skhcn`, `ubnd xa che mau`, `phong vhxh che mau`.
/// With `group` the members of that group; groups of the body `near`, an id, as documents that it issued mean them.
#[utoipa::path(get, path = "/api/v1/bodies", params(
    ("q" = Option<String>, Query), ("group" = Option<String>, Query), ("may" = Option<String>, Query),
    ("near" = Option<String>, Query)
), responses((status = 200, body = BodiesFound)))]
pub async fn find(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let found = match req.query("group") {
        Some(name) => members(directory, &req, &name),
        None => searched(directory.clone(), &req).await?,
    };
    Req::json(&BodiesFound {
        groups: found.groups.iter().take(GROUPS).map(|one| group(&req, one)).collect(),
        said: counted(&req, "bodies-found", found.count),
        count: found.count,
        items: found.bodies.into_iter().map(|hit| body(&req, hit)).collect(),
    })
}

/// All bodies are walked for each key that somebody presses: not on the thread that answers.
async fn searched(directory: Directory, req: &Req) -> Result<Found, Problem> {
    let (core, ctx, near) = (Core::clone(&req.app), req.ctx.clone(), near(req));
    let (words, may) = (req.query("q").unwrap_or_default(), req.query("may").unwrap_or_default());
    heavy(move || {
        let open = open_units(&directory, &core, &ctx, &may);
        let is_open = |unit: UnitId| open.as_ref().is_none_or(|open| open.contains(&unit));
        let search = Search { words: &words, near: &near, day: ctx.today(), from: 0, limit: SHOWN };
        directory.search(&search, &is_open)
    })
    .await
}

fn members(directory: &Directory, req: &Req, name: &str) -> Found {
    let (tree, day) = (directory.tree(), req.ctx.today());
    let issuer = near(req).first().copied();
    let units = tree.group_named(name, issuer, day).map(|group| group.units).unwrap_or_default();
    let bodies: Vec<Hit> = units.iter().filter_map(|unit| tree.hit(*unit, day)).collect();
    Found { count: bodies.len(), bodies, groups: vec![] }
}
