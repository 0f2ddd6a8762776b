//! Pages of the programme.

use kernel::{Problem, Resolution, UnitId};
use webkit::{Access, Req, Route};

use crate::{
    BodiesPort,
    approve::pages::{plans, review},
    overview::pages::{board, public, seeing, work},
    plans::{
        pages::{cascade, search},
        usecase::plan_import::LIMIT,
    },
    reporting::pages::{duties, reports},
    targets::pages::{target, targets},
    work::pages::{assign, difficulties, letters, part, questions, register, task, tracking},
};

pub const TEMPLATES: &[(&str, &str)] = &[
    ("programme/work.html", include_str!("../../templates/work.html")),
    ("programme/plans.html", include_str!("../../templates/plans.html")),
    ("programme/plan_new.html", include_str!("../../templates/plan_new.html")),
    ("programme/plan.html", include_str!("../../templates/plan.html")),
    ("programme/review.html", include_str!("../../templates/review.html")),
    ("programme/tasks.html", include_str!("../../templates/tasks.html")),
    ("programme/task.html", include_str!("../../templates/task.html")),
    ("programme/agency.html", include_str!("../../templates/agency.html")),
    ("programme/reports.html", include_str!("../../templates/reports.html")),
    ("programme/report_page.html", include_str!("../../templates/report_page.html")),
    ("programme/report_edit.html", include_str!("../../templates/report_edit.html")),
    ("programme/duties.html", include_str!("../../templates/duties.html")),
    ("programme/duty.html", include_str!("../../templates/duty.html")),
    ("programme/duty_form.html", include_str!("../../templates/duty_form.html")),
    ("programme/duty_fields.html", include_str!("../../templates/duty_fields.html")),
    ("programme/target.html", include_str!("../../templates/target.html")),
    ("programme/tracking.html", include_str!("../../templates/tracking.html")),
    ("programme/period.html", include_str!("../../templates/period.html")),
    ("programme/board.html", include_str!("../../templates/board.html")),
    ("programme/board_parts.html", include_str!("../../templates/board_parts.html")),
    ("programme/board_paper.html", include_str!("../../templates/board_paper.html")),
    ("programme/ranking.html", include_str!("../../templates/ranking.html")),
    ("programme/charge.html", include_str!("../../templates/charge.html")),
    ("programme/map.html", include_str!("../../templates/map.html")),
    ("programme/cascade.html", include_str!("../../templates/cascade.html")),
    ("programme/cascade_below.html", include_str!("../../templates/cascade_below.html")),
    ("programme/changes.html", include_str!("../../templates/changes.html")),
    ("programme/targets.html", include_str!("../../templates/targets.html")),
    ("programme/search.html", include_str!("../../templates/search.html")),
    ("programme/public.html", include_str!("../../templates/public.html")),
    ("programme/work_parts.html", include_str!("../../templates/work_parts.html")),
    ("programme/assign.html", include_str!("../../templates/assign.html")),
    ("programme/difficulty.html", include_str!("../../templates/difficulty.html")),
    ("programme/question_new.html", include_str!("../../templates/question_new.html")),
    ("programme/question.html", include_str!("../../templates/question.html")),
    ("programme/letter.html", include_str!("../../templates/letter.html")),
    ("programme/register.html", include_str!("../../templates/register.html")),
];

