//! Pages of the programme.

mod assign;
mod board;
mod cascade;
mod difficulties;
mod letters;
pub(crate) mod part;
mod plans;
mod public;
mod questions;
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
    ("programme/work_parts.html", include_str!("../../templates/work_parts.html")),
    ("programme/assign.html", include_str!("../../templates/assign.html")),
    ("programme/difficulties.html", include_str!("../../templates/difficulties.html")),
    ("programme/difficulty.html", include_str!("../../templates/difficulty.html")),
    ("programme/questions.html", include_str!("../../templates/questions.html")),
    ("programme/question.html", include_str!("../../templates/question.html")),
    ("programme/letters.html", include_str!("../../templates/letters.html")),
    ("programme/letter.html", include_str!("../../templates/letter.html")),
    ("programme/register.html", include_str!("../../templates/register.html")),
];

pub fn routes() -> Vec<Route> {
    const READ: Access = Access::Action("task.read");
    const APPROVE: Access = Access::Action("plan.approve");
    const FINISH: Access = Access::Action("part.finish");
    const ASK: Access = Access::Action("question.ask");
    const LETTER: Access = Access::Action("letter.release");
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
        Route::get("/parts/{id}", READ, part::show),
        Route::post("/parts/{id}/progress", FINISH, part::progress),
        Route::post("/parts/{id}/done", FINISH, part::done),
        Route::post("/parts/{id}/check", Access::Action("part.check"), part::check),
        Route::post("/parts/{id}/evidence", FINISH, part::evidence).body_limit(body),
        Route::post("/parts/{id}/steps", FINISH, part::step_new),
        Route::post("/parts/{id}/extensions", FINISH, part::extension_new),
        Route::post("/parts/{id}/difficulties", FINISH, difficulties::raise),
        Route::post("/parts/{id}/explain", ASK, questions::explain),
        Route::post("/entries/{id}/undo", FINISH, part::undo),
        Route::post("/evidence/{id}", FINISH, part::evidence_change),
        Route::get("/evidence/{id}/file", READ, part::evidence_file),
        Route::post("/steps/{id}", FINISH, part::step),
        Route::post("/extensions/{id}", FINISH, part::extension),
        Route::get("/assign", Access::Action("plan.import"), assign::form),
        Route::post("/assign", Access::Action("plan.import"), assign::assign),
        Route::get("/difficulties", Access::Action("difficulty.read"), difficulties::list),
        Route::get("/difficulties/{id}", Access::Action("difficulty.read"), difficulties::show),
        Route::post("/difficulties/{id}", Access::Action("difficulty.answer"), difficulties::act),
        Route::post("/plans/{id}/route", APPROVE, difficulties::route),
        Route::get("/questions", READ, questions::list),
        Route::post("/questions", ASK, questions::ask),
        Route::get("/questions/{id}", READ, questions::show),
        Route::get("/questions/{id}/sheet", ASK, questions::sheet),
        Route::post("/questions/{id}/answer", Access::Action("question.answer"), questions::answer),
        Route::post("/questions/{id}/close", ASK, questions::close),
        Route::get("/letters", LETTER, letters::list),
        Route::get("/letters/{id}", LETTER, letters::show),
        Route::post("/letters/{id}", LETTER, letters::act),
        Route::get("/letters/{id}/{form}", LETTER, letters::file),
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

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A stored file as an attachment, under a name that every system accepts.
async fn attachment(req: &Req, file_name: &str, hash: &db::BlobHash) -> webkit::Outcome {
    let bytes = req.app.db().blobs().get(hash).await?;
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "txt"));
    let name = format!("{}.{}", kernel::text::file_stem(stem), kernel::text::file_stem(extension));
    Req::file(&name, "application/octet-stream", bytes)
}
