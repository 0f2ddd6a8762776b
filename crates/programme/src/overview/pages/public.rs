//! What everybody may see of a plan that its followers made public: its tasks, targets and how far they are, as numbers.

use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use uuid::Uuid;
use webkit::{Form, Outcome, Req};

use crate::{
    overview::usecase::plan_publish::{plan_publish, unfit},
    pages::{period_words, words},
    plans::{self, model::read_target::written, usecase::names::issuer},
    targets::{
        self,
        pages::target::last_point,
        store::{target::TargetRow, value::ValueRow},
    },
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
    let leads = work::store::part::leads_of_plan(&conn, id).await?;
    let tasks = work::store::task::of_plan(&conn, id).await?.into_iter().map(|task| {
        let found = progress.iter().find(|row| row.task_id == task.id);
        context! {
            section => task.section, text => task.text, time => task.time_raw, lead => led_by(&req, &leads, task.id),
            total => found.map_or(0, |row| row.total), done => found.map_or(0, |row| row.done), late => found.map_or(0, |row| row.late), reported => found.map_or(0, |row| row.reported),
        }
    });
    let tasks: Vec<Value> = tasks.collect();
    let values = targets::store::value::of_plan(&conn, id).await?;
    let targets = targets::store::target::of_plan(&conn, id).await?.into_iter().filter(|target| target.counted).map(|target| {
        let found = target.indicator.as_deref().and_then(|code| indicators.get(code));
        let reached = reached(&req, &target, &values);
        context! { text => target.text, value => format!("{} {} {}", target.comparator, written(target.value_milli), target.unit), to => target.to_year, owners => target.owners, reached,
            indicator => found.map(|found| if vi { found.name_vi } else { found.name_en }) }
    });
    let targets: Vec<Value> = targets.collect();
    let sum = |of: fn(&TaskProgress) -> i64| progress.iter().map(of).sum::<i64>();
    let (total, finished, reported) = (sum(|row| row.total), sum(|row| row.done), sum(|row| row.reported));
    let issuer = issuer(bodies, &plan);
    let page = context! {
        number => plan.number, title => plan.title, issuer, issued_on => plan.issued_on, tasks, targets, total, finished, reported,
    };
    req.page("programme/public.html", page).await
}

/// Who leads a task: by name, or how many where they are many.
fn led_by(req: &Req, leads: &[(Uuid, UnitId)], task: Uuid) -> String {
    const NAMED: usize = 3;
    let own: Vec<UnitId> = leads.iter().filter(|(of, _)| *of == task).map(|(_, unit)| *unit).collect();
    if own.len() > NAMED {
        return words(req, "bodies-count", &[("count", own.len().into())]);
    }
    let names = own.iter().filter_map(|unit| req.app.bodies().body(*unit)).map(|body| body.name);
    names.collect::<Vec<_>>().join("; ")
}

/// The last value that was reached, by the target's own rule, and the period that it is of.
fn reached(req: &Req, target: &TargetRow, values: &[ValueRow]) -> Option<Value> {
    let own: Vec<ValueRow> = values.iter().filter(|value| value.target_id == target.id).cloned().collect();
    let last = last_point(target, &own)?;
    let value = format!("{} {}", written(last.value?), target.unit);
    Some(context! { value, period => period_words(req, &last.period) })
}

/// Every plan that everybody may see.
pub async fn list(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let bodies = req.app.bodies();
    let mut rows = Vec::new();
    for plan in plans::store::public::plans(&conn).await?.iter().filter(|plan| unfit(bodies, plan).is_none()) {
        let progress = work::store::register::by_task(&conn, plan.id(), req.ctx.today()).await?;
        let (total, done): (i64, i64) =
            progress.iter().fold((0, 0), |(total, done), row| (total + row.total, done + row.done));
        rows.push(context! {
            id => plan.id().to_string(), label => plan.short_label(), title => plan.title.clone(), issuer => issuer(bodies, plan),
            issued_on => plan.issued_on.clone().filter(|day| day.len() == 10), total, done,
        });
    }
    req.page("programme/public_list.html", context! { rows }).await
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
