//! The page before a letter about two plans is drafted: what it will say, to whom, and by which day an answer is asked for.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use minijinja::context;
use webkit::{Outcome, Req};

use crate::work::usecase::compare_letter::planned;

pub async fn form(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let above = req.query("above").and_then(|id| id.parse().ok()).ok_or_else(Problem::not_found)?;
    let planned = planned(&req.app, &req.ctx, above, id).await?;
    let name = |unit| req.app.bodies().body(unit).map(|body| body.name);
    let label = |plan: &crate::plans::store::plan::PlanRow| {
        context! { id => plan.id().to_string(), label => plan.short_label() }
    };
    let lists = &planned.lists;
    let page = context! {
        above => label(&planned.compared.above), below => label(&planned.compared.below), from => name(planned.from), to => name(planned.to),
        missing => lists.missing.len(), differing => lists.differing.len(), taken => lists.taken.len(), nothing => lists.is_as_asked(),
    };
    req.page("programme/compare_letter.html", page).await
}
