//! Withdraws a live plan: nobody has to do anything of it any more. What was done, and what was reported of it, stays.

use db::{Entry, Tx};
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    approve::usecase::plan_approve::settle,
    ids::ChangeId,
    plans::{
        self,
        model::hands,
        store::plan::PlanRow,
        usecase::{confirmation::may_confirm, review::resource},
    },
    reporting,
    work::{
        self,
        store::change::{ChangeRow, Left, Waits, written},
        usecase::{
            change_undo::since,
            task_stop::held_from,
            told::{Told, people},
        },
    },
};

#[derive(Debug, Clone)]
pub struct Withdrawing {
    /// The revision that was read.
    pub rev: i64,
    pub reason: String,
    /// Since when; today where none is said.
    pub day: Option<Date>,
    /// Number of the document that withdraws it, where there is one.
    pub number: String,
}

/// Who may approve it, and the body in whose name it stands.
pub(crate) async fn plan_for(core: &Core, ctx: &Ctx, id: PlanId) -> Result<PlanRow, Problem> {
    let conn = core.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, id).await?;
    let steers = core.authorizer().check(ctx, "plan.approve", &resource(&plan, &roles));
    if !may_confirm(core, ctx, &plan) {
        steers?;
    }
    Ok(plan)
}

pub async fn plan_withdraw(core: &Core, ctx: &Ctx, id: PlanId, given: &Withdrawing) -> Result<ChangeId, Problem> {
    let plan = &plan_for(core, ctx, id).await?;
    if plan.state != "live" {
        return Err(Error::PlanOver.into());
    }
    let (reason, day) = (given.reason.trim(), held_from(ctx, given.day)?);
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    Problem::stale_unless(plan.rev == given.rev)?;
    let told = &told(core, ctx, plan, reason).await?;
    let duties = reporting::store::duty::standing_of_plan(&core.db().read(), id).await?;
    let left = &Left { duties, ..Left::default() };
    let change = &ChangeRow {
        id: ctx.new_id::<crate::ids::Change>().uuid(),
        plan_id: plan.id,
        task_id: None,
        target_id: None,
        kind: "withdraw".into(),
        reason: reason.to_owned(),
        day: Some(day.to_string()),
        number: Some(given.number.trim().to_owned()).filter(|number| !number.is_empty()),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        was_left: written(left)?,
        undone_at: None,
    };
    core.db()
        .write(ctx, |tx| async move {
            if !plans::store::plan_end::withdrawn_set(&tx, id, given.rev, change.id).await? {
                return Err(Problem::stale());
            }
            let parts = work::store::part::withdraw_all(&tx, id, &day.to_string()).await?;
            if reporting::store::duty::standing_of_plan(&tx, id).await? != left.duties {
                return Err(Problem::stale());
            }
            reporting::store::duty::end_all(&tx, id).await?;
            work::store::change::insert(&tx, change, &Waits::of(left)).await?;
            settle(&tx, id, ctx.now().as_microsecond()).await?;
            for told in told {
                told.enqueue(&tx).await?;
            }
            let detail =
                json!({ "parts": parts, "duties": left.duties.len(), "day": change.day, "number": change.number });
            tx.ledger(Entry::new("plan.withdraw", id).unit(plan.follower()).reason(reason).detail(detail));
            Ok(())
        })
        .await?;
    Ok(change.id())
}

async fn told(core: &Core, ctx: &Ctx, plan: &PlanRow, reason: &str) -> Result<Vec<Told>, Problem> {
    let mut units = work::store::part::units_of_plan(&core.db().read(), plan.id()).await?;
    units.push(plan.follower());
    let args = [("plan", plan.label().into()), ("reason", reason.into())];
    let words = core.locales().text(kernel::Lang::Vi, "told-plan-withdrawn", &args);
    people(core, ctx, &units, &words, &format!("/plans/{}", plan.id())).await
}

/// The undo: the plan is in force again, with its work and its duties as they were.
pub(crate) async fn withdraw_back(core: &Core, ctx: &Ctx, row: &ChangeRow) -> Result<(), Problem> {
    let plan = &plan_for(core, ctx, row.plan()).await?;
    let id = plan.id();
    core.db()
        .write(ctx, |tx| async move {
            let undone = work::store::change::undone_set(&tx, row.id(), ctx.now().as_microsecond()).await?;
            if !undone || !plans::store::plan_end::withdrawn_back(&tx, id, row.id).await? {
                return Err(since());
            }
            work::store::part::withdrawn_resume(&tx, id).await?;
            duties_back(&tx, row).await?;
            settle(&tx, id, ctx.now().as_microsecond()).await?;
            tx.ledger(Entry::new("plan.withdraw_back", id).unit(plan.follower()));
            Ok(())
        })
        .await
}

async fn duties_back(tx: &Tx, row: &ChangeRow) -> Result<(), Problem> {
    for (duty, state) in row.left()?.duties {
        reporting::store::duty::ended_back(tx, duty, &state).await?;
    }
    Ok(())
}
