//! Who may take acts on projects back, and when no more.

use db::{Reader, Row as _};
use kernel::{Ctx, Problem, ProblemKind};
use webkit::{Core, Kept as _};

use super::act::may;
use crate::model::{
    System,
    moves::{Migration, MigrationAct, MigrationState},
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
