//! Questions: those I must answer, those I asked, one with all its answers.

use axum::extract::Path;
use kernel::{
    Problem, Resolution, Resource, TaskId, UnitId,
    ids::{PartId, QuestionId},
};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, export};

use crate::{
    BodiesPort, pages,
    plans::usecase::names::bounded,
    work::{
        pages::part::day,
        store::{
            self,
            question::{AnswerRow, QuestionRow},
        },
        usecase::question::{explain_ask, question_answer, question_ask, question_close},
    },
};

const LISTED: u64 = 100;

pub(crate) fn line(req: &Req, bodies: &BodiesPort, row: &QuestionRow) -> Value {
    let today = req.ctx.today().to_string();
    let late = row.closed_at.is_none() && row.due_on.as_ref().is_some_and(|due| *due < today);
    context! {
        id => QuestionId::from_uuid(row.id).to_string(), text => row.text.as_str(), due => row.due_on.clone(), asked_at => row.asked_at, late,
        asked_by => bodies.body(UnitId::from_uuid(row.asked_by)).map(|body| body.name), closed => row.closed_at.is_some(), rev => row.rev,
        about_line => row.part_id.is_some(),
    }
}

fn answer_view(bodies: &BodiesPort, row: &AnswerRow) -> Value {
    let unit = UnitId::from_uuid(row.unit_id);
    context! { unit_id => unit.to_string(), unit => bodies.body(unit).map(|body| body.name), text => row.text.as_deref(), answered_at => row.answered_at }
}

async fn lists(req: &Req) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let scope = req.app.authorizer().scope(&req.ctx);
    let own = (!scope.everything).then_some(scope.own.as_slice());
    let mut asked = Vec::new();
    for row in store::question::asked_by(&conn, own, LISTED).await? {
        let answers = store::question::answers(&conn, QuestionId::from_uuid(row.id)).await?;
        let answered = answers.iter().filter(|answer| answer.answered_at.is_some()).count();
        asked.push(context! { answered, all => answers.len(), ..line(req, bodies, &row) });
    }
    let waiting = store::question::waiting_for(&conn, &scope.own, LISTED).await?;
    let waiting: Vec<Value> = waiting.iter().map(|row| line(req, bodies, row)).collect();
    let may_ask = req.app.authorizer().check_route(&req.ctx, "question.ask").is_ok();
    Ok(context! { asked, waiting, may_ask, text => "", units => "", due_on => "" })
}

pub async fn list(req: Req) -> Outcome {
    let page = lists(&req).await?;
    req.page("programme/questions.html", page).await
}

#[derive(Deserialize)]
pub struct Ask {
    #[serde(default)]
    text: String,
    /// Bodies and groups, parted by semicolons.
    #[serde(default)]
    units: String,
    #[serde(default)]
    due_on: String,
}

/// The bodies that a list of names means; a group is its members.
pub(crate) fn units(req: &Req, field: &str, names: &str) -> Result<Vec<UnitId>, Problem> {
    let bodies = req.app.get::<BodiesPort>()?;
    let mut out = Vec::new();
    let names = names.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    for name in bounded(names.collect())? {
        match bodies.resolve(&name, None) {
            Resolution::Unit { unit, .. } => out.push(unit),
            Resolution::Group { units, .. } => out.extend(units),
            Resolution::Unknown => return Err(pages::unknown_unit(field, &name)),
        }
    }
    Ok(out)
}

pub async fn ask(req: Req, Form(form): Form<Ask>) -> Outcome {
    let (units, due) = (units(&req, "units", &form.units)?, day("due_on", &form.due_on)?);
    let id = question_ask(&req.app, &req.ctx, &units, &form.text, due).await?;
    Ok(Req::go(&format!("/questions/{id}"), "question-asked"))
}

