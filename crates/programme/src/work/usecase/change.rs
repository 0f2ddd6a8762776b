//! What is done to work that is under way, as one act: its rows, the lines in the histories of its parts, and who is told.

use std::collections::BTreeSet;

use db::{Entry, Tx, Words};
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, PartId, TaskId},
    plans::{
        self,
        model::{hands, role::PlanRole},
        store::plan::PlanRow,
        usecase::review::resource,
    },
    work::{
        model::amend::{MERGED, MOVED, PartImage, Step, TaskImage},
        store::{
            self,
            change::{ChangeRow, Left, Waits},
            entry::EntryRow,
            held::Held,
            part::NewPart,
            step::DueRow,
            task::TaskRow,
        },
        usecase::{
            part_act::{in_force, second_person},
            told::Told,
            wait::wait_over,
        },
    },
};

/// A task of a live plan for somebody who may change it, as it is.
#[derive(Debug)]
pub struct Standing {
    pub plan: PlanRow,
    pub row: TaskRow,
    pub task: TaskImage,
    pub parts: Vec<PartImage>,
    /// What waits for a word about it.
    pub held: Vec<(Uuid, Held)>,
    /// Counts the acts that touched the task.
    pub rev: i64,
    mark: i64,
}

impl Standing {
    pub fn id(&self) -> TaskId {
        TaskId::from_uuid(self.row.id)
    }

    /// The bodies that have the work.
    pub fn leads(&self) -> Vec<UnitId> {
        self.parts.iter().filter(|part| part.is_there()).map(PartImage::unit).collect()
    }

    /// The bodies whose work waits for a word.
    pub fn held_leads(&self) -> Vec<UnitId> {
        self.held.iter().filter(|(_, held)| matches!(held, Held::Part(_))).map(|(_, held)| held.unit()).collect()
    }

    pub fn held_helpers(&self) -> Vec<UnitId> {
        self.held.iter().filter(|(_, held)| matches!(held, Held::Helper { .. })).map(|(_, held)| held.unit()).collect()
    }

    /// The bodies that have the work or wait for it.
    pub fn all_leads(&self) -> Vec<UnitId> {
        together(self.leads(), self.held_leads())
    }

    pub fn all_helpers(&self) -> Vec<UnitId> {
        together(self.task.helpers.clone(), self.held_helpers())
    }
}

