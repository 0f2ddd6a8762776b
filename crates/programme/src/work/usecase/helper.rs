//! Bodies that a lead brings in to help with a task, beyond those that the plan names.

use crate::ids::{PartId, TaskId};
use db::Entry;
use kernel::{Ctx, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{self, model::authority::may_bring_in, usecase::behalf},
    work::{
        store,
        usecase::{
            authority::names,
            part_act::{in_force, part_for},
        },
    },
};

/// Adds a helper of the body's own house, or one that the plan reaches: it sees the task from then on.
pub async fn helper_add(core: &Core, ctx: &Ctx, part: PartId, unit: UnitId, on_behalf: bool) -> Result<(), Problem> {
    let part = &part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    let bodies = core.bodies();
    let unit = bodies.today(unit);
    let task = TaskId::from_uuid(part.task_id);
    let known = store::task::helpers(&core.db().read(), task).await?;
    if unit == part.unit() || known.contains(&unit) {
        return Err(Problem::bad_input("helper-there").field("unit", "helper-there"));
    }
    core.db()
        .write(ctx, |tx| async move {
            // As it stands now: a word on the plan may have been taken back meanwhile.
            let plan = plans::store::plan::held(&tx, part.plan()).await?.ok_or_else(Problem::not_found)?;
            if plan.state != "live" {
                return Err(Error::PlanOver.into());
            }
            if !ctx.actor.is_trusted() && !may_bring_in(bodies.as_ref(), part.unit(), unit, &plan.standing()) {
                return Err(Error::LeadBeyond(names(core, &[unit])).into());
            }
            store::task::helper_insert(&tx, task, unit, part.id()).await?;
            let detail = json!({ "unit": unit.to_string(), "acted_by": acted_by.map(|unit| unit.to_string()) });
            tx.ledger(Entry::new("helper.add", part.id()).unit(part.unit()).detail(detail));
            Ok(())
        })
        .await
}

/// Ends it: the undo of [`helper_add`], which asks for no choice. Helpers that the plan names stay.
pub async fn helper_remove(core: &Core, ctx: &Ctx, part: PartId, unit: UnitId) -> Result<(), Problem> {
    let part = &part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::acting(core, ctx, part.unit());
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, part.plan()).await?;
            if !store::task::helper_delete(&tx, TaskId::from_uuid(part.task_id), unit, part.id()).await? {
                return Err(Problem::stale());
            }
            let detail = json!({ "unit": unit.to_string(), "acted_by": acted_by.map(|unit| unit.to_string()) });
            tx.ledger(Entry::new("helper.remove", part.id()).unit(part.unit()).detail(detail));
            Ok(())
        })
        .await
}
