//! The agencies' own sheets taken in, with a preview; all of one sheet is one act.

use db::{Entry, Row as _, vals};
use kernel::{Ctx, Problem, UnitId};
use webkit::{Answers, Bytes, Core, Import, Preview};

use super::edit::taken;
use crate::model::{System, of_unit};

/// An agency's own sheet does not say whose the systems are.
fn usual(ctx: &Ctx) -> Answers {
    let posts = ctx.actor.posts();
    let own = posts.first().filter(|first| posts.iter().all(|post| post.unit == first.unit));
    Answers::default().with_some("owner", own.map(|post| post.unit))
}

static SYSTEMS: Import<System> = Import {
    usual,
    key: |system| vec![format!("{} {}", system.owner_id, system.name_key())],
    name: |system| system.name.to_string(),
    may: |core, ctx, system| core.authorizer().check(ctx, "registry.import", &system.of_owner()),
    is_whole: false,
};

/// What the sheet would do, line by line.
pub async fn systems_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<System>, Problem> {
    let there = System::find(&core.db().read(), "", vals![]).await?;
    SYSTEMS.preview(core, ctx, bytes, there).await
}

/// Writes what the preview shows, but for the lines that it refuses.
pub async fn systems_import(core: &Core, ctx: &Ctx, preview: &Preview<System>) -> Result<(), Problem> {
    let entry = match place(core, ctx, preview) {
        Some(unit) => Entry::new("system.import", unit).unit(unit),
        None => Entry::new("system.import", "systems"),
    };
    preview.take(core, ctx, entry).await.map_err(taken)
}

/// The unit of a post of the actor that stands over all owners: whoever keeps its systems may take the import back.
fn place(core: &Core, ctx: &Ctx, systems: &Preview<System>) -> Option<UnitId> {
    let bodies = core.bodies();
    let over =
        |unit, owner| std::iter::successors(Some(owner), |below| bodies.above(*below)).any(|above| above == unit);
    let may = |unit: &UnitId| core.authorizer().check(ctx, "registry.import", &of_unit(*unit)).is_ok();
    let mut units = ctx.actor.posts().iter().map(|post| post.unit).filter(may);
    units.find(|unit| systems.rows().all(|system| over(*unit, system.owner_id)))
}
