//! The value of a target for a unit and a period, where no system gives it; the way to the goal; the rule of the whole.

use crate::ids::{TargetId, ValueId};
use db::Entry;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        usecase::{behalf, review::resource as plan_resource},
    },
    targets::{
        model::{period::Label, rollup::Rollup},
        store::{self, value::ValueRow},
        usecase::value_row::{resource, value_row},
    },
};

pub use crate::targets::usecase::value_row::Entered;

/// Enters a value, marked as the unit's own report, with its evidence.
pub async fn value_set(
    core: &Core,
    ctx: &Ctx,
    target: TargetId,
    unit: UnitId,
    label: Label,
    given: &Entered,
) -> Result<ValueId, Problem> {
    let value = value_row(core, ctx, target, unit, label, given).await?;
    let acted_by = behalf::chosen(core, ctx, unit, given.on_behalf)?;
    let value = &value.given_by(acted_by);
    core.db()
        .write(ctx, |tx| async move {
            store::value_write::insert(&tx, value).await.map_err(|error| error.or_taken("value-meanwhile"))?;
            tx.ledger(entry(value.row(), acted_by));
            Ok(())
        })
        .await?;
    Ok(ValueId::from_uuid(value.row().id))
}

pub(crate) fn entry(row: &ValueRow, acted_by: Option<UnitId>) -> Entry {
    let detail = json!({ "unit": UnitId::from_uuid(row.unit_id).to_string(), "period": row.period, "value_milli": row.value_milli, "status": row.status, "acted_by": acted_by });
    Entry::new("value.set", TargetId::from_uuid(row.target_id)).unit(UnitId::from_uuid(row.unit_id)).detail(detail)
}

/// Takes a value back: the undo of [`value_set`] where none stood before.
pub async fn value_drop(core: &Core, ctx: &Ctx, id: ValueId) -> Result<TargetId, Problem> {
    let row = store::value::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let (target, unit) = (TargetId::from_uuid(row.target_id), UnitId::from_uuid(row.unit_id));
    core.authorizer().check(ctx, "value.enter", &resource(unit))?;
    let period = row.period.as_str();
    core.db()
        .write(ctx, |tx| async move {
            if !store::value::end(&tx, id, ctx.now().as_microsecond()).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new("value.drop", target).unit(unit).detail(json!({ "period": period })));
            Ok(())
        })
        .await?;
    Ok(target)
}

/// Sets the planned values of the years and the rule by which units' values become the target's.
pub async fn target_plan(
    core: &Core,
    ctx: &Ctx,
    id: TargetId,
    way: &[(i16, i64)],
    rule: Rollup,
    threshold: Option<i64>,
) -> Result<(), Problem> {
    let conn = core.db().read();
    let target = store::target::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = PlanId::from_uuid(target.plan_id);
    let row = plans::store::plan::get(&conn, plan).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, plan).await?;
    core.authorizer().check(ctx, "plan.approve", &plan_resource(&row, &roles))?;
    if way.iter().any(|(year, value)| !(2000..2200).contains(year) || *value < 0) {
        return Err(Error::ValueWrong("value-below-zero").into());
    }
    if (1..way.len()).any(|at| way[..at].iter().any(|(year, _)| *year == way[at].0)) {
        return Err(Problem::bad_input("year-twice"));
    }
    core.db()
        .write(ctx, |tx| async move {
            // The target first: two who save at once do it one after the other.
            store::value::rollup_set(&tx, id, rule.code(), threshold).await?;
            store::value::trajectory_set(&tx, id, way).await?;
            let detail = json!({ "years": way.len(), "rule": rule.code() });
            tx.ledger(Entry::new("target.plan", id).detail(detail));
            Ok(())
        })
        .await
}