pub fn routes() -> Vec<Route> {
    const READ: Access = Access::Action("task.read");
    const APPROVE: Access = Access::Action("plan.approve");
    const FINISH: Access = Access::Action("part.finish");
    const ASK: Access = Access::Action("question.ask");
    const DUTY: Access = Access::Action("duty.edit");
    const SHEET_BODY: usize = 11 * 1024 * 1024;
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
        Route::get("/targets/{id}", Access::Action("plan.read"), target::show),
        Route::post("/targets/{id}/values", Access::Action("value.enter"), target::value),
        Route::post("/targets/{id}/plan", APPROVE, target::plan),
        Route::post("/values/{id}/drop", Access::Action("value.enter"), target::drop),
        Route::get("/targets.csv", Access::Action("plan.read"), targets::csv),
        Route::get("/search", Access::Action("plan.read"), search::show),
        Route::post("/plans/{id}/roles", APPROVE, plans::role),
        Route::post("/plans/{id}/confirm", Access::Action("plan.confirm"), plans::confirm),
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
        Route::post("/parts/{id}/helpers", FINISH, part::helper),
        Route::post("/parts/{id}/extensions", FINISH, part::extension_new),
        Route::post("/parts/{id}/difficulties", FINISH, difficulties::raise),
        Route::post("/parts/{id}/explain", ASK, questions::explain),
        // Of these two the use case asks what the act itself asked: the body's own, or who checks it.
        Route::post("/entries/{id}/undo", READ, part::undo),
        Route::post("/evidence/{id}", FINISH, part::evidence_change),
        Route::get("/evidence/{id}/file", READ, part::evidence_file),
        Route::post("/steps/{id}", FINISH, part::step),
        Route::post("/extensions/{id}", READ, part::extension),
        Route::get("/assign", Access::Action("plan.import"), assign::form),
        Route::post("/assign", Access::Action("plan.import"), assign::assign),
        Route::get("/tracking", Access::Action("plan.import"), tracking::form),
        Route::post("/tracking", Access::Action("plan.import"), tracking::take).body_limit(SHEET_BODY),
        Route::get("/difficulties/{id}", Access::Action("difficulty.read"), difficulties::show),
        Route::post("/difficulties/{id}", Access::Action("difficulty.answer"), difficulties::act),
        Route::post("/targets/{id}/difficulties", Access::Action("value.enter"), difficulties::raise_on_target),
        Route::post("/plans/{id}/route", APPROVE, difficulties::route),
        Route::get("/questions/new", ASK, questions::new_form),
        Route::post("/questions", ASK, questions::ask),
        Route::get("/questions/{id}", Access::Action("question.read"), questions::show),
        Route::get("/questions/{id}/sheet", ASK, questions::sheet),
        Route::post("/questions/{id}/answer", Access::Action("question.answer"), questions::answer),
        Route::post("/questions/{id}/close", ASK, questions::close),
        Route::get("/letters/{id}", Access::Action("letter.read"), letters::show),
        Route::post("/letters/{id}", Access::Action("letter.release"), letters::act),
        Route::get("/letters/{id}/{form}", Access::Action("letter.read"), letters::file),
        Route::get("/agencies/{id}", READ, work::agency),
        Route::get("/agencies/{id}/report", READ, reports::of_agency),
        Route::get("/duties", Access::Action("report.read"), duties::list),
        Route::get("/duties/new", DUTY, duties::new_form),
        Route::post("/duties/new", DUTY, duties::new),
        Route::get("/duties/{id}", Access::Action("duty.read"), duties::show),
        Route::post("/duties/{id}", DUTY, duties::change),
        Route::post("/duties/{id}/periods", DUTY, duties::open),
        Route::get("/periods/{id}", DUTY, duties::period),
        Route::post("/periods/{id}", DUTY, duties::period_change),
        Route::get("/k/{period}", Access::SignedIn, duties::mine),
        Route::post("/regimes", DUTY, duties::regime),
        Route::get("/reports", Access::Action("report.read"), reports::list),
        Route::get("/reports/{id}", Access::Action("report.read"), reports::show),
        Route::post("/reports/{id}", Access::Action("report.read"), reports::act).body_limit(body),
        Route::get("/reports/{id}/edit", Access::Action("report.write"), reports::edit_form),
        Route::post("/reports/{id}/edit", Access::Action("report.write"), reports::edit).body_limit(4 * 1024 * 1024),
        Route::get("/reports/{id}/sheet", Access::Action("report.write"), reports::sheet_get),
        Route::post("/reports/{id}/sheet", Access::Action("report.write"), reports::sheet_post).body_limit(SHEET_BODY),
        Route::get("/reports/{id}/{form}", Access::Action("report.read"), reports::file),
        Route::get("/board", READ, board::show),
        Route::get("/board/paper", READ, board::paper),
        Route::get("/board/ranking", READ, seeing::ranked),
        Route::get("/board/leaders", ASK, seeing::charge),
        Route::post("/board/leaders", ASK, seeing::charge_change),
        Route::get("/plans/{id}/map", READ, seeing::map),
    ]
}

/// The unit that a form names by its id or in words.
pub(crate) fn unknown_unit(field: &str, name: &str) -> Problem {
    Problem::bad_input("unknown-unit").with("name", name).field(field, "unknown-unit")
}

/// The body that a field of a form names.
pub(crate) fn unit(req: &Req, field: &str, name: &str) -> Result<UnitId, Problem> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    match req.app.get::<BodiesPort>()?.resolve(name, None) {
        Resolution::Unit { unit, .. } => Ok(unit),
        Resolution::Group { .. } | Resolution::Unknown => Err(unknown_unit(field, name)),
    }
}

pub(crate) use webkit::export::XLSX;

pub(crate) fn report_resource(
    req: &Req,
    row: &crate::reporting::store::report::ReportRow,
) -> Result<kernel::Resource, Problem> {
    crate::reporting::usecase::report_act::resource(&req.app, row)
}

/// A stored file as an attachment, under a name that every system accepts.
pub(crate) async fn attachment(req: &Req, file_name: &str, hash: &db::BlobHash) -> webkit::Outcome {
    let file = req.app.db().blobs().open(hash).await?;
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "txt"));
    let name = format!("{}.{}", kernel::text::file_stem(stem), kernel::text::file_stem(extension));
    Req::stored_file(&name, "application/octet-stream", file)
}
