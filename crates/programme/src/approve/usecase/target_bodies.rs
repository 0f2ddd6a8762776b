//! Names who answers for a target of a live plan and who reports on it, or names others: one act with a reason.

use db::{Entry, Tx};
use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TargetId},
    plans::{self, model::hands, store::plan::PlanRow},
    targets::{self, store::target::TargetRow},
    work::{
        self,
        store::{
            change::{ChangeRow, Left, TargetBodies, written},
            held::Held,
        },
        usecase::{
            change::may_change,
            change_undo::since,
            naming::{meant, waiting},
            part_act::in_force,
            told::people,
        },
    },
};

#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct TargetNaming {
    /// Who answers for it: ids or names, parted by semicolons.
    pub owners: String,
    /// Who gives its values; empty where the owners do.
    pub reports: String,
    /// Why.
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

/// The bodies of a target as they stand, owners and who reports.
pub(crate) async fn named_now(core: &Core, id: TargetId) -> Result<(Vec<UnitId>, Vec<UnitId>), Problem> {
    let now = standing(&core.db().read(), id).await?;
    Ok((of(&now, "owns"), of(&now, "reports")))
}

pub async fn target_bodies(core: &Core, ctx: &Ctx, id: TargetId, given: &TargetNaming) -> Result<ChangeId, Problem> {
    let (plan, target) = &target_for(core, ctx, id).await?;
    let reason = given.reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let before = standing(&core.db().read(), id).await?;
    let (bodies, issuer) = (core.bodies(), plan.issuer_id.map(UnitId::from_uuid));
    let owners = meant(bodies, ctx, issuer, "owners", &given.owners, &of(&before, "owns"))?;
    let reports = meant(bodies, ctx, issuer, "reports", &given.reports, &of(&before, "reports"))?;
    if owners.is_empty() && reports.is_empty() {
        return Err(Error::Empty("owners").into());
    }
    let wanted = owners.iter().map(|unit| (unit.uuid(), "owns".to_owned()));
    let mut wanted: Bodies = wanted.chain(reports.iter().map(|unit| (unit.uuid(), "reports".to_owned()))).collect();
    wanted.sort();
    if wanted == before {
        return Err(Error::NothingChanged.into());
    }
    let fresh: Vec<UnitId> =
        wanted.iter().filter(|one| !before.contains(one)).map(|(unit, _)| UnitId::from_uuid(*unit)).collect();
    let waits = waiting(core, ctx, plan, &target.quote, &fresh)?;
    let is_waiting = |(unit, _): &(Uuid, String)| waits.contains(&UnitId::from_uuid(*unit));
    let (held, after): (Bodies, Bodies) = wanted.into_iter().partition(|one| !before.contains(one) && is_waiting(one));
    let held: Vec<(Uuid, Held)> = held
        .into_iter()
        .map(|(unit, role)| Held::Answers { target: target.id, unit: UnitId::from_uuid(unit), role })
        .map(|held| (ctx.new_id::<crate::ids::Part>().uuid(), held))
        .collect();
    let short: String = target.text.chars().take(160).collect();
    let args = [("text", short.into()), ("reason", reason.into())];
    let words = core.locales().text(kernel::Lang::Vi, "told-target-named", &args);
    let concerned = [owners, reports, vec![plan.follower()]].concat();
    let told = &people(core, ctx, &concerned, &words, &format!("/targets/{id}")).await?;
    let left = Left {
        held: held.iter().map(|(row, _)| *row).collect(),
        target_bodies: Some(TargetBodies { before: before.clone(), after: after.clone() }),
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
        was_left: written(&left)?,
        undone_at: None,
    };
    let (before, after, held) = (&before, &after, &held);
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, plan.id()).await?;
            plans::store::plan::held(&tx, plan.id()).await?;
            if standing(&tx, id).await? != *before {
                return Err(Problem::stale());
            }
            set(&tx, target.id, before, after).await?;
            for (row, held) in held {
                work::store::held::insert(&tx, *row, plan.id(), held).await?;
            }
            if !held.is_empty() {
                plans::store::confirmation::added(&tx, plan.id(), ctx.now().as_microsecond()).await?;
            }
            work::store::change::insert(&tx, change).await?;
            for told in told {
                told.enqueue(&tx).await?;
            }
            let detail = json!({ "bodies": after.len(), "waiting": held.len() });
            tx.ledger(Entry::new("target.bodies", id).unit(plan.follower()).reason(reason).detail(detail));
            Ok(())
        })
        .await?;
    Ok(change.id())
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

/// The undo, while the bodies are as the act left them.
pub(crate) async fn target_back(core: &Core, ctx: &Ctx, row: &ChangeRow) -> Result<(), Problem> {
    let id = TargetId::from_uuid(row.target_id.ok_or_else(Problem::not_found)?);
    let (plan, target) = &target_for(core, ctx, id).await?;
    let left = &row.left()?;
    let named = left.target_bodies.clone().unwrap_or_default();
    let named = &named;
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, plan.id()).await?;
            let undone = work::store::change::undone_set(&tx, row.id(), ctx.now().as_microsecond()).await?;
            if !undone || standing(&tx, id).await? != named.after {
                return Err(since());
            }
            set(&tx, target.id, &named.after, &named.before).await?;
            for held in &left.held {
                work::store::held::drop(&tx, *held).await?;
            }
            tx.ledger(Entry::new("target.bodies_back", id).unit(plan.follower()));
            Ok(())
        })
        .await
}
