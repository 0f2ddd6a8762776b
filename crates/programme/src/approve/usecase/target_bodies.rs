//! Names who answers for a target of a live plan and who reports on it, or names others, and says what measures it: one act
//! with a reason.

use db::{Entry, Tx};
use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TargetId},
    plans::{self, model::hands, store::plan::PlanRow, usecase::typed::said},
    targets::{self, store::target::TargetRow},
    work::{
        self,
        store::{
            change::{ChangeRow, Left, Measured, TargetBodies, Waits, written},
            held::Held,
        },
        usecase::{
            change::{held_as_read, may_change},
            change_undo::{may_undo, since},
            naming::{meant, waiting},
            part_act::in_force,
            told::people,
            wait::{wait_back, wait_over},
        },
    },
};

#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
pub struct TargetNaming {
    /// The revision that was read.
    pub rev: i64,
    /// Who answers for it: ids or names, parted by semicolons.
    #[serde(default)]
    pub owners: String,
    /// Who gives its values; empty where the owners do.
    #[serde(default)]
    pub reports: String,
    /// Code of the indicator that it is a milestone of; empty for none of the catalogue. Where it is not there, that stays.
    #[serde(default, deserialize_with = "said")]
    pub indicator: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A target of a live plan for somebody who may name its bodies.
pub(crate) async fn target_for(core: &Core, ctx: &Ctx, id: TargetId) -> Result<(PlanRow, TargetRow), Problem> {
    let conn = core.db().read();
    let target = targets::store::target::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, kernel::PlanId::from_uuid(target.plan_id)).await?;
    let plan = plan.ok_or_else(Problem::not_found)?;
    may_change(core, ctx, &plan).await?;
    if plan.state == "live" { Ok((plan, target)) } else { Err(Error::PlanOver.into()) }
}

type Bodies = Vec<(Uuid, String)>;

async fn standing(conn: &db::Reader, id: TargetId) -> Result<Bodies, Problem> {
    let rows = targets::store::value::bodies(conn, id).await?;
    let mut out: Bodies = rows.into_iter().map(|row| (row.unit_id, row.role)).collect();
    out.sort();
    Ok(out)
}

pub(crate) fn of(bodies: &Bodies, role: &str) -> Vec<UnitId> {
    bodies.iter().filter(|(_, of)| of == role).map(|(unit, _)| UnitId::from_uuid(*unit)).collect()
}

/// What waits for a word about a target, row by row.
type Waiting = Vec<(Uuid, (Uuid, String))>;

async fn waits_for(conn: &db::Reader, plan: &PlanRow, id: TargetId) -> Result<Waiting, Problem> {
    let rows = work::store::held::of_plan(conn, plan.id()).await?;
    let own = |(row, held): (Uuid, Held)| match held {
        Held::Answers { target, unit, role } if target == id.uuid() => Some((row, (unit.uuid(), role))),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(own).collect())
}

/// The bodies of a target as they are named: those that have it, those that wait for a word, and the revision.
#[derive(Debug)]
pub(crate) struct Named {
    has: Bodies,
    waits: Waiting,
    pub rev: i64,
}

impl Named {
    /// Both, each once.
    fn all(&self) -> Bodies {
        let mut all: Bodies = self.has.iter().chain(self.waits.iter().map(|(_, one)| one)).cloned().collect();
        all.sort();
        all.dedup();
        all
    }

    pub fn owners(&self) -> Vec<UnitId> {
        of(&self.all(), "owns")
    }

    pub fn reports(&self) -> Vec<UnitId> {
        of(&self.all(), "reports")
    }
}

/// The revision counts what was said of the plan, which may give what waits, and the acts on the target.
pub(crate) async fn named_now(core: &Core, plan: &PlanRow, id: TargetId) -> Result<Named, Problem> {
    let conn = core.db().read();
    let rev = plan.rev + work::store::change::acts_on_target(&conn, id.uuid()).await?;
    Ok(Named { has: standing(&conn, id).await?, waits: waits_for(&conn, plan, id).await?, rev })
}

