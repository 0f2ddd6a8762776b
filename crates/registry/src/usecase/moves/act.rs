//! A project started, cut over, accepted, rolled back or cancelled. Acceptance changes the system in the same act; a roll-back
//! gives it back what it was.

use db::{Row as _, Tx, Words};
use kernel::{Ctx, Problem, ProblemKind, Resource};
use serde_json::json;
use webkit::{Core, Kept as _};

use super::{
    lead::is_led_by,
    open::{may_move, step},
    timing::due,
};
use crate::{
    model::{
        System, SystemState,
        level::is_operating,
        moves::{
            Checklists, Migration, MigrationAct, MigrationId, MigrationState, Said, Step, StepPart, Strategy, acted,
        },
    },
    store::{
        level::is_renewed,
        moves::{of_system, steps, system_becomes},
    },
    usecase::{hand::hand, level::guard::approved_now, typed},
};

/// Whether the actor may do this with a project: acceptance, and what undoes one, are of a leader of the system's owner.
pub fn may(core: &Core, ctx: &Ctx, row: &Migration, system: &System, act: MigrationAct) -> Result<(), Problem> {
    let is_leaders = act == MigrationAct::Accept || row.state == MigrationState::Accepted;
    if is_leaders {
        let owner = Resource { id: row.id.to_string(), ..Resource::kept("Migration", system.owner_id) };
        return core.check_today(ctx, "migration.accept", owner);
    }
    row.check(core, ctx)
}

/// Does it over the revision that was read.
pub async fn migration_act(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (MigrationId, i64),
    act: MigrationAct,
    reason: &str,
) -> Result<Migration, Problem> {
    let seen = &Migration::seen(core, ctx, &core.db().read(), id).await?;
    let reason = &typed::words("reason", reason, 2000)?.map(Words::new);
    let (calendar, hand) = (&core.times().calendar(), &hand(&ctx.actor));
    let is_leader = is_led_by(core, ctx, seen).await?;
    let back = &steps_back(core, ctx, seen);
    core.db()
        .write(ctx, |tx| async move {
            let row = Migration::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            let system = System::held(&tx, row.system_id).await?.ok_or_else(Problem::not_found)?;
            may(core, ctx, &row, &system, act)?;
            Problem::stale_unless(row.rev == rev && seen.rev == rev)?;
            still_there(&row, &system, act)?;
            let said = Said {
                today: ctx.today(),
                lang: ctx.lang,
                calendar,
                is_renewed: is_renewed(&tx, system.id, row.opened_at()).await?,
                hand,
                is_leader,
                is_trusted: ctx.actor.is_trusted(),
                reason: reason.clone(),
            };
            let was = row.state;
            let next = acted(row, &steps(&tx, id).await?, act, &said)?;
            let next = match act {
                MigrationAct::Accept => taken_over(&tx, ctx, next, &system).await?,
                MigrationAct::RollBack => {
                    if was == MigrationState::Accepted {
                        given_back(&tx, &next, &system).await?;
                    }
                    Step::insert_all(&tx, back).await?;
                    next
                }
                MigrationAct::Start | MigrationAct::CutOver | MigrationAct::Cancel => next,
            };
            next.keep(&tx).await?;
            let entry = next.entry(act.entry());
            tx.ledger(match reason {
                Some(reason) => entry.reason(reason.clone()),
                None => entry,
            });
            Migration::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}

/// Nothing is moved of what was ended or found to be a mistake meanwhile; its project is cancelled or goes back.
pub(super) fn still_there(row: &Migration, system: &System, act: MigrationAct) -> Result<(), Problem> {
    let is_way_out = matches!(act, MigrationAct::RollBack | MigrationAct::Cancel);
    let is_ended = row.strategy == Strategy::Retire && system.state == SystemState::Retired;
    if is_way_out || is_ended { Ok(()) } else { may_move(system) }
}

/// The steps of going back, drawn before the act.
fn steps_back(core: &Core, ctx: &Ctx, row: &Migration) -> Vec<Step> {
    let calendar = core.times().calendar();
    let texts = Checklists::shipped().of(row.strategy, StepPart::Return);
    let day = |text| due(text, (None, None), Some(ctx.today()), &calendar);
    (1..).zip(texts).map(|(place, text)| step(ctx, row, (place, text), day(text))).collect()
}

/// The way by a project is no way around the dossier, nor around the architecture.
pub(super) async fn may_begin(tx: &Tx, ctx: &Ctx, system: &System, to: SystemState) -> Result<(), Problem> {
    if is_operating(to) && !is_operating(system.state) {
        system.check_placed()?;
        approved_now(tx, system.id, ctx.today()).await?;
    }
    Ok(())
}

/// The system becomes what the project leads to.
async fn taken_over(tx: &Tx, ctx: &Ctx, row: Migration, system: &System) -> Result<Migration, Problem> {
    let (hosting, state) = (row.stands_at(system.hosting), row.leads_to(system.state));
    may_begin(tx, ctx, system, state).await?;
    let next = System { state, hosting, ..system.clone() };
    let next = if next.begins(system) { next.begun(ctx.today()) } else { next };
    system_becomes(tx, &next).await?;
    tx.ledger(system.entry("system.move").detail(json!({
        "migration": row.id.to_string(), "hosting": kernel::Code::code(hosting), "state": kernel::Code::code(state),
    })));
    Ok(Migration {
        left_hosting: Some(system.hosting),
        left_state: Some(system.state),
        left_since: system.since,
        left_operating_since: system.operating_since,
        ..row
    })
}

/// The system is again what it was before the acceptance, where nothing was made of it since.
async fn given_back(tx: &Tx, row: &Migration, system: &System) -> Result<(), Problem> {
    let moved_on = || Problem::new(ProblemKind::Conflict, "migration-moved-on");
    let (Some(hosting), Some(state)) = (row.left_hosting, row.left_state) else { return Err(moved_on()) };
    let is_newest = of_system(tx, system.id).await?.first().is_some_and(|newest| newest.id == row.id);
    if !is_newest || system.hosting != row.stands_at(hosting) || system.state != row.leads_to(state) {
        return Err(moved_on());
    }
    let was = System { state, hosting, ..system.clone() };
    // What began by the acceptance did not begin.
    let was = if system.begins(&was) {
        System { since: row.left_since, operating_since: row.left_operating_since, ..was }
    } else {
        was
    };
    system_becomes(tx, &was).await?;
    tx.ledger(system.entry("system.move").detail(json!({
        "migration": row.id.to_string(), "hosting": kernel::Code::code(hosting), "state": kernel::Code::code(state),
    })));
    Ok(())
}
