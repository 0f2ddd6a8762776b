//! Acts on rows that an act replaces or takes away, and who may take each back: who may do it.

use crate::ids::{DutyId, PartId, TargetId};
use db::Reader;
use kernel::{Ctx, PlanId, Problem};
use webkit::{Core, May, Undo};

use crate::{
    Error, plans,
    reporting::{self, model::states::DutyState},
    targets, work,
};

pub const UNDO: &[Undo] = &[
    of_part("step.drop"),
    of_part("contact.set"),
    of_part("contact.clear"),
    Undo {
        act: "plan.route",
        whole: Some("programme_plan"),
        may: May::Asked(|core, ctx, conn, subject| Box::pin(route(core, ctx, conn, subject))),
        back: None,
    },
    Undo {
        act: "target.plan",
        whole: Some("programme_target"),
        may: May::Asked(|core, ctx, conn, subject| Box::pin(way(core, ctx, conn, subject))),
        back: None,
    },
    Undo {
        act: "duty.change",
        whole: Some("programme_duty"),
        may: May::Asked(|core, ctx, conn, subject| Box::pin(duty(core, ctx, conn, subject))),
        back: None,
    },
];

/// An act that belongs to the work of a body.
const fn of_part(act: &'static str) -> Undo {
    Undo {
        act,
        whole: None,
        may: May::Asked(|core, ctx, conn, subject| Box::pin(own_work(core, ctx, conn, subject))),
        back: None,
    }
}

fn id<T: std::str::FromStr>(subject: &str) -> Result<T, Problem> {
    subject.parse().map_err(|_| Problem::not_found())
}

async fn own_work(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let part: PartId = id(subject)?;
    let row = work::store::part::get(conn, part).await?.ok_or_else(Problem::not_found)?;
    if row.plan_state != "live" {
        return Err(Error::PlanOver.into());
    }
    work::usecase::part_act::part_for(core, ctx, part, "part.finish").await?;
    Ok(format!("/parts/{part}"))
}

async fn steered(core: &Core, ctx: &Ctx, conn: &Reader, plan: PlanId) -> Result<(), Problem> {
    let row = plans::store::plan::get(conn, plan).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(conn, plan).await?;
    core.authorizer().check(ctx, "plan.approve", &plans::usecase::review::resource(&row, &roles))
}

async fn route(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let plan: PlanId = id(subject)?;
    steered(core, ctx, conn, plan).await?;
    Ok(format!("/plans/{plan}"))
}

async fn way(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let target: TargetId = id(subject)?;
    let row = targets::store::target::get(conn, target).await?.ok_or_else(Problem::not_found)?;
    steered(core, ctx, conn, PlanId::from_uuid(row.plan_id)).await?;
    Ok(format!("/targets/{target}"))
}

/// Whatever puts a duty in force asks whether these bodies may be obliged.
async fn duty(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let duty: DutyId = id(subject)?;
    let row = reporting::store::duty::get(conn, duty).await?.ok_or_else(Problem::not_found)?;
    let owner = core.bodies().today(row.owner);
    core.authorizer().check(ctx, "duty.edit", &reporting::usecase::duty::resource(owner))?;
    if row.state == DutyState::Active {
        let reports = reporting::store::duty::bodies(conn, duty, reporting::store::duty::DutyRole::Reports).await?;
        reporting::usecase::duty::within_reach(core, ctx, owner, &reports).await?;
    }
    Ok(format!("/duties/{duty}"))
}
