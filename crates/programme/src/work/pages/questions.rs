//! Asking, and a question with its answers; their register is `store::lists`.

use crate::ids::{PartId, QuestionId, TaskId};
use axum::extract::Path;
use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{
    Acted, Form, Outcome, Req, Who,
    book::{Page, book},
    view,
};

use crate::{
    BodiesPort, pages,
    plans::usecase::behalf,
    work::{
        model::question::Question,
        pages::part::day,
        store::{self, question::AnswerRow},
        usecase::question::{Seen, explain_ask, question_answer, question_ask, question_close, seen},
    },
};

/// A question as its page and the page of its task show it.
pub(crate) fn line(req: &Req, bodies: &BodiesPort, row: &Question) -> Value {
    let late = row.closed_at.is_none() && row.due_on.is_some_and(|due| due < req.ctx.today());
    context! {
        id => row.id.to_string(), text => row.text.as_str(), due => row.due_on.map(|due| due.to_string()), asked_at => row.asked_at, late,
        asked_by => bodies.body(row.asked_by).map(|body| body.name), closed => row.closed_at.is_some(), rev => row.rev,
    }
}

fn answer_view(req: &Req, row: &AnswerRow, who: Who) -> Value {
    let (bodies, unit) = (req.app.bodies(), row.unit());
    let short = |unit| bodies.body(unit).map(|body| body.short_name);
    context! {
        who => view(who), unit_id => unit.to_string(), unit => bodies.body(unit).map(|body| body.name), text => row.text.as_deref(), answered_at => row.answered_at,
        acted_by => row.acted_by.map(UnitId::from_uuid).and_then(short), own => short(unit), behalf => behalf::acting(&req.app, &req.ctx, unit).and_then(short),
    }
}

pub async fn new_form(req: Req) -> Outcome {
    req.page("programme/question_new.html", context! {}).await
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

pub async fn ask(req: Req, Form(form): Form<Ask>) -> Outcome {
    let (units, due) = (pages::units(&req, None, "units", &form.units)?, day("due_on", &form.due_on)?);
    let id = question_ask(&req.app, &req.ctx, &units, &form.text, due).await?;
    Ok(Req::go(&format!("/questions/{id}"), "question-asked"))
}

/// Who asked, and who gave each answer.
async fn who(req: &Req, seen: &Seen) -> Result<(Who, Vec<Who>), Problem> {
    let (question, answers) = (&seen.question, seen.answers.iter());
    let asked = Acted::new(&question.actor, question.asked_at, Some(question.asked_by));
    let answer = |row: &AnswerRow| {
        let mark = row.actor.as_deref().unwrap_or("unknown");
        Acted::new(mark, row.answered_at.unwrap_or_default(), Some(row.acted_by.map_or(row.unit(), UnitId::from_uuid)))
    };
    let mut who = req.app.who(&std::iter::once(asked).chain(answers.map(answer)).collect::<Vec<_>>()).await?;
    Ok((who.remove(0), who))
}

async fn page(req: &Req, id: QuestionId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let seen = seen(&req.app, &req.ctx, &conn, id).await?;
    let part = match seen.question.part {
        Some(part) => store::part::get(&conn, part).await?,
        None => None,
    };
    let (asked, answered) = who(req, &seen).await?;
    let answers: Vec<(UnitId, Value)> =
        seen.answers.iter().zip(answered).map(|(row, who)| (row.unit(), answer_view(req, row, who))).collect();
    // Who asked does not answer: nothing is offered that would be refused.
    let own = answers.iter().filter(|(unit, _)| seen.own.contains(unit) && !seen.is_by_reader);
    let history = if seen.is_asker { webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await? } else { vec![] };
    Ok(context! {
        row => line(req, bodies, &seen.question), asked => view(asked), own => own.map(|(_, answer)| answer.clone()).collect::<Vec<_>>(),
        all => answers.into_iter().map(|(_, answer)| answer).collect::<Vec<_>>(), may_close => seen.is_asker, by_reader => seen.is_by_reader, history => view(history),
        answered => seen.answers.iter().filter(|row| row.answered_at.is_some()).count(),
        part => part.map(|part| context! { id => part.id().to_string(), task => TaskId::from_uuid(part.task_id).to_string(), text => part.text }),
    })
}

pub async fn show(req: Req, Path(id): Path<QuestionId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/question.html", page).await
}

/// All answers as a sheet, for who asked.
pub async fn sheet(req: Req, Path(id): Path<QuestionId>) -> Outcome {
    let bodies = req.app.bodies();
    let seen = seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    if !seen.is_asker {
        return Err(Problem::forbidden().into());
    }
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let heads = ["agency", "answer", "answered-at", "answered-by"].map(text).to_vec();
    let (_, answered) = who(&req, &seen).await?;
    let line = |(row, who): (&AnswerRow, Who)| {
        let at = row.answered_at.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
        vec![
            bodies.body(row.unit()).map(|body| body.name).unwrap_or_default().into(),
            row.text.clone().unwrap_or_default().into_string().into(),
            at.map(|at| kernel::day::show_instant(at, req.ctx.lang)).unwrap_or_default().into(),
            who.name.filter(|_| at.is_some()).unwrap_or_default().into(),
        ]
    };
    let rows = seen.answers.iter().zip(answered).map(line).collect();
    let title = seen.question.text.to_string();
    let page = Page { name: text("answer"), title, notes: vec![webkit::as_of(&req)], heads, rows, total: None };
    Req::file("tra-loi.xlsx", pages::XLSX, book(&[page])?)
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
    #[serde(default)]
    on_behalf: bool,
}

pub async fn answer(req: Req, Path(id): Path<QuestionId>, Form(form): Form<AnswerForm>) -> Outcome {
    question_answer(&req.app, &req.ctx, id, form.unit, &form.text, form.on_behalf).await?;
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
