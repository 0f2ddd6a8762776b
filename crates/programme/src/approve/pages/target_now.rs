//! The page of a target with who was named for it, act by act.

use axum::extract::Path;
use kernel::Problem;
use minijinja::context;
use webkit::{Outcome, Req};

use crate::{ids::TargetId, plans, targets, work};

pub async fn show(req: Req, Path(id): Path<TargetId>) -> Outcome {
    let page = targets::pages::target::page(&req, id).await?;
    let conn = req.app.db().read();
    let target = targets::store::target::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = plans::store::plan::get(&conn, kernel::PlanId::from_uuid(target.plan_id)).await?;
    let plan = plan.ok_or_else(Problem::not_found)?;
    let changed = work::pages::changed::of_target(&req, &plan, id).await?;
    req.page("programme/target.html", context! { ..page, ..changed }).await
}