async fn page(req: &Req, id: QuestionId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let row = store::question::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let answers = store::question::answers(&conn, id).await?;
    let asker = UnitId::from_uuid(row.asked_by);
    let authorizer = req.app.authorizer();
    let of = |unit: UnitId, followed_by| Resource { kind: "Task", followed_by, ..Resource::unit(unit) };
    let may_close = authorizer.check(&req.ctx, "question.ask", &of(asker, vec![asker])).is_ok();
    let mine = |row: &&AnswerRow| {
        authorizer.check(&req.ctx, "question.answer", &of(UnitId::from_uuid(row.unit_id), vec![])).is_ok()
    };
    let own: Vec<Value> = answers.iter().filter(mine).map(|row| answer_view(bodies, row)).collect();
    if !may_close && own.is_empty() {
        return Err(Problem::forbidden());
    }
    let part = match row.part_id {
        Some(part) => store::part::get(&conn, PartId::from_uuid(part)).await?,
        None => None,
    };
    let all: Vec<Value> =
        if may_close { answers.iter().map(|row| answer_view(bodies, row)).collect() } else { own.clone() };
    Ok(context! {
        row => line(req, bodies, &row), own, all, may_close, answered => answers.iter().filter(|row| row.answered_at.is_some()).count(),
        part => part.map(|part| context! { id => part.id().to_string(), task => TaskId::from_uuid(part.task_id).to_string(), text => part.text }),
    })
}

pub async fn show(req: Req, Path(id): Path<QuestionId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/question.html", page).await
}

/// All answers as a sheet.
pub async fn sheet(req: Req, Path(id): Path<QuestionId>) -> Outcome {
    let bodies = req.app.get::<BodiesPort>()?;
    let conn = req.app.db().read();
    let row = store::question::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let asker = UnitId::from_uuid(row.asked_by);
    let resource = Resource { kind: "Task", followed_by: vec![asker], ..Resource::unit(asker) };
    req.app.authorizer().check(&req.ctx, "question.ask", &resource)?;
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let headers = [text("agency"), text("answer"), text("answered-at")];
    let line = |row: &AnswerRow| {
        let at = row.answered_at.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
        vec![
            bodies.body(UnitId::from_uuid(row.unit_id)).map(|body| body.name).unwrap_or_default(),
            row.text.clone().unwrap_or_default().into_string(),
            at.map(|at| kernel::day::show_instant(at, req.ctx.lang)).unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = store::question::answers(&conn, id).await?.iter().map(line).collect();
    Req::file("tra-loi.xlsx", pages::XLSX, export::xlsx("Trả lời", &headers, &rows)?)
}

#[derive(Deserialize)]
pub struct Explain {
    #[serde(default)]
    text: String,
    #[serde(default)]
    due_on: String,
}

pub async fn explain(req: Req, Path(id): Path<PartId>, Form(form): Form<Explain>) -> Outcome {
    let question = explain_ask(&req.app, &req.ctx, id, &form.text, day("due_on", &form.due_on)?).await?;
    Ok(Req::go(&format!("/questions/{question}"), "question-asked"))
}

#[derive(Deserialize)]
pub struct AnswerForm {
    unit: UnitId,
    #[serde(default)]
    text: String,
}

pub async fn answer(req: Req, Path(id): Path<QuestionId>, Form(form): Form<AnswerForm>) -> Outcome {
    question_answer(&req.app, &req.ctx, id, form.unit, &form.text).await?;
    Ok(Req::go(&format!("/questions/{id}"), if form.text.trim().is_empty() { "undone" } else { "answered" }))
}

#[derive(Deserialize)]
pub struct CloseForm {
    rev: i64,
    #[serde(default)]
    reopen: bool,
}

pub async fn close(req: Req, Path(id): Path<QuestionId>, Form(form): Form<CloseForm>) -> Outcome {
    question_close(&req.app, &req.ctx, id, form.rev, !form.reopen).await?;
    Ok(Req::go(&format!("/questions/{id}"), "saved"))
}
