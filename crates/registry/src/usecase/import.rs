//! The agencies' own sheets taken in, with a preview; all of one sheet is one act.

use db::{Row as _, vals};
use kernel::{Ctx, Problem};
use webkit::{Answers, Bytes, Core, Import, Kept as _, Preview};

use crate::model::System;

static SHEET: Import<System> = Import {
    // An agency's own sheet does not say whose the systems are.
    usual: |ctx| Answers::default().with_some("owner", ctx.actor.only_unit()),
    key: |system| vec![format!("{} {}", system.owner_id, system.name_key())],
    name: |system| system.name.to_string(),
    may: |core, ctx, system| core.authorizer().check(ctx, "registry.import", &system.kept()),
    is_whole: false,
};

/// What the sheet would do, line by line.
pub async fn systems_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<System>, Problem> {
    let there = System::find(&core.db().read(), "", vals![]).await?;
    SHEET.preview(core, ctx, bytes, there).await
}

/// Writes what the preview shows, but for the lines that it refuses.
pub async fn systems_import(core: &Core, ctx: &Ctx, preview: &Preview<System>) -> Result<(), Problem> {
    preview.take_at_unit(core, ctx, ("system.import", "registry.import"), "systems").await
}
