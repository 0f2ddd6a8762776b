//! Pages of the programme.

mod board;
mod cascade;
mod plans;
mod public;
mod register;
mod report;
mod review;
mod search;
mod targets;
mod task;
mod work;

pub use register::page as register_page;

use kernel::{Problem, Resolution, UnitId};
use webkit::{Access, Req, Route};

use crate::{BodiesPort, usecase::plan_import::LIMIT};

pub const TEMPLATES: &[(&str, &str)] = &[
    ("programme/work.html", include_str!("../../templates/work.html")),
    ("programme/plans.html", include_str!("../../templates/plans.html")),
    ("programme/plan_new.html", include_str!("../../templates/plan_new.html")),
    ("programme/plan.html", include_str!("../../templates/plan.html")),
    ("programme/review.html", include_str!("../../templates/review.html")),
    ("programme/tasks.html", include_str!("../../templates/tasks.html")),
    ("programme/task.html", include_str!("../../templates/task.html")),
    ("programme/agency.html", include_str!("../../templates/agency.html")),
    ("programme/report.html", include_str!("../../templates/report.html")),
    ("programme/board.html", include_str!("../../templates/board.html")),
    ("programme/cascade.html", include_str!("../../templates/cascade.html")),
    ("programme/cascade_below.html", include_str!("../../templates/cascade_below.html")),
    ("programme/changes.html", include_str!("../../templates/changes.html")),
    ("programme/targets.html", include_str!("../../templates/targets.html")),
    ("programme/search.html", include_str!("../../templates/search.html")),
    ("programme/public.html", include_str!("../../templates/public.html")),
    ("programme/register.html", include_str!("../../templates/register.html")),
];

pub fn routes() -> Vec<Route> {
    const READ: Access = Access::Action("task.read");
    const APPROVE: Access = Access::Action("plan.approve");
    let body = usize::try_from(LIMIT).unwrap_or(usize::MAX) + 64 * 1024;
    vec![
        Route::get("/", Access::SignedIn, work::home),
        Route::get("/work", READ, work::show),
        Route::get("/plans", Access::Action("plan.read"), plans::list),
        Route::get("/plans/new", Access::Action("plan.import"), plans::new_form),
        Route::post("/plans/new", Access::Action("plan.import"), plans::new).body_limit(body),
        Route::get("/plans/{id}", Access::Action("plan.read"), plans::show),
        Route::get("/plans/{id}/file", Access::Action("plan.read"), plans::file),
        Route::get("/plans/{id}/review", APPROVE, review::show),
        Route::get("/plans/{id}/cascade", Access::Action("plan.read"), cascade::show),
        Route::post("/plans/{id}/cascade", APPROVE, cascade::verdict_set),
        Route::get("/plans/{id}/changes", Access::Action("plan.read"), cascade::changes),
        Route::post("/plans/{id}/links", APPROVE, cascade::link),
        Route::post("/plans/{id}/publish", APPROVE, public::publish),
        Route::get("/public/plans/{id}", Access::Public, public::show),
        Route::get("/targets", Access::Action("plan.read"), targets::list),
        Route::get("/targets.csv", Access::Action("plan.read"), targets::csv),
        Route::get("/search", Access::Action("plan.read"), search::show),
        Route::post("/plans/{id}/roles", APPROVE, plans::role),
        Route::post("/plans/{id}/head", APPROVE, review::head),
        Route::post("/plans/{id}/name-body", APPROVE, review::name_body),
        Route::post("/plans/{id}/set-aside", APPROVE, review::set_aside),
        Route::post("/plans/{id}/approve", APPROVE, review::approve),
        Route::post("/plans/{id}/read-rows", APPROVE, review::add),
        Route::post("/read-rows/{id}", APPROVE, review::row),
        Route::post("/read-targets/{id}", APPROVE, review::target),
        Route::post("/findings/{id}", APPROVE, review::finding),
        Route::get("/tasks", READ, register::list),
        Route::get("/tasks.csv", READ, register::csv),
        Route::get("/tasks.xlsx", READ, register::xlsx),
        Route::get("/tasks/{id}", READ, task::show),
        Route::post("/parts/{id}/done", Access::Action("part.finish"), task::done),
        Route::get("/agencies/{id}", READ, work::agency),
        Route::get("/agencies/{id}/report", READ, report::show),
        Route::get("/board", READ, board::show),
    ]
}

/// The unit that a form names by its id or in words.
fn unit(req: &Req, name: &str) -> Result<UnitId, Problem> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    match req.app.get::<BodiesPort>()?.resolve(name, None) {
        Resolution::Unit { unit, .. } => Ok(unit),
        Resolution::Group { .. } | Resolution::Unknown => Err(Problem::bad_input("unknown-unit").with("name", name)),
    }
}
