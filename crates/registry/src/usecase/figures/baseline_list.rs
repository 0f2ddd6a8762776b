//! The frozen lists of the owners that somebody sees.

use kernel::{Ctx, Problem, Resource, UnitId};
use webkit::Core;

use super::value::Seen;
use crate::store::figures::baseline::{self, Summary};

/// The body of the first post by which somebody may do this with lists.
pub fn own(core: &Core, ctx: &Ctx, action: &'static str) -> Option<UnitId> {
    let mut units = ctx.actor.posts().iter().map(|post| post.unit);
    units.find(|unit| core.check_today(ctx, action, Resource::kept("System", *unit)).is_ok())
}

/// The lists, by the names of their owners; and the owners that lack one.
pub async fn baseline_list(core: &Core, ctx: &Ctx) -> Result<(Vec<Summary>, Vec<UnitId>), Problem> {
    let (conn, seen) = (core.db().read(), Seen::of(core, ctx, None)?);
    let mut lists = baseline::all(&conn).await?;
    let lacking = baseline::owners(&conn)
        .await?
        .into_iter()
        .filter(|owner| seen.has(*owner) && !lists.iter().any(|list| list.unit_id == *owner))
        .collect();
    lists.retain(|list| seen.has(list.unit_id));
    lists.sort_by_cached_key(|list| core.bodies().body(list.unit_id).map(|body| body.sort).unwrap_or_default());
    Ok((lists, lacking))
}
