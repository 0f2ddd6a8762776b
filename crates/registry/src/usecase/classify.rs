//! How every system is to move, by the rules in force: at once, and only what changed is written.

use std::{collections::HashMap, sync::Arc};

use db::{Entry, Reader, Row as _, Tx, vals};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Problem, Resource};
use serde::Serialize;
use serde_json::json;
use webkit::{Core, heavy};

use super::{assess::blank, in_force::appraiser};
use crate::{
    model::{
        SystemId,
        appraiser::{Appraiser, Asking, fields},
        assessment::{Assessment, MoveStrategy, ReviewState},
        landscape::Landscape,
    },
    store::{assessment, landscape},
};

/// Rules, weights and waves are the province's: who leads the move there changes them.
pub const PLAN: &str = "registry.plan";
/// What an entry is about that is about all systems.
pub const CLASSIFIED: &str = "classification";

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

pub async fn load(conn: &Reader) -> Result<Material, Problem> {
    let landscape = landscape::all(conn).await?;
    let rows = Assessment::find(conn, "", vals![]).await?;
    Ok(Material { landscape, assessments: rows.into_iter().map(|row| (row.system_id, row)).collect() })
}

/// Classifies all, as an act of its own.
pub async fn classify_all(core: &Core, ctx: &Ctx) -> Result<Classified, Problem> {
    may_plan(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            let appraiser = appraiser(&tx).await?;
            let done = classify_in(&tx, ctx, appraiser).await?;
            tx.ledger(Entry::new("system.classify", CLASSIFIED).detail(json!(done)));
            Ok(done)
        })
        .await
}

/// The same inside another act.
pub async fn classify_in(tx: &Tx, ctx: &Ctx, appraiser: Arc<Appraiser>) -> Result<Classified, Problem> {
    tx.hold(Assessment::TABLE, "rev > 0", vals![]).await?;
    let material = load(tx).await?;
    let own = ctx.clone();
    let said = heavy(move || said(&appraiser, &material, &own)).await??;
    assessment::put_all(tx, &said.rows).await?;
    for (strategy, systems) in &said.strategies {
        assessment::write_strategy(tx, *strategy, systems).await?;
    }
    Ok(said.done)
}

struct Said {
    rows: Vec<Assessment>,
    strategies: Vec<(Option<MoveStrategy>, Vec<SystemId>)>,
    done: Classified,
}

fn said(appraiser: &Appraiser, material: &Material, ctx: &Ctx) -> Result<Said, Problem> {
    let (today, mut done, mut rows) = (ctx.today(), Classified::default(), Vec::new());
    let mut strategies: HashMap<Option<MoveStrategy>, Vec<SystemId>> = HashMap::new();
    for (case, place) in material.landscape.cases().iter().zip(0u32..) {
        let now = case.strategy.as_deref();
        if !case.is_assessed() {
            if now.is_some() {
                strategies.entry(None).or_default().push(case.id);
            }
            continue;
        }
        let old = material.assessments.get(&case.id);
        let row = old.cloned().unwrap_or_else(|| blank(ctx, case.id));
        let row = decided(appraiser, &material.landscape, place, row, today)?;
        done.systems += 1;
        done.eligible += i64::from(row.eligible);
        if now != Some(row.decided().code()) {
            strategies.entry(Some(row.decided())).or_default().push(case.id);
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
    Ok(Said { rows, strategies: strategies.into_iter().collect(), done })
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
    appraiser.decide(row, Asking { inventory: &inventory, given: &given, effort })
}

pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
