//! What is done with systems.

pub mod confirm;
pub mod edit;
pub mod import;
pub mod link;

use db::{Reader, Row as _};
use kernel::{Ctx, Problem, Resource};
use webkit::{Core, Undo};

use crate::model::{System, SystemId, of_unit};

/// Acts that are taken back from what their rows were before, by whom may do them.
pub const UNDO: &[Undo] = &[
    of_system("system.edit"),
    of_system("system.link"),
    of_system("system.unlink"),
    Undo {
        act: "system.confirm",
        whole: None,
        may: |core, ctx, _, owner| Box::pin(async { confirmed(core, ctx, owner) }),
    },
    Undo {
        act: "system.import",
        whole: None,
        may: |core, ctx, _, place| Box::pin(async { imported(core, ctx, place) }),
    },
];

/// An owner's word is taken back by whoever may give it.
fn confirmed(core: &Core, ctx: &Ctx, owner: &str) -> Result<String, Problem> {
    let owner = owner.parse().map_err(|_| Problem::not_found())?;
    core.authorizer().check(ctx, "registry.confirm", &of_unit(owner))?;
    Ok("/systems/confirmations".to_owned())
}

/// The console's imports are taken back by the console.
fn imported(core: &Core, ctx: &Ctx, place: &str) -> Result<String, Problem> {
    let owner = place.parse().map_or_else(|_| Resource { kind: "System", ..Resource::default() }, of_unit);
    core.authorizer().check(ctx, "registry.import", &owner)?;
    Ok("/systems".to_owned())
}

const fn of_system(act: &'static str) -> Undo {
    Undo { act, whole: None, may: |core, ctx, conn, subject| Box::pin(kept(core, ctx, conn, subject)) }
}

async fn kept(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "registry.edit", &system.of_owner())?;
    Ok(format!("/systems/{id}"))
}

/// A system that the actor may see; of others nothing is said.
pub async fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<System, Problem> {
    let system = System::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    let may = core.authorizer().check(ctx, "registry.read", &system.resource(conn).await?);
    may.map_err(|_| Problem::not_found()).map(|()| system)
}