/// The indicator as it was and as it is to be, where another one is said.
fn measured(core: &Core, target: &TargetRow, said: Option<&str>) -> Result<Option<Measured>, Problem> {
    let Some(said) = said.map(str::trim) else { return Ok(None) };
    let after = Some(said.to_owned()).filter(|code| !code.is_empty());
    if after == target.indicator {
        return Ok(None);
    }
    if after.is_some() && core.indicators().get(said).is_none() {
        return Err(Problem::bad_input("no-indicator").field("indicator", "no-indicator"));
    }
    Ok(Some(Measured { before: target.indicator.clone(), after }))
}

pub async fn target_bodies(core: &Core, ctx: &Ctx, id: TargetId, given: &TargetNaming) -> Result<ChangeId, Problem> {
    let (plan, target) = &target_for(core, ctx, id).await?;
    let reason = given.reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let now = &named_now(core, plan, id).await?;
    Problem::stale_unless(now.rev == given.rev)?;
    let (bodies, issuer) = (core.bodies(), plan.issuer_id.map(UnitId::from_uuid));
    let owners = meant(bodies, ctx, issuer, "owners", &given.owners, &now.owners())?;
    let reports = meant(bodies, ctx, issuer, "reports", &given.reports, &now.reports())?;
    let (measured, known) = (measured(core, target, given.indicator.as_deref())?, now.all());
    // What measures a target can be said before anybody is named for it.
    if owners.is_empty() && reports.is_empty() && (measured.is_none() || !known.is_empty()) {
        return Err(Error::Empty("owners").into());
    }
    let wanted = owners.iter().map(|unit| (unit.uuid(), "owns".to_owned()));
    let mut wanted: Bodies = wanted.chain(reports.iter().map(|unit| (unit.uuid(), "reports".to_owned()))).collect();
    wanted.sort();
    let is_named = wanted != known;
    if !is_named && measured.is_none() {
        return Err(Error::NothingChanged.into());
    }
    let fresh: Vec<UnitId> =
        wanted.iter().filter(|one| !known.contains(one)).map(|(unit, _)| UnitId::from_uuid(*unit)).collect();
    let waits = waiting(core, ctx, plan, &target.quote, &fresh)?;
    let is_waiting = |(unit, _): &(Uuid, String)| waits.contains(&UnitId::from_uuid(*unit));
    // What waits already goes on waiting, where it is still named; nobody gets it twice.
    let dropped = now.waits.iter().filter(|(_, one)| !wanted.contains(one));
    let dropped: Vec<(Uuid, Held)> = dropped.map(|(row, one)| (*row, answers(target, one))).collect();
    let (held, rest): (Bodies, Bodies) = wanted.into_iter().partition(|one| !known.contains(one) && is_waiting(one));
    let waited = |one: &(Uuid, String)| !now.has.contains(one) && now.waits.iter().any(|(_, other)| other == one);
    let after: Bodies = rest.into_iter().filter(|one| !waited(one)).collect();
    let held: Vec<(Uuid, Held)> =
        held.iter().map(|one| (ctx.new_id::<crate::ids::Part>().uuid(), answers(target, one))).collect();
    let short: String = target.text.chars().take(160).collect();
    let args = [("text", short.into()), ("reason", reason.into())];
    let told = if is_named { "told-target-named" } else { "told-target-measured" };
    let words = core.locales().text(kernel::Lang::Vi, told, &args);
    let concerned = [now.owners(), now.reports(), owners, reports, vec![plan.follower()]].concat();
    let told = &people(core, ctx, &concerned, &words, &format!("/targets/{id}")).await?;
    let left = &Left {
        held: held.iter().map(|(row, _)| *row).collect(),
        held_dropped: dropped,
        is_anew: Some(!held.is_empty()),
        waited: plan.changed_at.filter(|_| !held.is_empty()),
        target_bodies: Some(TargetBodies { before: now.has.clone(), after: after.clone() }),
        measured,
        ..Left::default()
    };
    let change = &ChangeRow {
        id: ctx.new_id::<crate::ids::Change>().uuid(),
        plan_id: plan.id,
        task_id: None,
        target_id: Some(target.id),
        kind: "target".into(),
        reason: reason.to_owned(),
        day: None,
        number: None,
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        was_left: String::new(),
        undone_at: None,
    };
    let (after, held) = (&after, &held);
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, plan.id()).await?;
            held_as_read(&tx, plan).await?;
            if standing(&tx, id).await? != now.has || waits_for(&tx, plan, id).await? != now.waits {
                return Err(Problem::stale());
            }
            set(&tx, target.id, &now.has, after).await?;
            if !measure(&tx, id, left.measured_way()).await? {
                return Err(Problem::stale());
            }
            for (row, _) in &left.held_dropped {
                work::store::held::drop(&tx, *row).await?;
            }
            for (row, held) in held {
                work::store::held::insert(&tx, *row, plan.id(), held).await?;
            }
            if !held.is_empty() {
                plans::store::confirmation::added(&tx, plan.id(), change.at).await?;
            }
            let settled = wait_over(&tx, plan.id(), left).await?;
            let was_left = written(&Left { settled, ..left.clone() })?;
            let change = ChangeRow { was_left, ..change.clone() };
            work::store::change::insert(&tx, &change, &Waits::of(left)).await?;
            for told in told {
                told.enqueue(&tx).await?;
            }
            let mut detail = json!({ "bodies": after.len(), "waiting": held.len() });
            if let Some(measured) = &left.measured {
                detail["indicator"] = json!(measured.after);
            }
            tx.ledger(Entry::new("target.bodies", id).unit(plan.follower()).reason(reason).detail(detail));
            Ok(())
        })
        .await?;
    Ok(change.id())
}

