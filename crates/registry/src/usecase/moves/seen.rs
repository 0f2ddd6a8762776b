//! A project as its page and the API show it.

use kernel::{Ctx, Problem};
use serde::Serialize;
use webkit::{Core, Kept as _};

use crate::{
    model::moves::{Migration, MigrationId, Step},
    store::moves::steps,
};

/// A project with its checklist.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Whole {
    pub migration: Migration,
    pub steps: Vec<Step>,
}

pub async fn migration_seen(core: &Core, ctx: &Ctx, id: MigrationId) -> Result<Whole, Problem> {
    let conn = core.db().read();
    let migration = Migration::seen(core, ctx, &conn, id).await?;
    Ok(Whole { steps: steps(&conn, id).await?, migration })
}
