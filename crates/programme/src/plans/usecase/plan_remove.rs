//! Takes an upload away that nothing came of: one that could not be read, or a plan that was not approved. Its file goes
//! with it, so that it cannot be brought back; it can be taken in again.

use db::Entry;
use kernel::{Ctx, PlanId, Problem};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    files::model::seen,
    plans::{
        store::{self, plan::PlanRow},
        usecase::review::resource,
    },
};

/// Its importer, and who may approve it; of what could not be read its importer alone.
pub(crate) async fn may_remove(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Result<(), Problem> {
    if ctx.actor.is_trusted() || seen::is_own(ctx, plan.importer) {
        return Ok(());
    }
    if plan.state == "refused" {
        return Err(Problem::not_found());
    }
    let roles = store::role::list(&core.db().read(), plan.id()).await?;
    core.authorizer().check(ctx, "plan.approve", &resource(plan, &roles))
}

/// One of which nothing came, for somebody who may take it away.
pub(crate) async fn removable(core: &Core, ctx: &Ctx, id: PlanId) -> Result<PlanRow, Problem> {
    let plan = store::plan::any(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    if !ctx.actor.is_trusted() && !plan.is_seen_by(ctx) {
        return Err(Problem::not_found());
    }
    may_remove(core, ctx, &plan).await?;
    if matches!(plan.state.as_str(), "refused" | "review") { Ok(plan) } else { Err(Error::NotRemovable.into()) }
}

pub async fn plan_remove(core: &Core, ctx: &Ctx, id: PlanId, rev: i64, reason: &str) -> Result<(), Problem> {
    let plan = &removable(core, ctx, id).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    core.db()
        .write(ctx, |tx| async move {
            if !store::plan_end::remove(&tx, id, rev).await? {
                return Err(Problem::stale());
            }
            let detail = json!({ "state": plan.state, "number": plan.number, "sha256": plan.blob_hash });
            tx.ledger(Entry::new("plan.remove", id).unit(plan.follower()).reason(reason).detail(detail));
            Ok(())
        })
        .await
}
