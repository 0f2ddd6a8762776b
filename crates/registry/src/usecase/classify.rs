//! How every system is to move, by the rules in force: at once, and only what changed is written.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use db::{DbError, Entry, Row as _, Tx, vals};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem, ProblemKind, Resource};
use serde::Serialize;
use serde_json::json;
use webkit::{Core, heavy};

use super::{assess::blank, in_force, landscapes, sources};
use crate::{
    model::{
        SystemId,
        appraiser::{Appraiser, Asking, fields},
        assessment::{Assessment, MoveStrategy, ReviewState},
        landscape::Landscape,
    },
    store::{assessment, rules},
};

/// Rules, weights and waves are the province's: who leads the move there changes them.
pub const PLAN: &str = "registry.plan";
/// What an entry is about that is about all systems.
pub const CLASSIFIED: &str = "classification";

/// What was reckoned is of rules or rows that somebody has changed since.
pub const MEANWHILE: &str = "classified-meanwhile";
/// So often it is reckoned.
pub const ATTEMPTS: usize = 3;

pub fn may_plan(core: &Core, ctx: &Ctx) -> Result<(), Problem> {
    core.authorizer().check(ctx, PLAN, &Resource::installation())
}

/// What a classification found and wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Classified {
    pub systems: i64,
    /// Assessments that say something else than before, or are new.
    pub changed: i64,
    /// Systems that are to move otherwise than before.
    pub strategies: i64,
    pub eligible: i64,
    /// Accepted before, and to be looked at again.
    pub reopened: i64,
}

/// What all systems are, and what was said of them.
pub struct Material {
    pub landscape: Landscape,
    pub assessments: HashMap<SystemId, Assessment>,
}

/// As one moment has it, with what others than the inventory know: what decides how a system is to move.
pub async fn load_heard(core: &Core, ctx: &Ctx) -> Result<Material, Problem> {
    let moment = core.db().snapshot().await?;
    let landscape = landscapes::all(core, &moment).await?;
    let rows = Assessment::find(&moment, "", vals![]).await?;
    drop(moment);
    let material = Material { landscape, assessments: rows.into_iter().map(|row| (row.system_id, row)).collect() };
    let systems: Vec<SystemId> = material.landscape.cases().iter().map(|case| case.id).collect();
    let landscape = material.landscape.hearing(sources::beside(core, ctx, &systems).await?);
    Ok(Material { landscape, ..material })
}

/// Classifies all, as an act of its own. Where nothing changed nothing is written.
pub async fn classify_all(core: &Core, ctx: &Ctx) -> Result<Classified, Problem> {
    may_plan(core, ctx)?;
    for _ in 1..ATTEMPTS {
        match classify_once(core, ctx).await {
            Err(problem) if problem.code == MEANWHILE => {}
            done => return done,
        }
    }
    classify_once(core, ctx).await
}

async fn classify_once(core: &Core, ctx: &Ctx) -> Result<Classified, Problem> {
    let appraiser = &in_force::appraiser(&core.db().read()).await?;
    let said = &reckon(core, ctx, appraiser).await?;
    if said.rows.is_empty() && said.strategies.is_empty() {
        return Ok(said.done);
    }
    core.db()
        .write(ctx, |tx| async move {
            write(&tx, appraiser, said).await?;
            tx.ledger(Entry::new("system.classify", CLASSIFIED).detail(json!(said.done)));
            Ok(said.done)
        })
        .await
}

/// What all systems are to do by these rules: read and reckoned as one moment has it, before anything is held.
pub async fn reckon(core: &Core, ctx: &Ctx, appraiser: &Arc<Appraiser>) -> Result<Said, Problem> {
    let material = load_heard(core, ctx).await?;
    let (appraiser, own) = (Arc::clone(appraiser), ctx.clone());
    heavy(move || said(&appraiser, &material, &own)).await?
}

/// Writes what changed, over the rules and rows from which it was reckoned; refused with [`MEANWHILE`] where they are others
/// now.
pub async fn write(tx: &Tx, appraiser: &Arc<Appraiser>, said: &Said) -> Result<(), Problem> {
    rules::hold_all(tx).await?;
    let meanwhile = || Problem::new(ProblemKind::Conflict, MEANWHILE);
    let unless = |is_as_read: bool| if is_as_read { Ok(()) } else { Err(meanwhile()) };
    unless(Arc::ptr_eq(&in_force::appraiser(tx).await?, appraiser))?;
    let kept = assessment::put_all(tx, &said.rows).await.map_err(|error| match error {
        // Somebody has assessed one of them for the first time.
        DbError::Constraint(_) => meanwhile(),
        other => other.into(),
    });
    unless(kept?)?;
    for ((strategy, rev), systems) in &said.strategies {
        unless(assessment::write_strategy(tx, *strategy, (*rev, systems)).await?)?;
    }
    Ok(())
}

/// What changed.
pub struct Said {
    rows: Vec<Assessment>,
    /// By the way, and the revision of the systems as they were read.
    strategies: BTreeMap<(Option<MoveStrategy>, i64), Vec<SystemId>>,
    pub done: Classified,
}

fn said(appraiser: &Appraiser, material: &Material, ctx: &Ctx) -> Result<Said, Problem> {
    let (today, mut done, mut rows) = (ctx.today(), Classified::default(), Vec::new());
    let mut strategies: BTreeMap<(Option<MoveStrategy>, i64), Vec<SystemId>> = BTreeMap::new();
    for (case, place) in material.landscape.cases().iter().zip(0u32..) {
        let now = case.strategy.as_deref();
        if !case.is_assessed() {
            if now.is_some() {
                strategies.entry((None, case.rev)).or_default().push(case.id);
            }
            continue;
        }
        let old = material.assessments.get(&case.id);
        let row = old.cloned().unwrap_or_else(|| blank(ctx, case.id));
        let row = decided(appraiser, &material.landscape, place, row, today)?;
        done.systems += 1;
        done.eligible += i64::from(row.eligible);
        if now != Some(row.decided().code()) {
            strategies.entry((Some(row.decided()), case.rev)).or_default().push(case.id);
        }
        if old.is_some_and(|old| old.says_the_same(&row)) {
            continue;
        }
        let is_accepted = old.is_some_and(|old| old.review == ReviewState::Accepted);
        done.reopened += i64::from(is_accepted && row.review == ReviewState::Open);
        rows.push(Assessment { rev: old.map_or(1, |old| old.rev + 1), ..row });
    }
    done.changed = count(rows.len());
    done.strategies = count(strategies.values().map(Vec::len).sum());
    Ok(Said { rows, strategies, done })
}

/// What the rules say of the system at this place.
pub fn decided(
    appraiser: &Appraiser,
    landscape: &Landscape,
    place: u32,
    row: Assessment,
    today: Date,
) -> Result<Assessment, Problem> {
    let (inventory, given, effort) = (landscape.inventory(place, today), fields(&row.answers), row.effort);
    let is_carried_out = landscape.is_carried_out(row.system_id, row.decided(), row.reviewed_at);
    appraiser.decide(row, Asking { inventory: &inventory, given: &given, effort }, is_carried_out)
}

pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
