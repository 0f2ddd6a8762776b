//! Gives a unit a role in a plan, or takes it away; each is the other's undo.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::plans::{
    model::{authority::is_unconfirmed, role::PlanRole},
    store,
    usecase::review::{may_hand_over, resource},
};

pub async fn plan_role(
    core: &Core,
    ctx: &Ctx,
    id: PlanId,
    unit: UnitId,
    role: PlanRole,
    holds: bool,
) -> Result<(), Problem> {
    let conn = core.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, id).await?))?;
    let bodies = core.bodies();
    bodies.body(unit).ok_or_else(Problem::not_found)?;
    let action = if holds { "plan.role_add" } else { "plan.role_end" };
    core.db()
        .write(ctx, |tx| async move {
            let plan = store::plan::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            // Who follows without a word from above gives nobody else a right over other bodies.
            if holds && role == PlanRole::Follows && is_unconfirmed(bodies.as_ref(), &plan.standing()) {
                may_hand_over(core, ctx, &plan, unit)?;
            }
            let changed = if holds {
                store::role::insert(&tx, id, unit, role).await?
            } else {
                store::role::delete(&tx, id, unit, role).await?
            };
            if !changed {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(action, id).unit(unit).detail(json!({ "role": role.code() })));
            Ok(())
        })
        .await
}
