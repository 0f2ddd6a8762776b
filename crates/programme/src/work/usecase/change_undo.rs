//! Takes an act on work that is under way back, as a whole or not at all.

use db::{Entry, Tx};
use kernel::{Ctx, PlanId, Problem, ProblemKind};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    ids::{ChangeId, EntryId, TaskId},
    plans::{self, usecase::confirmation::may_confirm},
    work::{
        store::{
            self,
            change::{ChangeRow, Left},
        },
        usecase::{
            change::{due, may_change},
            part_act::in_force,
        },
    },
};

/// Takes an act back: everything is as it was before. Refused where anybody was at any of it since.
pub async fn change_undo(core: &Core, ctx: &Ctx, id: ChangeId) -> Result<ChangeRow, Problem> {
    let conn = core.db().read();
    let row = store::change::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, row.plan()).await?.ok_or_else(Problem::not_found)?;
    // Who steers the plan, and who speaks for the body in whose name it stands.
    let steers = may_change(core, ctx, &plan).await;
    if !may_confirm(core, ctx, &plan) {
        steers?;
    }
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
            back(ctx, &tx, plan.id(), &left).await?;
            if let Some(before) = left.waited {
                plans::store::confirmation::added_back(&tx, plan.id(), row.at, before).await?;
            }
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
    let own: Vec<Uuid> = touched(left).chain(row.task_id).collect();
    for later in store::change::later(tx, row).await? {
        let its = later.left()?;
        if touched(&its).chain(later.task_id).any(|task| own.contains(&task)) {
            return Err(since());
        }
    }
    Ok(())
}

fn touched(left: &Left) -> impl Iterator<Item = Uuid> {
    left.tasks.iter().map(|(task, _)| task.id).chain(left.new_tasks.iter().copied())
}

/// Writes everything back, inside an open act.
async fn back(ctx: &Ctx, tx: &Tx, plan: PlanId, left: &Left) -> Result<(), Problem> {
    for (evidence, from, to) in &left.evidence {
        if !store::image::evidence_move(tx, *evidence, *to, *from).await? {
            return Err(since());
        }
    }
    for (before, after) in &left.parts {
        if !store::image::part_set(tx, after.rev, before).await? {
            return Err(since());
        }
        if before.due_on != after.due_on {
            store::step::due_insert(tx, &due(ctx, after, before, "")).await?;
        }
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
