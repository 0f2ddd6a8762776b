//! The review page: the document on one side, what was read on the other, questions on top.

use axum::extract::Path;
use kernel::{PlanId, Resolution, ids::ReadRowId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    BodiesPort,
    model::row::{Named, Question, ReadTask},
    store::{self, read_row::ReviewRow},
    usecase::{
        plan_approve::plan_approve,
        review::{self, Act, Correction},
    },
};

fn named(name: &Named) -> Value {
    let (kind, means, count) = match &name.means {
        Resolution::Unit { name, certain: true, .. } => ("unit", name.clone(), 1),
        Resolution::Unit { name, certain: false, .. } => ("maybe", name.clone(), 1),
        Resolution::Group { name, units } => ("group", name.clone(), units.len()),
        Resolution::Unknown => ("unknown", String::new(), 0),
    };
    context! { text => name.text.clone(), kind, means, count }
}

fn question(req: &Req, question: &Question) -> Value {
    let (words, name) = question.words();
    let text = req.app.locales().text(req.ctx.lang, question.key(), &[("words", words.into()), ("name", name.into())]);
    context! { text, words, asks_body => matches!(question, Question::WhoIs(_) | Question::IsIt(..)) }
}

fn joined(names: &[Named]) -> String {
    names.iter().map(|named| named.text.as_str()).collect::<Vec<_>>().join("; ")
}

fn row_view(req: &Req, number: usize, row: &ReviewRow, on: bool) -> Value {
    let task: &ReadTask = &row.task;
    context! {
        number, on, id => row.id.to_string(), rev => row.rev, state => row.state.clone(), section => task.cited(), text => task.text.clone(),
        lead => task.lead.iter().map(named).collect::<Vec<_>>(), coordinating => task.coordinating.iter().map(named).collect::<Vec<_>>(),
        lead_text => joined(&task.lead), coordinating_text => joined(&task.coordinating), time => task.time.raw.clone(), result => task.result.clone(),
        parts => task.leads().len(), set_aside => task.set_aside.clone(),
        questions => task.questions().iter().map(|q| question(req, q)).collect::<Vec<_>>(),
    }
}

/// The document cut where spans begin and end, so that each span links to its row.
fn pieces(text: &str, rows: &[ReviewRow]) -> Vec<Value> {
    let mut spans: Vec<(usize, usize, usize)> =
        rows.iter().enumerate().map(|(at, row)| (row.task.start, row.task.end, at + 1)).collect();
    spans.sort_unstable();
    let mut out = Vec::new();
    let mut at = 0;
    for (start, end, number) in spans {
        if start < at || end > text.len() {
            continue;
        }
        out.extend(text.get(at..start).map(|plain| context! { text => plain, number => 0 }));
        out.extend(text.get(start..end).map(|marked| context! { text => marked, number }));
        at = end;
    }
    out.extend(text.get(at..).map(|plain| context! { text => plain, number => 0 }));
    out
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = review::plan_in_review(&req.app, &req.ctx, id).await?;
    let rows = store::read_row::list(&conn, id).await?;
    let text = store::plan::text(&conn, id).await?;
    let open = |row: &ReviewRow| row.state != "dropped" && !row.task.questions().is_empty();
    let questions: usize = rows.iter().filter(|row| open(row)).map(|row| row.task.questions().len()).sum();
    let wanted = req.query("row").and_then(|number| number.parse::<usize>().ok());
    let first_open =
        rows.iter().position(&open).or_else(|| rows.iter().position(|row| row.state == "open")).map_or(1, |at| at + 1);
    let on = wanted.unwrap_or(first_open);
    let next = rows
        .iter()
        .enumerate()
        .skip(on)
        .find(|(_, row)| open(row))
        .or_else(|| rows.iter().enumerate().find(|(_, row)| open(row)))
        .map(|(at, _)| at + 1);
    let seen = rows.iter().filter(|row| row.state != "open").count();
    let bodies = req.app.get::<BodiesPort>()?;
    let page = context! {
        plan => context! { id => id.to_string(), label => plan.short_label(), number => plan.number.clone(), title => plan.title.clone(), rev => plan.rev, follower => bodies.body(plan.follower()).map(|body| body.name) },
        pieces => pieces(&text, &rows), rows => (1..).zip(&rows).map(|(n, row)| row_view(&req, n, row, n == on)).collect::<Vec<_>>(),
        questions, next, seen, on,
    };
    req.page("programme/review.html", page).await
}

#[derive(Deserialize)]
pub struct RowForm {
    rev: i64,
    act: String,
    #[serde(default)]
    number: usize,
    #[serde(flatten)]
    correction: Correction,
}

pub async fn row(req: Req, Path(id): Path<ReadRowId>, Form(form): Form<RowForm>) -> Outcome {
    let act = match form.act.as_str() {
        "accept" => Some(Act::Accept),
        "drop" => Some(Act::Drop),
        "reopen" => Some(Act::Reopen),
        _ => None,
    };
    let (plan, next) = match act {
        Some(act) => (
            review::decide(&req.app, &req.ctx, id, form.rev, &act).await?,
            form.number + usize::from(form.act != "reopen"),
        ),
        None => (review::correct(&req.app, &req.ctx, id, form.rev, &form.correction).await?, form.number),
    };
    Ok(Req::go(&format!("/plans/{plan}/review?row={next}#row-{next}"), ""))
}

#[derive(Deserialize)]
pub struct NameBody {
    words: String,
    unit: String,
    #[serde(default)]
    number: usize,
}

pub async fn name_body(req: Req, Path(id): Path<PlanId>, Form(form): Form<NameBody>) -> Outcome {
    review::name_body(&req.app, &req.ctx, id, &form.words, super::unit(&req, &form.unit)?).await?;
    Ok(Req::go(&format!("/plans/{id}/review?row={}", form.number), "body-named"))
}

#[derive(Deserialize)]
pub struct Reason {
    reason: String,
}

pub async fn set_aside(req: Req, Path(id): Path<PlanId>, Form(form): Form<Reason>) -> Outcome {
    review::set_aside(&req.app, &req.ctx, id, &form.reason).await?;
    Ok(Req::go(&format!("/plans/{id}/review"), "set-aside"))
}

#[derive(Deserialize)]
pub struct Head {
    rev: i64,
    number: String,
    title: String,
    follower: String,
}

pub async fn head(req: Req, Path(id): Path<PlanId>, Form(form): Form<Head>) -> Outcome {
    let follower = super::unit(&req, &form.follower)?;
    review::head(&req.app, &req.ctx, id, form.rev, &form.number, &form.title, follower).await?;
    Ok(Req::go(&format!("/plans/{id}/review"), "head-saved"))
}

pub async fn approve(req: Req, Path(id): Path<PlanId>) -> Outcome {
    plan_approve(&req.app, &req.ctx, id).await?;
    Ok(Req::go(&format!("/plans/{id}"), "plan-live"))
}
