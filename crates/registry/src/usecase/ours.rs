//! The short form of a body with few systems: what it uses of the province's shared ones, what it has itself, and its word that
//! this is right, on one page and in one act.

use std::collections::BTreeSet;

use db::{Entry, Reader, Row as _, Tx};
use kernel::{Ctx, Held, Problem, Resource, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{Answers, Core, Kept as _, Record as _};

use super::{began::understood, confirm};
use crate::{
    model::{System, SystemId, Use},
    store::ours,
};

/// The form as it is sent.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OursInput {
    /// The body: its id or name.
    pub unit: String,
    /// Ids of the shared systems that were asked about.
    pub asked: Vec<String>,
    /// Of those the ones that the body uses.
    pub uses: Vec<String>,
    /// Systems of its own that are not listed yet: their names, each with its kind and where it stands.
    pub name: Vec<String>,
    pub kind: Vec<String>,
    pub hosting: Vec<String>,
    /// Since when each operates: the year, or the day.
    pub since: Vec<String>,
    /// `1`: none of them holds state secrets. What holds them is counted elsewhere, and not named here.
    pub no_secret: String,
    /// `1`: the list is right; for who may give the body's word.
    pub confirm: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, derive::Schema)]
pub struct Saved {
    pub unit: UnitId,
    pub uses: usize,
    pub added: usize,
    pub confirmed: bool,
}

/// What the form shows.
#[derive(Debug)]
pub struct Ours {
    pub unit: UnitId,
    pub own: Vec<System>,
    /// What others share, and whether the body uses it.
    pub shared: Vec<(System, bool)>,
    pub may_confirm: bool,
    pub unconfirmed: usize,
}

/// The body that somebody means, else the first of their posts.
pub fn unit_of(core: &Core, ctx: &Ctx, text: &str) -> Result<UnitId, Problem> {
    if !text.trim().is_empty() {
        let unit = core.bodies().meant(text, ctx.today());
        let unit = unit.map_err(|problem| problem.field("unit", "unknown-unit-field"))?;
        return Ok(core.bodies().today(unit));
    }
    let mut posts = ctx.actor.posts().iter().map(|post| post.unit);
    posts.next().ok_or_else(|| Problem::bad_input("ours-no-unit").field("unit", "ours-no-unit"))
}