fn answers(target: &TargetRow, (unit, role): &(Uuid, String)) -> Held {
    Held::Answers { target: target.id, unit: UnitId::from_uuid(*unit), role: role.clone() }
}

async fn set(tx: &Tx, target: Uuid, before: &Bodies, after: &Bodies) -> Result<(), Problem> {
    for (unit, role) in before.iter().filter(|one| !after.contains(one)) {
        targets::store::value::body_delete(tx, target, UnitId::from_uuid(*unit), role).await?;
    }
    for (unit, role) in after.iter().filter(|one| !before.contains(one)) {
        targets::store::value::body_insert(tx, target, UnitId::from_uuid(*unit), role).await?;
    }
    Ok(())
}

/// From one indicator to another; false where it is not the one.
async fn measure(tx: &Tx, id: TargetId, (before, after): (Option<&str>, Option<&str>)) -> Result<bool, Problem> {
    if before == after {
        return Ok(true);
    }
    Ok(targets::store::target::indicator_set(tx, id, (before, after)).await?)
}

/// No later act that stands was at the same target: it may have changed only what waits.
async fn is_last(tx: &Tx, row: &ChangeRow) -> Result<bool, Problem> {
    let later = work::store::change::later(tx, row).await?;
    Ok(later.iter().all(|later| later.target_id != row.target_id))
}

/// The undo, while the bodies and the indicator are as the act left them.
pub(crate) async fn target_back(core: &Core, ctx: &Ctx, row: &ChangeRow) -> Result<(), Problem> {
    let id = TargetId::from_uuid(row.target_id.ok_or_else(Problem::not_found)?);
    let conn = core.db().read();
    let target = &targets::store::target::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = &plans::store::plan::get(&conn, row.plan()).await?.ok_or_else(Problem::not_found)?;
    may_undo(core, ctx, plan, row).await?;
    let left = &row.left()?;
    let named = left.target_bodies.clone().unwrap_or_default();
    let named = &named;
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, plan.id()).await?;
            plans::store::plan::held(&tx, plan.id()).await?;
            let undone = work::store::change::undone_set(&tx, row.id(), ctx.now().as_microsecond()).await?;
            if !undone || !is_last(&tx, row).await? || standing(&tx, id).await? != named.after {
                return Err(since());
            }
            set(&tx, target.id, &named.after, &named.before).await?;
            let (before, after) = left.measured_way();
            if !measure(&tx, id, (after, before)).await? {
                return Err(since());
            }
            for held in &left.held {
                // Somebody has said a word on it since, or named others.
                if !work::store::held::is_there(&tx, *held).await? {
                    return Err(since());
                }
                work::store::held::drop(&tx, *held).await?;
            }
            for (row, held) in &left.held_dropped {
                work::store::held::insert(&tx, *row, plan.id(), held).await?;
            }
            wait_back(&tx, row, left).await?;
            tx.ledger(Entry::new("target.bodies_back", id).unit(plan.follower()));
            Ok(())
        })
        .await
}