/// Each once: the parts of a body stand side by side only while its name is one.
pub(crate) fn together(mut units: Vec<UnitId>, more: Vec<UnitId>) -> Vec<UnitId> {
    for unit in more {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Whoever may approve the plan changes what became of it.
pub(crate) async fn may_change(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Result<Vec<(UnitId, PlanRole)>, Problem> {
    let roles = plans::store::role::list(&core.db().read(), plan.id()).await?;
    core.authorizer().check(ctx, "plan.approve", &resource(plan, &roles))?;
    Ok(roles)
}

pub(crate) async fn standing(core: &Core, ctx: &Ctx, id: TaskId) -> Result<Standing, Problem> {
    let conn = core.db().read();
    let row = store::task::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, PlanId::from_uuid(row.plan_id)).await?;
    let plan = plan.ok_or_else(Problem::not_found)?;
    // Before its rows: what happens meanwhile is seen as happening after.
    let mark = store::change::mark(&conn, plan.id()).await?;
    may_change(core, ctx, &plan).await?;
    if plan.state != "live" || row.merged_into.is_some() {
        return Err(Error::PlanOver.into());
    }
    let (task, parts) = (store::image::task(&conn, &row).await?, store::image::parts(&conn, id).await?);
    let held = store::held::rows_of_task(&conn, id).await?;
    let rev = store::task::revision(&conn, id).await?;
    Ok(Standing { plan, row, task, parts, held, rev, mark })
}

/// An act in the making.
#[derive(Debug, Default)]
pub(crate) struct Making {
    pub kind: &'static str,
    pub reason: String,
    pub day: Option<String>,
    pub number: Option<String>,
    pub tasks: Vec<(TaskImage, TaskImage)>,
    pub new_tasks: Vec<(TaskRow, Vec<UnitId>)>,
    /// Each with the words of its line in the history of the part.
    pub parts: Vec<(Step, String)>,
    pub new_parts: Vec<NewPart>,
    /// Those of them that are paused, each since when.
    pub paused: Vec<(PartId, String)>,
    pub held: Vec<(Uuid, Held)>,
    pub held_dropped: Vec<(Uuid, Held)>,
    /// From part, to part.
    pub evidence: Vec<(Uuid, Uuid)>,
    /// It says something that the plan's confirmation did not see.
    pub is_anew: bool,
    pub told: Vec<Told>,
}

/// What a step is called in the history of its part.
pub(crate) fn entry_kind((before, after): &Step) -> &'static str {
    match (before.stop_kind.as_deref(), after.stop_kind.as_deref()) {
        (None, Some("paused")) => "pause",
        (None, Some("ended")) => "end",
        (Some("paused" | "ended"), None) => "resume",
        (None, Some(MERGED)) => "merged",
        (_, Some(MOVED)) => "moved",
        (Some(MOVED), None) => "moved_back",
        _ if before.task_id != after.task_id => "merged",
        _ => "retimed",
    }
}

/// The plan as it stays until the act is over. Refused where a word was said on it since it was read: who waits for a word
/// was decided by what it was then.
pub(crate) async fn held_as_read(tx: &Tx, plan: &PlanRow) -> Result<(), Problem> {
    let now = plans::store::plan::held(tx, plan.id()).await?.ok_or_else(Problem::not_found)?;
    Problem::stale_unless(now.rev == plan.rev && now.is_confirmed() == plan.is_confirmed())
}

/// Does it, over the task as it was read; refused where somebody was at it meanwhile.
pub(crate) async fn make(core: &Core, ctx: &Ctx, standing: &Standing, making: &Making) -> Result<ChangeId, Problem> {
    let (id, at): (ChangeId, i64) = (ctx.new_id::<crate::ids::Change>(), ctx.now().as_microsecond());
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, standing.plan.id()).await?;
            // One act at a time on a plan.
            held_as_read(&tx, &standing.plan).await?;
            if store::change::mark(&tx, standing.plan.id()).await? != standing.mark {
                return Err(Problem::stale());
            }
            let left = rows(ctx, &tx, (standing.plan.id(), id), making).await?;
            store::task::touched(&tx, &touched(&left, making).chain([standing.row.id]).collect::<BTreeSet<_>>()).await?;
            let waited = standing.plan.changed_at.filter(|_| making.is_anew);
            let left = Left { is_anew: Some(making.is_anew), waited, ..left };
            let left = Left { settled: wait_over(&tx, standing.plan.id(), &left).await?, ..left };
            let row = ChangeRow { at, ..change_row(ctx, id, standing, making, &left)? };
            store::change::insert(&tx, &row, &Waits::of(&left)).await?;
            if making.is_anew {
                plans::store::confirmation::added(&tx, standing.plan.id(), at).await?;
            }
            store::unled::settle(&tx, &standing.plan, at).await?;
            for told in &making.told {
                told.enqueue(&tx).await?;
            }
            let detail = json!({
                "kind": making.kind, "change": id.to_string(), "parts": making.parts.len(), "new": making.new_parts.len(),
                "waiting": making.held.len(),
            });
            let entry = Entry::new("task.change", standing.id()).unit(standing.plan.follower()).detail(detail);
            tx.ledger(entry.reason(making.reason.as_str()));
            Ok(())
        })
        .await?;
    Ok(id)
}

fn change_row(
    ctx: &Ctx,
    id: ChangeId,
    standing: &Standing,
    making: &Making,
    left: &Left,
) -> Result<ChangeRow, Problem> {
    Ok(ChangeRow {
        id: id.uuid(),
        plan_id: standing.plan.id,
        task_id: Some(standing.row.id),
        target_id: None,
        kind: making.kind.to_owned(),
        reason: making.reason.trim().to_owned(),
        day: making.day.clone(),
        number: making.number.clone(),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        was_left: store::change::written(left)?,
        undone_at: None,
    })
}

/// The tasks of which the act changes anything.
fn touched<'a>(left: &'a Left, making: &'a Making) -> impl Iterator<Item = Uuid> + 'a {
    let parts = making.new_parts.iter().map(|part| part.task);
    let held = making.held.iter().map(|(_, held)| held.task());
    left.touched().chain(parts).chain(held)
}

