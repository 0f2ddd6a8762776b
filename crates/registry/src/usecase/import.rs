//! The agencies' own sheets taken in, with a preview; all of one sheet is one act.

use std::{collections::HashSet, sync::Arc};

use db::{Entry, Reader, Row as _, vals};
use kernel::{Bodies, Ctx, Problem, UnitId};
use serde_json::json;
use webkit::{Answers, App, Bytes, Import, Preview, Verdict};

use super::edit::taken;
use crate::model::{System, of_unit};

/// Largest sheet in bytes.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// An agency's own sheet does not say whose the systems are.
fn usual(ctx: &Ctx) -> Answers {
    let posts = ctx.actor.posts();
    let own = posts.first().filter(|first| posts.iter().all(|post| post.unit == first.unit));
    Answers::default().with_some("owner", own.map(|post| post.unit))
}

static SYSTEMS: Import<System> = Import {
    usual,
    key: |system| format!("{} {}", system.owner_id, system.name_key()),
    name: |system| system.name.to_string(),
    may: |app, ctx, system| app.authorizer().check(ctx, "registry.import", &system.of_owner()),
};

/// What the sheet would do, line by line.
pub async fn systems_preview(app: &App, ctx: &Ctx, bytes: Bytes) -> Result<Preview<System>, Problem> {
    let there = all(&app.db().read()).await?;
    SYSTEMS.preview(app, ctx, bytes, there).await
}

/// Writes what the preview showed, but for the lines that it refused.
pub async fn systems_import(app: &App, ctx: &Ctx, bytes: Bytes) -> Result<Preview<System>, Problem> {
    let preview = systems_preview(app, ctx, bytes).await?;
    let new: &Vec<System> = &preview.rows(Verdict::New).cloned().collect();
    let changed: &Vec<System> = &preview.rows(Verdict::Changed).cloned().collect();
    if new.is_empty() && changed.is_empty() {
        return Ok(preview);
    }
    let place = place(app, ctx, new.iter().chain(changed))?;
    app.db()
        .write(ctx, |tx| async move {
            System::insert_all(&tx, new).await.map_err(|error| taken(error.into()))?;
            for system in changed {
                if !system.save(&tx).await.map_err(|error| taken(error.into()))? {
                    return Err(Problem::stale());
                }
            }
            let detail = json!({ "new": new.len(), "changed": changed.len() });
            tx.ledger(match place {
                Some(unit) => Entry::new("system.import", unit).unit(unit).detail(detail),
                None => Entry::new("system.import", "systems").detail(detail),
            });
            Ok(())
        })
        .await?;
    Ok(preview)
}

/// The unit of a post of the actor that stands over all these owners: whoever keeps its systems may take the import back.
fn place<'a>(app: &App, ctx: &Ctx, systems: impl Iterator<Item = &'a System>) -> Result<Option<UnitId>, Problem> {
    let bodies = app.get::<Arc<dyn Bodies>>()?;
    let owners: HashSet<UnitId> = systems.map(|system| system.owner_id).collect();
    let stands_over = |unit: UnitId, owner: UnitId| {
        std::iter::successors(Some(owner), |below| bodies.above(*below)).any(|above| above == unit)
    };
    let may = |unit: &UnitId| app.authorizer().check(ctx, "registry.import", &of_unit(*unit)).is_ok();
    let mut units = ctx.actor.posts().iter().map(|post| post.unit).filter(may);
    Ok(units.find(|unit| owners.iter().all(|owner| stands_over(*unit, *owner))))
}

async fn all(conn: &Reader) -> Result<Vec<System>, Problem> {
    Ok(System::find(conn, "", vals![]).await?)
}
