//! Who may take acts on dossiers back: whoever had the right to them.

use db::{LedgerRow, Reader, Row as _, Tx};
use kernel::{Ctx, Problem, ProblemKind, Resource};
use webkit::{Core, Kept as _};

use super::guard;
use crate::{
    model::{
        System, SystemId,
        level::{Dossier, DossierState, newest},
    },
    store::level::{of_system, system_gets},
    usecase::hand::hand,
};

async fn found(conn: &Reader, subject: &str) -> Result<Dossier, Problem> {
    let id = subject.parse().map_err(|_| Problem::not_found())?;
    Dossier::get(conn, id).await?.ok_or_else(Problem::not_found)
}

async fn by(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str, right: &'static str) -> Result<String, Problem> {
    let row = found(conn, subject).await?;
    core.check_today(ctx, right, row.kept()).map(|()| format!("/levels/{}", row.id))
}

/// What the reviewer did.
pub async fn may_undo_review(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    by(core, ctx, conn, subject, "level.review").await
}

pub async fn may_undo_approval(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    by(core, ctx, conn, subject, "level.approve").await
}

/// Takes an appraisal or an approval back, or brings it again: by no hand that could not do it now.
pub async fn back_review(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let was = found(tx, &entry.subject).await?.state;
    db::undo(tx, entry).await?;
    let row = found(tx, &entry.subject).await?;
    let (actor, hand) = (&tx.ctx().actor, hand(&tx.ctx().actor));
    let is_own = match (was, row.state) {
        (DossierState::Sent, DossierState::Appraised) => row.sent_by.as_deref() == Some(hand.as_str()),
        (DossierState::Appraised, DossierState::Approved) => row.is_by(&hand),
        _ => false,
    };
    if is_own && !actor.is_trusted() { Err(Problem::new(ProblemKind::Conflict, "level-two-hands")) } else { Ok(()) }
}

/// A decision that was taken over from its paper, by who may take one over; its system is what tells of it.
pub async fn may_undo_record(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.check_today(ctx, "level.approve", Resource::kept("Dossier", system.owner_id))?;
    Ok(format!("/systems/{id}/road"))
}

/// Takes a decision back, or brings it again; the system has the level of the newest decision that is left.
pub async fn back_record(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    db::undo(tx, entry).await?;
    let id: SystemId = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let (system, rows) = (System::held(tx, id).await?.ok_or_else(Problem::not_found)?, of_system(tx, id).await?);
    let holds = newest(&rows).map_or((None, None), |row| (Some(row.level), row.valid_through));
    if (system.level, system.level_until) != holds {
        system_gets(tx, id, holds).await?;
    }
    Ok(())
}

/// A system that operates by a leader's word.
pub async fn may_undo_overrule(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    guard::may_overrule(core, ctx, &system).map(|()| format!("/systems/{id}"))
}
