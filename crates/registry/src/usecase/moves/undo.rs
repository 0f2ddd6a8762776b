//! Who may take acts on projects back, and when no more.

use db::{LedgerRow, Reader, Row as _, Tx};
use kernel::{Ctx, Problem, ProblemKind};
use webkit::{Core, Kept as _};

use super::{act::may, lead::is_led_by};
use crate::{
    model::{
        System,
        level::is_operating,
        moves::{Migration, MigrationAct, MigrationState, Said, acted},
    },
    store::moves::steps,
    usecase::{hand::hand, level::guard::approved_now},
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

/// Takes an acceptance or a roll-back back, or brings it again. What is accepted by that is asked for as any acceptance
/// is: its steps are done, and who carried it out does not accept it by this way.
pub async fn back_end(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let was = found(tx, &entry.subject).await?;
    let stood = system_of(tx, &was).await?;
    db::undo(tx, entry).await?;
    let row = found(tx, &entry.subject).await?;
    if row.state != MigrationState::Accepted || was.state == MigrationState::Accepted {
        return Ok(());
    }
    let ctx = tx.ctx();
    let (calendar, hand) = (core.times().calendar(), hand(&ctx.actor));
    let said = Said {
        today: ctx.today(),
        lang: ctx.lang,
        calendar: &calendar,
        hand: &hand,
        is_leader: is_led_by(core, ctx, &row).await?,
        is_trusted: ctx.actor.is_trusted(),
        reason: None,
    };
    if is_operating(system_of(tx, &row).await?.state) && !is_operating(stood.state) {
        approved_now(tx, row.system_id, said.today).await?;
    }
    let steps = steps(tx, row.id).await?;
    acted(Migration { state: MigrationState::CutOver, ..row }, &steps, MigrationAct::Accept, &said).map(|_| ())
}
