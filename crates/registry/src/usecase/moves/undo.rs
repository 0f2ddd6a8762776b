//! Who may take acts on projects back, and when no more.

use db::{LedgerRow, Reader, Row as _, Tx};
use kernel::{Ctx, Problem, ProblemKind};
use webkit::{Core, Kept as _};

use super::{
    act::{may, may_begin, still_there},
    lead::is_led_by,
};
use crate::{
    model::{
        System,
        moves::{Migration, MigrationAct, MigrationState, Said, Step, StepState, acted},
    },
    store::{level::is_renewed, moves::steps},
    usecase::hand::hand,
};

async fn found(conn: &Reader, subject: &str) -> Result<Migration, Problem> {
    let id = subject.parse().map_err(|_| Problem::not_found())?;
    Migration::get(conn, id).await?.ok_or_else(Problem::not_found)
}

/// A step goes back while its project is worked on: nothing is taken out from under an acceptance.
pub async fn may_undo_step(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let row = found(conn, subject).await?;
    row.check(core, ctx)?;
    if !row.state.is_open() && row.state != MigrationState::RolledBack {
        return Err(Problem::new(ProblemKind::Conflict, "migration-over"));
    }
    Ok(format!("/migrations/{}", row.id))
}

/// Takes what was done with a step back, or does it again: of a system that is not moved, nothing is proven by this way
/// that stands behind the move.
pub async fn back_step(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let id = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let row = Migration::held(tx, id).await?.ok_or_else(Problem::not_found)?;
    let own = db::touched(tx, entry.seq, Step::TABLE).await?;
    db::undo(tx, entry).await?;
    let is_proven = steps(tx, row.id).await?.iter().any(|step| own.contains(&step.id.uuid()) && is_proven_behind(step));
    if row.state.is_before_cut_over() && is_proven {
        return Err(Problem::new(ProblemKind::Conflict, "migration-before-cut-over"));
    }
    Ok(())
}

fn is_proven_behind(step: &Step) -> bool {
    step.is_behind_cut_over() && step.state == StepState::Done
}

/// An acceptance, and a roll-back, are taken back by who may accept.
pub async fn may_undo_end(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let row = found(conn, subject).await?;
    let system = System::get(conn, row.system_id).await?.ok_or_else(Problem::not_found)?;
    may(core, ctx, &row, &system, MigrationAct::Accept)?;
    Ok(format!("/migrations/{}", row.id))
}

async fn system_of(tx: &Tx, row: &Migration) -> Result<System, Problem> {
    System::get(tx, row.system_id).await?.ok_or_else(Problem::not_found)
}

/// Takes a cut-over, an acceptance or a roll-back back, or brings it again. What is moved or accepted by that is asked for as
/// any is: in its window, with its steps done, and who carried it out does not accept it by this way.
pub async fn back_act(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let was = found(tx, &entry.subject).await?;
    let stood = system_of(tx, &was).await?;
    db::undo(tx, entry).await?;
    let row = found(tx, &entry.subject).await?;
    let (act, from) = match (was.state, row.state) {
        // What stands behind the cut-over is opened again first: it would be proven of a system that is not moved.
        (MigrationState::CutOver, MigrationState::Running) => {
            let is_proven = steps(tx, row.id).await?.iter().any(is_proven_behind);
            let refused = || Problem::new(ProblemKind::Conflict, "migration-proven-behind");
            return if is_proven { Err(refused()) } else { Ok(()) };
        }
        (MigrationState::Running, MigrationState::CutOver) => (MigrationAct::CutOver, was.state),
        (_, MigrationState::Accepted) => (MigrationAct::Accept, MigrationState::CutOver),
        _ => return Ok(()),
    };
    let ctx = tx.ctx();
    let (calendar, hand) = (core.times().calendar(), hand(&ctx.actor));
    let said = Said {
        today: ctx.today(),
        lang: ctx.lang,
        calendar: &calendar,
        is_renewed: is_renewed(tx, row.system_id, row.opened_at()).await?,
        hand: &hand,
        is_leader: is_led_by(core, ctx, &row).await?,
        is_trusted: ctx.actor.is_trusted(),
        reason: None,
    };
    still_there(&row, &stood, act)?;
    may_begin(tx, ctx, &stood, system_of(tx, &row).await?.state).await?;
    let steps = steps(tx, row.id).await?;
    acted(Migration { state: from, ..row }, &steps, act, &said).map(|_| ())
}
