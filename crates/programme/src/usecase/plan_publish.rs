//! Makes the summary of a live plan public, or takes it back.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, ProblemKind};
use webkit::App;

use super::review::resource;
use crate::store;

pub async fn plan_publish(app: &App, ctx: &Ctx, id: PlanId, public: bool) -> Result<(), Problem> {
    let conn = app.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    app.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, id).await?))?;
    if plan.state != "live" {
        return Err(Problem::new(ProblemKind::Conflict, "not-live"));
    }
    app.db()
        .write(ctx, |tx| async move {
            let changed = if public {
                store::plan::public_set(&tx, id, ctx.now().as_microsecond()).await?
            } else {
                store::plan::public_end(&tx, id).await?
            };
            if !changed {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(if public { "plan.publish" } else { "plan.unpublish" }, id));
            Ok(())
        })
        .await
}