fn may_read(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(), Problem> {
    let reach = core.authorizer().reach(ctx, Held::Any);
    if reach.everything || reach.subtree.contains(&unit) { Ok(()) } else { Err(Problem::not_found()) }
}

/// Whether the actor fills the form in for the body.
pub fn may_keep(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(), Problem> {
    core.check_today(ctx, "registry.edit", Resource::kept("System", unit))
}

/// The form of a body as it stands.
pub async fn ours(core: &Core, ctx: &Ctx, conn: &Reader, unit: UnitId) -> Result<Ours, Problem> {
    may_read(core, ctx, unit)?;
    let units = core.bodies().answer_for(&[unit]);
    let used: BTreeSet<SystemId> = ours::uses(conn, &units).await?.into_iter().map(|one| one.system_id).collect();
    let shared = ours::shared(conn, &units).await?;
    let shared = shared.into_iter().map(|system| (used.contains(&system.id), system)).map(|(is, system)| (system, is));
    let own = ours::own(conn, &units).await?;
    let year = i64::from(ctx.today().year());
    let is_open = |system: &&System| system.confirmed_on.is_none_or(|on| i64::from(on.year()) < year);
    let unconfirmed = own.iter().filter(is_open).count();
    let may_confirm = confirm::may_confirm(core, ctx, unit).is_ok();
    Ok(Ours { unit, shared: shared.collect(), own, may_confirm, unconfirmed })
}

fn ids(texts: &[String]) -> Result<BTreeSet<SystemId>, Problem> {
    texts.iter().map(|text| text.parse().map_err(|_| Problem::not_found())).collect()
}

/// The systems that the form adds; refused where nobody says that none of them holds state secrets.
fn added(core: &Core, ctx: &Ctx, unit: UnitId, input: &OursInput) -> Result<Vec<System>, Problem> {
    let at = |texts: &[String], place: usize| texts.get(place).map(|text| text.trim().to_owned()).unwrap_or_default();
    let lines = input.name.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
    let said = lines.map(|(place, name)| {
        let said = Answers::default().with("name", &**name).with("owner", unit.to_string()).with("state", "operating");
        let said = said.with("kind", at(&input.kind, place)).with("hosting", at(&input.hosting, place));
        let mut said = said.with("since", at(&input.since, place)).with("state_secret", "no");
        understood(&mut said);
        said
    });
    let added: Result<Vec<System>, Problem> = said.map(|said| System::from_answers(core, ctx, &said, None)).collect();
    let added = added?;
    if !added.is_empty() && input.no_secret.is_empty() {
        return Err(Problem::bad_input("ours-secret-unsaid").field("no_secret", "ours-secret-unsaid"));
    }
    Ok(added)
}

/// The line has one field for year and day.
fn at_line(problem: Problem) -> Problem {
    let code = problem.code;
    Problem { fields: vec![], ..problem }.field("since", code)
}

/// Saves the form.
pub async fn ours_save(core: &Core, ctx: &Ctx, input: &OursInput) -> Result<Saved, Problem> {
    let unit = unit_of(core, ctx, &input.unit)?;
    may_keep(core, ctx, unit)?;
    let confirms = !input.confirm.is_empty();
    if confirms {
        confirm::may_confirm(core, ctx, unit)?;
    }
    let (asked, uses) = (&ids(&input.asked)?, &ids(&input.uses)?);
    let added = &added(core, ctx, unit, input)?;
    let units = &core.bodies().answer_for(&[unit]);
    core.db()
        .write(ctx, |tx| async move {
            let changed = use_of(&tx, ctx, (unit, units), asked, uses).await?;
            for system in added {
                system.may_become(core, ctx, &tx, None).await.map_err(at_line)?;
                system.add(&tx).await?;
            }
            let confirmed = if confirms { Some(confirm::confirm_in(core, &tx, ctx, unit).await?) } else { None };
            if changed > 0 || !added.is_empty() || confirmed.is_some() {
                let systems = confirmed.as_ref().map(|said| said.systems);
                let detail = json!({ "uses": changed, "added": added.len(), "confirmed": systems });
                tx.ledger(Entry::new("system.ours", unit).unit(unit).detail(detail));
            }
            Ok(())
        })
        .await?;
    Ok(Saved { unit, uses: uses.len(), added: added.len(), confirmed: confirms })
}

/// Makes the ticks what the form says; of systems that were not asked about nothing changes. How many ticks changed.
async fn use_of(
    tx: &Tx,
    ctx: &Ctx,
    (unit, units): (UnitId, &[UnitId]),
    asked: &BTreeSet<SystemId>,
    uses: &BTreeSet<SystemId>,
) -> Result<usize, Problem> {
    let open: BTreeSet<SystemId> = ours::shared(tx, units).await?.into_iter().map(|system| system.id).collect();
    let there = ours::uses(tx, units).await?;
    let known: BTreeSet<SystemId> = there.iter().map(|one| one.system_id).collect();
    let is_asked = |id: &SystemId| open.contains(id) && asked.contains(id);
    let gone = there.iter().filter(|one| is_asked(&one.system_id) && !uses.contains(&one.system_id));
    let gone: Vec<_> = gone.map(|one| one.id).collect();
    let new = uses.iter().filter(|id| is_asked(id) && !known.contains(*id));
    let new: Vec<Use> = new.map(|id| Use { id: ctx.new_id(), system_id: *id, unit_id: unit }).collect();
    let count = gone.len() + new.len();
    Use::delete(tx, gone).await?;
    Use::insert_all(tx, &new).await.map_err(Use::refused)?;
    Ok(count)
}