async fn rows(ctx: &Ctx, tx: &Tx, (plan, change): (PlanId, ChangeId), making: &Making) -> Result<Left, Problem> {
    let mut left = Left { tasks: making.tasks.clone(), held_dropped: making.held_dropped.clone(), ..Left::default() };
    for (before, after) in &making.tasks {
        store::image::task_set(tx, before, after).await?;
    }
    let new: Vec<(&TaskRow, &[UnitId])> =
        making.new_tasks.iter().map(|(row, helpers)| (row, helpers.as_slice())).collect();
    store::task::insert_all(tx, &new).await?;
    left.new_tasks = making.new_tasks.iter().map(|(row, _)| row.id).collect();
    for (step, words) in &making.parts {
        left.entries.push(part(ctx, tx, change, step, words).await?);
        left.parts.push((step.0.clone(), PartImage { rev: step.0.rev + 1, ..step.1.clone() }));
    }
    let parts: Vec<&NewPart> = making.new_parts.iter().collect();
    store::part::insert_all(tx, &parts).await?;
    left.new_parts = parts.iter().map(|part| part.id.uuid()).collect();
    for (part, day) in &making.paused {
        store::part::pause_new(tx, *part, day).await?;
    }
    for (row, held) in &making.held {
        store::held::insert(tx, *row, plan, held).await?;
        left.held.push(*row);
    }
    for (row, _) in &making.held_dropped {
        store::held::drop(tx, *row).await?;
    }
    for (from, to) in &making.evidence {
        left.evidence.extend(evidence(tx, *from, *to).await?);
    }
    Ok(left)
}

/// What proves the work of a part goes to another. The part that it leaves was raised by its own step; who looked at the one
/// that gets it must look again.
async fn evidence(tx: &Tx, from: Uuid, to: Uuid) -> Result<Vec<(Uuid, Uuid, Uuid)>, Problem> {
    let moved = store::image::evidence_of(tx, from).await?;
    if !moved.is_empty() {
        Problem::stale_unless(store::part::evidence_changes(tx, PartId::from_uuid(to)).await?)?;
    }
    for evidence in &moved {
        store::image::evidence_move(tx, *evidence, from, to).await?;
    }
    Ok(moved.into_iter().map(|evidence| (evidence, from, to)).collect())
}

/// A step that nobody takes over work that they did themselves.
pub(crate) fn asks_another(kind: &str) -> bool {
    matches!(kind, "pause" | "end" | "resume" | "moved" | "merged")
}

/// Writes a part, with its line in the history; returns the line. Who did the work neither stops it nor gives it away.
async fn part(ctx: &Ctx, tx: &Tx, change: ChangeId, step: &Step, words: &str) -> Result<Uuid, Problem> {
    let (before, after) = step;
    let row = store::part::get(tx, PartId::from_uuid(before.id)).await?.ok_or_else(Problem::not_found)?;
    if !store::image::part_set(tx, before.rev, after).await? {
        return Err(Problem::stale());
    }
    let kind = entry_kind(step);
    if asks_another(kind) {
        second_person(ctx, tx, row.id(), "four-eyes-check").await?;
    }
    let entry = EntryRow {
        id: ctx.new_id::<crate::ids::Entry>().uuid(),
        part_id: before.id,
        kind: kind.to_owned(),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        acted_by: None,
        percent: None,
        text: Words::new(words),
        before: serde_json::to_string(&row.fields()).map_err(Problem::internal)?,
        undone_at: None,
        change_id: Some(change.uuid()),
    };
    store::entry::insert(tx, &entry).await?;
    if before.due_on != after.due_on {
        store::step::due_insert(tx, &due(ctx, before, after, words)).await?;
    }
    Ok(entry.id)
}

pub(crate) fn due(ctx: &Ctx, before: &PartImage, after: &PartImage, why: &str) -> DueRow {
    DueRow {
        id: ctx.new_id::<crate::ids::Entry>().uuid(),
        part_id: before.id,
        at: ctx.now().as_microsecond(),
        old_due: before.due_on.clone(),
        new_due: after.due_on.clone(),
        why: Words::new(why),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;

    #[test]
    fn bodies_whose_parts_stand_apart_are_named_once() {
        let unit = |n| Id::from_uuid(Uuid::from_u128(n));
        assert_eq!(together(vec![], [1, 2, 1, 2].map(unit).to_vec()), [1, 2].map(unit));
        assert_eq!(together(vec![unit(1)], vec![unit(2), unit(1)]), [1, 2].map(unit));
    }
}
