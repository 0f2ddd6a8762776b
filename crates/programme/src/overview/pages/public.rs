//! What everybody may see of a plan that its followers made public: its tasks, targets and how far they are, as numbers.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    overview::usecase::plan_publish::{plan_publish, unfit},
    plans::{self, model::read_target::written, usecase::names::issuer},
    targets,
    work::{self, store::register::TaskProgress},
};

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let bodies = req.app.bodies();
    // Made public, and still to be: the word of its body may have lapsed or been taken back.
    if unfit(bodies, &plan).is_some() || plans::store::public::since(&conn, id).await?.is_none() {
        return Err(Problem::not_found().into());
    }
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let indicators = req.app.indicators();
    let progress = work::store::register::by_task(&conn, id, req.ctx.today()).await?;
    let tasks = work::store::task::of_plan(&conn, id).await?.into_iter().map(|task| {
        let found = progress.iter().find(|row| row.task_id == task.id);
        context! { section => task.section, text => task.text, time => task.time_raw, total => found.map_or(0, |row| row.total), done => found.map_or(0, |row| row.done), reported => found.map_or(0, |row| row.reported) }
    });
    let tasks: Vec<Value> = tasks.collect();
    let targets = targets::store::target::of_plan(&conn, id).await?.into_iter().filter(|target| target.counted).map(|target| {
        let found = target.indicator.as_deref().and_then(|code| indicators.get(code));
        context! { text => target.text, value => format!("{} {} {}", target.comparator, written(target.value_milli), target.unit), to => target.to_year, owners => target.owners,
            indicator => found.map(|found| if vi { found.name_vi } else { found.name_en }) }
    });
    let targets: Vec<Value> = targets.collect();
    let sum = |of: fn(&TaskProgress) -> i64| progress.iter().map(of).sum::<i64>();
    let (total, done, reported) = (sum(|row| row.total), sum(|row| row.done), sum(|row| row.reported));
    let issuer = issuer(bodies, &plan);
    let page = context! {
        number => plan.number, title => plan.title, issuer, issued_on => plan.issued_on, tasks, targets, total, done, reported,
    };
    req.page("programme/public.html", page).await
}

#[derive(Deserialize)]
pub struct PublishForm {
    #[serde(default)]
    end: bool,
}

pub async fn publish(req: Req, Path(id): Path<PlanId>, Form(form): Form<PublishForm>) -> Outcome {
    plan_publish(&req.app, &req.ctx, id, !form.end).await?;
    Ok(Req::go(&format!("/plans/{id}"), if form.end { "plan-unpublished" } else { "plan-published" }))
}
