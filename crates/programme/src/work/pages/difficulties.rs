//! A difficulty with the way it took; their register is `store::lists`.

use crate::ids::{DifficultyId, PartId, TargetId, TaskId};
use axum::extract::Path;
use kernel::{Code as _, Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Acted, Form, Outcome, Req, view};

use crate::{
    BodiesPort, pages,
    plans::{self, model::hands},
    work::{
        model::difficulty::{Difficulty, DifficultyState},
        store::{self, difficulty::HopRow},
        usecase::difficulty::{
            About, DifficultyAct, difficulty_act, difficulty_raise, of_unit, own_step, route_of, seen,
        },
    },
};

/// A difficulty as its page and the page of its task show it.
pub(crate) fn line(req: &Req, bodies: &BodiesPort, row: &Difficulty) -> Value {
    let name = |unit| bodies.body(unit).map(|body| body.name);
    let late = row.state == DifficultyState::Open && row.due_on.is_some_and(|due| due < req.ctx.today());
    let (look, words) =
        if late { ("late", "difficulty-late".to_owned()) } else { (row.state.look(), row.state.words()) };
    context! {
        id => row.id.to_string(), text => row.text.as_str(), proposal => row.proposal.as_str(), look, words,
        is_open => row.state == DifficultyState::Open, unit => name(row.unit), holder => row.holder.and_then(name),
        due => row.due_on.map(|due| due.to_string()), raised_at => row.raised_at, answer => row.answer.as_deref(), rev => row.rev,
    }
}

async fn page(req: &Req, id: DifficultyId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let row = seen(&req.app, &req.ctx, &conn, id).await?;
    let plan = plans::store::plan::get(&conn, row.plan).await?.ok_or_else(Problem::not_found)?;
    let hops = store::difficulty::hops(&conn, id).await?;
    let name = |unit| bodies.body(UnitId::from_uuid(unit)).map(|body| body.name);
    let short = |unit| bodies.body(unit).map(|body| body.short_name);
    let task = match row.part {
        Some(part) => store::part::get(&conn, part).await?,
        None => None,
    };
    let been: Vec<_> = hops.iter().map(|hop| hop.unit_id).chain([row.unit.uuid()]).collect();
    let route = route_of(&req.app, &plan).await?;
    let ahead = route.iter().find(|stop| !been.contains(&stop.unit_id));
    let may = |unit| req.app.authorizer().check(&req.ctx, "difficulty.answer", &of_unit(&row, unit)).is_ok();
    let (may_answer, may_withdraw) = (may(row.holder), may(Some(row.unit)));
    let before = hops.iter().rev().nth(1).map(|hop| UnitId::from_uuid(hop.unit_id));
    let took = match row.state {
        DifficultyState::Open => before.is_some() && may(before),
        DifficultyState::Withdrawn => may_withdraw,
        DifficultyState::Answered => may_answer,
    };
    let may_take_back = took && own_step(&req.ctx, &row, &hops).is_ok();
    let raised = Acted::new(&row.actor, row.raised_at, Some(row.acted_by.unwrap_or(row.unit)));
    let left = |hop: &HopRow| {
        let mark = hop.hand.as_deref().unwrap_or("unknown");
        Acted::new(mark, hop.left_at.unwrap_or_default(), Some(UnitId::from_uuid(hop.unit_id)))
    };
    let mut who = req.app.who(&std::iter::once(raised).chain(hops.iter().map(left)).collect::<Vec<_>>()).await?;
    let raised = who.remove(0);
    let hops: Vec<Value> = hops.iter().zip(who).map(|(hop, who)| {
        context! { who => hop.hand.is_some().then(|| view(who)), unit => name(hop.unit_id), via => hop.via_id.and_then(name), received_at => hop.received_at, due => hop.due_on.clone(), left_at => hop.left_at, outcome => hop.outcome.clone(), text => hop.text.as_str() }
    }).collect();
    // Who raised it does not settle it.
    let may_answer = may_answer && !hands::is_own(&req.ctx.actor, row.hand.as_deref(), &row.actor);
    Ok(context! {
        row => line(req, bodies, &row), raised => view(raised), acted_by => row.acted_by.and_then(short), own => short(row.unit), hops, may_answer, may_take_back, may_withdraw,
        ahead => ahead.map(|stop| context! { unit => name(stop.unit_id), if_exceeds => stop.if_exceeds }),
        plan => context! { id => plan.id().to_string(), label => plan.short_label() },
        task => task.map(|part| context! { id => TaskId::from_uuid(part.task_id).to_string(), part => part.id().to_string(), text => part.text }),
    })
}

pub async fn show(req: Req, Path(id): Path<DifficultyId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/difficulty.html", page).await
}

#[derive(Deserialize)]
pub struct Raise {
    #[serde(default)]
    text: String,
    #[serde(default)]
    proposal: String,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn raise(req: Req, Path(id): Path<PartId>, Form(form): Form<Raise>) -> Outcome {
    let about = About::Part(id);
    let id = difficulty_raise(&req.app, &req.ctx, about, &form.text, &form.proposal, form.on_behalf).await?;
    Ok(Req::go(&format!("/difficulties/{id}"), "difficulty-raised"))
}

#[derive(Deserialize)]
pub struct RaiseOnTarget {
    unit: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    proposal: String,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn raise_on_target(req: Req, Path(id): Path<TargetId>, Form(form): Form<RaiseOnTarget>) -> Outcome {
    let about = About::Target(id, pages::unit(&req, "unit", &form.unit)?);
    let id = difficulty_raise(&req.app, &req.ctx, about, &form.text, &form.proposal, form.on_behalf).await?;
    Ok(Req::go(&format!("/difficulties/{id}"), "difficulty-raised"))
}

#[derive(Deserialize)]
pub struct Act {
    rev: i64,
    act: DifficultyAct,
    #[serde(default)]
    words: String,
}

pub async fn act(req: Req, Path(id): Path<DifficultyId>, Form(form): Form<Act>) -> Outcome {
    difficulty_act(&req.app, &req.ctx, id, form.rev, form.act, &form.words).await?;
    Ok(Req::go(&format!("/difficulties/{id}"), "saved"))
}
