//! JSON endpoints under `/api/v1`.

use utoipa::OpenApi;
use webkit::{Access, Route};

use crate::{
    approve::api::plans,
    overview::api::board,
    plans::{
        api::{naming, review, rows},
        usecase::plan_import::LIMIT,
    },
    reporting::api::{duties, reports},
    targets::api::compare,
    work::api::{tasks, words, work},
};

pub fn routes() -> Vec<Route> {
    let body = usize::try_from(LIMIT).unwrap_or(usize::MAX) + 64 * 1024;
    vec![
        Route::get("/api/v1/plans", Access::Action("plan.read"), plans::list),
        Route::post("/api/v1/plans", Access::Action("plan.import"), plans::post).body_limit(body),
        Route::get("/api/v1/plans/{id}", Access::Action("plan.read"), plans::get),
        Route::get("/api/v1/plans/{id}/roles", Access::Action("plan.read"), plans::roles),
        Route::post("/api/v1/plans/{id}/roles", Access::Action("plan.approve"), plans::role),
        Route::post("/api/v1/plans/{id}/approve", Access::Action("plan.approve"), plans::approve),
        Route::post("/api/v1/plans/{id}/confirm", Access::Action("plan.confirm"), plans::confirm),
        Route::get("/api/v1/plans/{id}/cascade", Access::Action("plan.read"), compare::cascade),
        Route::get("/api/v1/plans/{id}/read-rows", Access::Action("plan.approve"), rows::list),
        Route::post("/api/v1/plans/{id}/read-rows", Access::Action("plan.approve"), rows::add),
        Route::post("/api/v1/read-rows/{id}", Access::Action("plan.approve"), rows::row),
        Route::post("/api/v1/read-targets/{id}", Access::Action("plan.approve"), rows::target),
        Route::post("/api/v1/plans/{id}/head", Access::Action("plan.approve"), naming::head),
        Route::post("/api/v1/plans/{id}/read-duties", Access::Action("plan.approve"), naming::duty),
        Route::post("/api/v1/plans/{id}/name-body", Access::Action("plan.approve"), naming::name_body),
        Route::get("/api/v1/plans/{id}/findings", Access::Action("plan.approve"), review::findings),
        Route::post("/api/v1/findings/{id}", Access::Action("plan.approve"), review::finding),
        Route::get("/api/v1/plans/{id}/links", Access::Action("plan.read"), review::links),
        Route::post("/api/v1/plans/{id}/links", Access::Action("plan.approve"), review::link),
        Route::get("/api/v1/targets", Access::Action("plan.read"), compare::targets),
        Route::get("/api/v1/board", Access::Action("task.read"), board::get),
        Route::get("/api/v1/tasks", Access::Action("task.read"), tasks::list),
        Route::post("/api/v1/tasks", Access::Action("plan.import"), work::assign),
        Route::get("/api/v1/parts/{id}", Access::Action("task.read"), work::part),
        Route::post("/api/v1/parts/{id}/acts", Access::Action("task.read"), work::act),
        Route::post("/api/v1/parts/{id}/difficulties", Access::Action("part.finish"), work::raise),
        Route::get("/api/v1/difficulties", Access::Action("difficulty.read"), work::difficulties),
        Route::post("/api/v1/difficulties/{id}", Access::Action("difficulty.answer"), work::difficulty),
        Route::post("/api/v1/parts/{id}/evidence", Access::Action("part.finish"), work::evidence).body_limit(body),
        Route::get("/api/v1/evidence/{id}/file", Access::Action("task.read"), work::evidence_file),
        Route::get("/api/v1/duties", Access::Action("duty.read"), duties::list),
        Route::get("/api/v1/duties/{id}", Access::Action("duty.read"), duties::get),
        Route::post("/api/v1/duties/{id}/periods", Access::Action("duty.edit"), duties::open),
        Route::get("/api/v1/periods/{id}", Access::Action("duty.edit"), duties::period),
        Route::post("/api/v1/periods/{id}/acts", Access::Action("duty.edit"), duties::act),
        Route::get("/api/v1/questions", Access::Action("question.read"), words::questions),
        Route::post("/api/v1/questions", Access::Action("question.ask"), words::ask),
        Route::get("/api/v1/questions/{id}", Access::Action("question.read"), words::question),
        Route::post("/api/v1/questions/{id}/acts", Access::Action("task.read"), words::act),
        Route::get("/api/v1/letters", Access::Action("letter.read"), words::letters),
        Route::post("/api/v1/letters/{id}", Access::Action("letter.release"), words::letter),
        Route::get("/api/v1/reports", Access::Action("report.read"), reports::list),
        Route::get("/api/v1/reports/{id}", Access::Action("report.read"), reports::get),
        Route::post("/api/v1/reports/{id}/acts", Access::Action("report.read"), reports::act),
        Route::post("/api/v1/targets/{id}/values", Access::Action("value.enter"), reports::value),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(
    plans::list,
    plans::post,
    plans::get,
    plans::roles,
    plans::role,
    plans::approve,
    plans::confirm,
    compare::cascade,
    compare::targets,
    rows::list,
    rows::add,
    rows::row,
    rows::target,
    naming::duty,
    naming::head,
    naming::name_body,
    review::findings,
    review::finding,
    review::links,
    review::link,
    board::get,
    tasks::list,
    work::assign,
    work::part,
    work::act,
    work::raise,
    work::difficulties,
    work::difficulty,
    work::evidence,
    work::evidence_file,
    duties::list,
    duties::get,
    duties::open,
    duties::period,
    duties::act,
    words::questions,
    words::ask,
    words::question,
    words::act,
    words::letters,
    words::letter,
    reports::list,
    reports::get,
    reports::act,
    reports::value
))]
struct Document;

pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
