//! "Thay mặt": what is written in a body's name by somebody who holds no post in it is chosen to be, and entered as such.

use kernel::{Ctx, Problem, UnitId};
use webkit::Core;

use crate::plans::model::authority::stands_over;

/// The unit whose post lets the actor act for this body, where none of their posts is in it.
pub(crate) fn acting(core: &Core, ctx: &Ctx, unit: UnitId) -> Option<UnitId> {
    let bodies = core.bodies().as_ref();
    let posts = || ctx.actor.posts().iter().map(|post| post.unit);
    let is_own = posts().any(|own| own == unit || own == bodies.today(unit));
    let by = posts().find(|own| stands_over(bodies, *own, unit)).or_else(|| posts().next());
    by.filter(|_| !is_own)
}

/// The same for an act: refused where it was not chosen.
pub(crate) fn chosen(core: &Core, ctx: &Ctx, unit: UnitId, on_behalf: bool) -> Result<Option<UnitId>, Problem> {
    let Some(by) = acting(core, ctx, unit) else { return Ok(None) };
    if on_behalf {
        return Ok(Some(by));
    }
    let name = |unit| core.bodies().body(unit).map(|body| body.short_name).unwrap_or_default();
    let refused = Problem::bad_input("behalf-unchosen").with("by", name(by)).with("own", name(unit));
    Err(refused.field("on_behalf", "behalf-unchosen"))
}
