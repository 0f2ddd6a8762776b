//! Makes the summary of a live plan public, or takes it back.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, ProblemKind};
use webkit::Core;

use crate::{
    BodiesPort,
    plans::{
        self,
        model::authority::is_unconfirmed,
        store::plan::PlanRow,
        usecase::{confirmation::is_waiting, review::resource},
    },
};

/// Why a plan is not for everybody: under the name of a body it is shown only while that body, known in the tree, stands
/// behind all of it.
pub(crate) fn unfit(bodies: &BodiesPort, plan: &PlanRow) -> Option<&'static str> {
    match () {
        () if plan.state != "live" => Some("not-live"),
        () if plan.issuer_id.is_none() => Some("publish-issuer-unknown"),
        () if is_unconfirmed(bodies.as_ref(), &plan.standing()) || is_waiting(bodies, plan) => {
            Some("publish-unconfirmed")
        }
        () => None,
    }
}

pub async fn plan_publish(core: &Core, ctx: &Ctx, id: PlanId, public: bool) -> Result<(), Problem> {
    let conn = core.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &plans::store::role::list(&conn, id).await?))?;
    let bodies = core.bodies();
    core.db()
        .write(ctx, |tx| async move {
            // As it is now: a word may have lapsed meanwhile.
            let plan = plans::store::plan::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            if let Some(code) = unfit(bodies, &plan).filter(|_| public) {
                return Err(Problem::new(ProblemKind::Conflict, code));
            }
            let changed = if public {
                plans::store::public::set(&tx, id, ctx.now().as_microsecond()).await?
            } else {
                plans::store::public::end(&tx, id).await?
            };
            if !changed {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(if public { "plan.publish" } else { "plan.unpublish" }, id));
            Ok(())
        })
        .await
}
