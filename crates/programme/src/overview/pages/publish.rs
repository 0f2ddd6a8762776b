//! The page before the summary of a plan is shown to everybody: what they will see.

use axum::extract::Path;
use kernel::{PlanId, Problem, ProblemKind};
use webkit::{Confirm, Outcome, Req};

use crate::{
    overview::usecase::plan_publish::unfit,
    pages::words,
    plans::{self, usecase::review::resource},
    targets, work,
};

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, id).await?;
    req.app.authorizer().check(&req.ctx, "plan.approve", &resource(&plan, &roles))?;
    if let Some(code) = unfit(req.app.bodies(), &plan) {
        return Err(Problem::new(ProblemKind::Conflict, code).into());
    }
    let tasks = work::store::task::of_plan(&conn, id).await?;
    let targets = targets::store::target::of_plan(&conn, id).await?;
    let targets: Vec<String> = targets.into_iter().filter(|row| row.counted).map(|row| row.text).collect();
    let counts = [("tasks", tasks.len().into()), ("targets", targets.len().into())];
    let confirm = Confirm {
        title: words(&req, "ask-publish", &[("label", plan.short_label().into())]),
        above: format!("/plans/{id}"),
        above_name: plan.short_label(),
        says: vec![words(&req, "ask-publish-what", &counts), words(&req, "ask-publish-not", &[])],
        button: words(&req, "publish", &[]),
        after: words(&req, "ask-publish-after", &[]),
        ..Confirm::default()
    };
    let tasks: Vec<String> = tasks.into_iter().map(|task| format!("{} {}", task.section, task.text)).collect();
    let title = |key: &str, count: usize| words(&req, key, &[("count", count.into())]);
    let confirm = confirm.list(title("ask-publish-tasks", tasks.len()), tasks);
    confirm.list(title("ask-publish-targets", targets.len()), targets).show(&req).await
}
