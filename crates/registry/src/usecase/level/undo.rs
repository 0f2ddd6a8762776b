//! Who may take acts on dossiers back: whoever had the right to them.

use db::{Reader, Row as _};
use kernel::{Ctx, Problem};
use webkit::{Core, Kept as _};

use super::guard;
use crate::model::{System, SystemId, level::Dossier};

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

/// A system that operates by a leader's word.
pub async fn may_undo_overrule(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    guard::may_overrule(core, ctx, &system).map(|()| format!("/systems/{id}"))
}
