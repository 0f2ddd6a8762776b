//! A project is opened for a system, with the checklist of its strategy.

use db::{Row as _, Words};
use kernel::{Ctx, Problem, ProblemKind, Resource};
use webkit::{Answers, Core, Kept as _, Record as _};

use super::timing::{check_notice, due_in};
use crate::{
    model::{
        System, SystemHosting, SystemId,
        moves::{By, Checklists, Migration, MigrationState, Plan, Step, StepPart, StepState, StepText, Strategy},
    },
    usecase::hand::hand,
};

/// Whether anything of it can move: what is gone, a mistake or only counted cannot.
pub fn may_move(system: &System) -> Result<(), Problem> {
    if system.is_live() && !system.is_veiled() && system.kind.is_main() {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::Conflict, "migration-of-nothing"))
}

/// Whether the actor may open a project for it: officers of its owner, or of the body that operates it. A body that only uses
/// it gets no right by naming itself as who carries it out.
pub fn may_open(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    let involved = system.operator_id.into_iter().collect();
    let resource = Resource { involved, ..Resource::kept("Migration", system.owner_id) };
    core.check_today(ctx, Migration::KEEP, resource)
}

/// Opens a project; one that is open for the system already is named.
pub async fn migration_open(core: &Core, ctx: &Ctx, id: SystemId, sent: &Answers) -> Result<Migration, Problem> {
    let system = &System::seen(core, ctx, &core.db().read(), id).await?;
    may_open(core, ctx, system)?;
    may_move(system)?;
    let plan = Plan::from_answers(core, ctx, sent, None)?;
    check_notice(core, ctx, &plan)?;
    let row = &plan.put(begun(ctx, system));
    row.check(core, ctx)?;
    let calendar = core.times().calendar();
    let texts = Checklists::shipped().of(row.strategy, StepPart::Work);
    let of = |(place, text)| step(ctx, row, (place, text), due_in(text, row, &calendar));
    let steps: &Vec<Step> = &(1..).zip(texts).map(of).collect();
    core.db()
        .write(ctx, |tx| async move {
            let held = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            Problem::stale_unless(held.rev == system.rev)?;
            row.add(&tx).await?;
            Step::insert_all(&tx, steps).await?;
            tx.ledger(row.entry("migration.open"));
            Ok(())
        })
        .await?;
    Ok(row.clone())
}

fn begun(ctx: &Ctx, system: &System) -> Migration {
    Migration {
        id: ctx.new_id(),
        system_id: system.id,
        owner_id: system.owner_id,
        runner_id: None,
        name: system.name.clone(),
        strategy: Strategy::Rehost,
        wave: None,
        from_hosting: system.hosting,
        to_hosting: SystemHosting::Unknown,
        state: MigrationState::Planned,
        leader_id: None,
        edition: Checklists::shipped().mark(),
        announced_on: None,
        announcement: None,
        window_begins: None,
        window_ends: None,
        window_hours: None,
        checksum_given: None,
        checksum_verified: None,
        started_on: None,
        cut_over_on: None,
        ended_on: None,
        reason: None,
        left_hosting: None,
        left_state: None,
        left_since: None,
        left_operating_since: None,
        hands: hand(&ctx.actor),
        rev: 1,
    }
}

/// A step as the checklist has it.
pub(super) fn step(
    ctx: &Ctx,
    row: &Migration,
    (place, text): (i64, &StepText),
    due_on: Option<jiff::civil::Date>,
) -> Step {
    Step {
        id: ctx.new_id(),
        migration_id: row.id,
        place,
        code: text.key.clone(),
        name: Words::new(&text.say.vi),
        part: text.part,
        gate: text.gate,
        need: text.need,
        proof: text.proof,
        unit_id: Some(if text.by == By::Owner { row.owner_id } else { row.runner() }),
        person_id: None,
        due_on,
        state: StepState::Open,
        document: None,
        fingerprint: None,
        note: None,
        done_by: None,
        done_on: None,
        rev: 1,
    }
}
