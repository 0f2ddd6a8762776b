//! A project changed: where it leads, its window, its announcement, what was found of the copy.

use db::Row as _;
use kernel::{Calendar, Ctx, Problem, ProblemKind};
use webkit::{Answers, Core, Kept as _, Record as _};

use super::{
    lead::people,
    timing::{check_notice, due_in},
};
use crate::{
    model::moves::{By, Checklists, Migration, MigrationId, MigrationState, Plan, Step, StepState},
    store::moves::steps,
    usecase::hand::hand,
};

/// Changes a project that was read as of `rev`; what is not sent stays. Days of open steps that nobody set follow the window.
pub async fn migration_edit(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (MigrationId, i64),
    sent: &Answers,
) -> Result<Migration, Problem> {
    let old = &Migration::seen(core, ctx, &core.db().read(), id).await?;
    old.check(core, ctx)?;
    Problem::stale_unless(old.rev == rev)?;
    let plan = Plan::from_answers(core, ctx, sent, Some(&Plan::of(old)))?;
    may_change(old, &plan)?;
    if (plan.announced_on, plan.window_begins) != (old.announced_on, old.window_begins) {
        check_notice(core, ctx, &plan)?;
    }
    // What is said of the window and of the copy is a part in carrying it out.
    let row = &led_on(core, ctx, old, plan.put(old.clone()).by(&hand(&ctx.actor))).await?;
    row.check(core, ctx)?;
    let calendar = &core.times().calendar();
    core.db()
        .write(ctx, |tx| async move {
            row.keep(&tx).await?;
            for step in steps(&tx, id).await?.into_iter().filter_map(|step| moved(step, old, row, calendar)) {
                step.keep(&tx).await?;
            }
            tx.ledger(row.entry("migration.edit"));
            Migration::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}

/// What of a project still may change.
fn may_change(old: &Migration, plan: &Plan) -> Result<(), Problem> {
    let conflict = |code| Err(Problem::new(ProblemKind::Conflict, code));
    if !old.state.is_open() {
        return conflict("migration-over");
    }
    if plan.strategy != old.strategy {
        return conflict("migration-strategy-fixed");
    }
    let now = Plan::of(old);
    let is_same = (plan.window_begins, plan.window_ends, plan.announced_on, &plan.announcement, plan.to_hosting)
        == (now.window_begins, now.window_ends, now.announced_on, &now.announcement, now.to_hosting);
    if old.state == MigrationState::CutOver && !is_same {
        return conflict("migration-window-fixed");
    }
    Ok(())
}

/// The same, led by nobody where its leader is of a body that no longer carries it out.
async fn led_on(core: &Core, ctx: &Ctx, old: &Migration, row: Migration) -> Result<Migration, Problem> {
    let Some(leader) = row.leader_id.filter(|_| row.runner_id != old.runner_id) else { return Ok(row) };
    let is_there = people(core, ctx, &row).await?.iter().any(|one| one.person == leader);
    Ok(Migration { leader_id: Some(leader).filter(|_| is_there), ..row })
}

/// An open step whose day, or whose body, follows the project's; none where nothing moves it.
fn moved(step: Step, old: &Migration, row: &Migration, calendar: &Calendar) -> Option<Step> {
    let text = Checklists::shipped().steps.iter().find(|text| text.key == step.code)?;
    let on = |row: &Migration| due_in(text, row, calendar);
    let due_on = if step.due_on == on(old) { on(row) } else { step.due_on };
    let is_of_runner = step.unit_id == Some(old.runner()) && old.runner() != old.owner_id;
    let is_new_runner = old.runner() == old.owner_id && text.by == By::Runner;
    let unit_id = if is_of_runner || is_new_runner { Some(row.runner()) } else { step.unit_id };
    let is_changed = (due_on, unit_id) != (step.due_on, step.unit_id) && step.state == StepState::Open;
    // Nobody of the body that had it keeps it.
    let person_id = step.person_id.filter(|_| unit_id == step.unit_id);
    is_changed.then_some(Step { unit_id, person_id, due_on, ..step })
}
