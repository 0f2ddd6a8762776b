//! No new system operates without an approved dossier. A leader may let one, with a reason: that is kept and counted.

use db::{Reader, Row as _, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind, Resource};
use webkit::{Core, Kept as _};

use crate::{
    model::{
        System, SystemId,
        level::{Overrule, is_operating},
    },
    store::level::{of_system, system_operates},
    usecase::typed,
};

async fn is_approved(conn: &Reader, system: SystemId, today: Date) -> Result<bool, Problem> {
    Ok(of_system(conn, system).await?.iter().any(|row| row.is_in_force(today)))
}

/// Refused where no approval of the system is in force today.
pub async fn approved_now(conn: &Reader, system: SystemId, today: Date) -> Result<(), Problem> {
    if is_approved(conn, system, today).await? {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::Conflict, "level-missing").field("state", "level-missing"))
}

/// Whether what is entered as operating begins from today on. A year alone tells it only once it is over.
fn begins(system: &System, today: Date) -> Result<bool, Problem> {
    let refused = |code, field| Problem::bad_input(code).field(field, code);
    match (system.operating_since, system.since) {
        (Some(day), _) => Ok(day >= today),
        (None, Some(year)) if year < i64::from(today.year()) => Ok(false),
        (None, Some(_)) => Err(refused("operating-day-missing", "operating_since")),
        (None, None) => Err(refused("operating-since-missing", "since")),
    }
}

/// Asked before a system is added by a form or changed: one that begins to operate now needs its approval. What already
/// operated when it was entered says since when, is taken in as it is, and shown as what it is.
pub async fn may_operate(ctx: &Ctx, conn: &Reader, system: &System, was: Option<&System>) -> Result<(), Problem> {
    if !is_operating(system.state) || system.is_veiled() || !system.kind.is_main() {
        return Ok(());
    }
    let is_new = match was.filter(|was| was.kind.is_main()) {
        Some(was) => !is_operating(was.state),
        None => begins(system, ctx.today())?,
    };
    if is_new { approved_now(conn, system.id, ctx.today()).await } else { Ok(()) }
}

/// Whether the actor may let a system operate without a dossier.
pub fn may_overrule(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, "level.overrule", Resource::kept("Dossier", system.owner_id))
}

/// A system begins to operate without an approved dossier, by the word of a leader.
pub async fn system_overrule(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    reason: &str,
) -> Result<Overrule, Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    may_overrule(core, ctx, &system)?;
    let empty = || Problem::bad_input("field-empty").field("reason", "field-empty");
    let reason = typed::words("reason", reason, 2000)?.map(Words::new).ok_or_else(empty)?;
    let (owner_id, on_day) = (system.owner_id, ctx.today());
    let row = &Overrule { id: ctx.new_id(), system_id: id, owner_id, on_day, reason };
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may_overrule(core, ctx, &system)?;
            Problem::stale_unless(system.rev == rev)?;
            if is_operating(system.state) || !system.is_live() {
                return Err(Problem::new(ProblemKind::Conflict, "level-operates"));
            }
            if system.is_veiled() || !system.kind.is_main() {
                return Err(Problem::new(ProblemKind::Conflict, "level-of-nothing"));
            }
            system.check_placed()?;
            if is_approved(&tx, id, on_day).await? {
                return Err(Problem::new(ProblemKind::Conflict, "level-there"));
            }
            system_operates(&tx, id).await?;
            row.add(&tx).await?;
            tx.ledger(system.entry("system.overrule").reason(row.reason.clone()));
            Ok(row.clone())
        })
        .await
}
