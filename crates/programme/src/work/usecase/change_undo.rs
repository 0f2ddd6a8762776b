//! Takes an act on work that is under way back, as a whole or not at all.

use std::collections::BTreeSet;

use db::{Entry, Reader, Tx};
use kernel::{Ctx, PlanId, Problem, ProblemKind};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, EntryId, PartId, TaskId},
    plans::{self, model::hands, store::plan::PlanRow, usecase::confirmation::may_confirm},
    work::{
        model::amend::Step,
        store::{
            self,
            change::{ChangeRow, Left},
        },
        usecase::{
            change::{asks_another, due, entry_kind, may_change},
            part_act::{in_force, second_person},
            wait::wait_back,
        },
    },
};

/// May the actor take this act back? Who did it, while they steer the plan, and who speaks for the body in whose name the
/// plan stands.
pub(crate) async fn may_undo(core: &Core, ctx: &Ctx, plan: &PlanRow, row: &ChangeRow) -> Result<(), Problem> {
    if may_confirm(core, ctx, plan) {
        return Ok(());
    }
    may_change(core, ctx, plan).await?;
    let own = hands::is_taker(&ctx.actor, row.hand.as_deref(), &row.actor);
    if own { Ok(()) } else { Err(Error::FourEyes("undo-not-yours").into()) }
}

/// Takes an act back: everything is as it was before. Refused where anybody was at any of it since.
pub async fn change_undo(core: &Core, ctx: &Ctx, id: ChangeId) -> Result<ChangeRow, Problem> {
    let conn = core.db().read();
    let row = store::change::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, row.plan()).await?.ok_or_else(Problem::not_found)?;
    may_undo(core, ctx, &plan, &row).await?;
    let (row, plan) = (&row, &plan);
    let subject = TaskId::from_uuid(row.task_id.ok_or_else(Problem::not_found)?);
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, plan.id()).await?;
            plans::store::plan::held(&tx, plan.id()).await?;
            if !store::change::undone_set(&tx, id, ctx.now().as_microsecond()).await? {
                return Err(since());
            }
            let left = row.left()?;
            is_last(&tx, row, &left).await?;
            let waiting = held_tasks(&tx, plan.id(), &left).await?;
            back(ctx, &tx, plan.id(), &left).await?;
            let tasks: BTreeSet<Uuid> = left.touched().chain(row.task_id).chain(waiting).collect();
            store::task::touched(&tx, &tasks).await?;
            wait_back(&tx, row, &left).await?;
            store::unled::settle(&tx, plan, ctx.now().as_microsecond()).await?;
            let detail = json!({ "kind": row.kind, "change": id.to_string() });
            tx.ledger(Entry::new("task.change_undo", subject).unit(plan.follower()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(row.clone())
}

pub(crate) fn since() -> Problem {
    Problem::new(ProblemKind::Conflict, "changed-since")
}

/// No later act that stands was at one of its tasks.
async fn is_last(tx: &Tx, row: &ChangeRow, left: &Left) -> Result<(), Problem> {
    let own: Vec<Uuid> = left.touched().chain(row.task_id).collect();
    for later in store::change::later(tx, row).await? {
        let its = later.left()?;
        if its.touched().chain(later.task_id).any(|task| own.contains(&task)) {
            return Err(since());
        }
    }
    Ok(())
}

/// The tasks of what the act made wait.
async fn held_tasks(conn: &Reader, plan: PlanId, left: &Left) -> Result<Vec<Uuid>, Problem> {
    let rows = store::held::of_plan(conn, plan).await?;
    Ok(rows.into_iter().filter(|(row, _)| left.held.contains(row)).map(|(_, held)| held.task()).collect())
}

/// A step goes back, which is a step itself: what asks for a second person asks for one this way too.
async fn step_back(ctx: &Ctx, tx: &Tx, step: &Step) -> Result<(), Problem> {
    let (before, after) = step;
    if !store::image::part_set(tx, after.rev, before).await? {
        return Err(since());
    }
    if asks_another(entry_kind(&(after.clone(), before.clone()))) {
        second_person(ctx, tx, PartId::from_uuid(before.id), "four-eyes-check").await?;
    }
    if before.due_on != after.due_on {
        store::step::due_insert(tx, &due(ctx, after, before, "")).await?;
    }
    Ok(())
}

/// Writes everything back, inside an open act.
async fn back(ctx: &Ctx, tx: &Tx, plan: PlanId, left: &Left) -> Result<(), Problem> {
    let gave: BTreeSet<Uuid> = left.evidence.iter().map(|(_, _, to)| *to).collect();
    for part in gave {
        // What was accepted with it keeps it.
        if !store::part::evidence_changes(tx, PartId::from_uuid(part)).await? {
            return Err(since());
        }
    }
    for (evidence, from, to) in &left.evidence {
        if !store::image::evidence_move(tx, *evidence, *to, *from).await? {
            return Err(since());
        }
    }
    for step in &left.parts {
        step_back(ctx, tx, step).await?;
    }
    for entry in &left.entries {
        store::entry::undone_set(tx, EntryId::from_uuid(*entry), ctx.now().as_microsecond()).await?;
    }
    for part in &left.new_parts {
        if !store::image::is_untouched(tx, *part).await? {
            return Err(since());
        }
        store::image::part_delete(tx, *part).await?;
    }
    for held in &left.held {
        if !store::held::is_there(tx, *held).await? {
            return Err(since());
        }
        store::held::drop(tx, *held).await?;
    }
    for task in &left.new_tasks {
        store::image::task_delete(tx, *task).await.map_err(|_| since())?;
    }
    for (before, after) in &left.tasks {
        store::image::task_set(tx, after, before).await?;
    }
    for (row, held) in &left.held_dropped {
        store::held::insert(tx, *row, plan, held).await?;
    }
    Ok(())
}
