//! Difficulties: what waits for my answer, what my bodies raised, one with the way it took; and the plan's route.

use axum::extract::Path;
use kernel::{
    PlanId, Problem, TaskId, UnitId,
    ids::{DifficultyId, PartId, TargetId},
};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    BodiesPort, pages, plans,
    work::{
        store::{self, difficulty::DifficultyRow},
        usecase::{
            difficulty::{About, DifficultyAct, difficulty_act, difficulty_raise, own_step, resource, route_of},
            route::{Stop, route_set},
        },
    },
};

const LISTED: u64 = 100;

/// A difficulty as lists and the page of its task show it.
pub(crate) fn line(req: &Req, bodies: &BodiesPort, row: &DifficultyRow) -> Value {
    let name = |unit| bodies.body(UnitId::from_uuid(unit)).map(|body| body.name);
    let today = req.ctx.today().to_string();
    let late = row.state == "open" && row.due_on.as_ref().is_some_and(|due| *due < today);
    context! {
        id => DifficultyId::from_uuid(row.id).to_string(), text => row.text.as_str(), proposal => row.proposal.as_str(), state => row.state.clone(), late,
        unit => name(row.unit_id), holder => row.holder_id.and_then(name), due => row.due_on.clone(), raised_at => row.raised_at,
        answer => row.answer.as_deref(), answered_at => row.answered_at, rev => row.rev,
    }
}

pub async fn list(req: Req) -> Outcome {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let scope = req.app.authorizer().scope(&req.ctx);
    let units = (!scope.everything).then_some(scope.subtree.as_slice());
    let own = (!scope.everything).then_some(scope.own.as_slice());
    let lines = |rows: Vec<DifficultyRow>| rows.iter().map(|row| line(&req, bodies, row)).collect::<Vec<_>>();
    let held = lines(store::difficulty::held_by(&conn, own, LISTED).await?);
    let raised = lines(store::difficulty::seen_by(&conn, units, LISTED).await?);
    req.page("programme/difficulties.html", context! { held, raised }).await
}

async fn page(req: &Req, id: DifficultyId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let row = store::difficulty::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let authorizer = req.app.authorizer();
    let plan = plans::store::plan::get(&conn, PlanId::from_uuid(row.plan_id)).await?.ok_or_else(Problem::not_found)?;
    let hops = store::difficulty::hops(&conn, id).await?;
    let circle: Vec<UnitId> = hops
        .iter()
        .map(|hop| UnitId::from_uuid(hop.unit_id))
        .chain([UnitId::from_uuid(row.unit_id), plan.follower()])
        .collect();
    let seen = kernel::Resource { involved: circle, ..resource(&row) };
    let above = kernel::Resource { unit: Some(UnitId::from_uuid(row.unit_id)), ..seen.clone() };
    authorizer
        .check(&req.ctx, "difficulty.read", &seen)
        .or_else(|_| authorizer.check(&req.ctx, "difficulty.read", &above))?;
    let name = |unit| bodies.body(UnitId::from_uuid(unit)).map(|body| body.name);
    let task = match row.part_id {
        Some(part) => store::part::get(&conn, PartId::from_uuid(part)).await?,
        None => None,
    };
    let been: Vec<_> = hops.iter().map(|hop| hop.unit_id).chain([row.unit_id]).collect();
    let route = route_of(&req.app, &plan).await?;
    let ahead = route.iter().find(|stop| !been.contains(&stop.unit_id));
    let hops_of_row = hops;
    let hops: Vec<Value> = hops_of_row.iter().map(|hop| {
        context! { unit => name(hop.unit_id), via => hop.via_id.and_then(name), received_at => hop.received_at, due => hop.due_on.clone(), left_at => hop.left_at, outcome => hop.outcome.clone(), text => hop.text.as_str() }
    }).collect();
    let may_answer = authorizer.check(&req.ctx, "difficulty.answer", &resource(&row)).is_ok();
    let before = hops_of_row.iter().rev().nth(1).map(|hop| UnitId::from_uuid(hop.unit_id));
    let passed_on = before.is_some_and(|unit| {
        let of = kernel::Resource { unit: Some(unit), ..resource(&row) };
        authorizer.check(&req.ctx, "difficulty.answer", &of).is_ok()
    });
    let raiser = kernel::Resource { unit: Some(UnitId::from_uuid(row.unit_id)), ..resource(&row) };
    let may_withdraw = authorizer.check(&req.ctx, "difficulty.answer", &raiser).is_ok();
    let took = match row.state.as_str() {
        "open" => passed_on,
        "withdrawn" => may_withdraw,
        _ => may_answer,
    };
    let may_take_back = took && own_step(&req.ctx, &row, &hops_of_row).is_ok();
    Ok(context! {
        row => line(req, bodies, &row), hops, may_answer, may_take_back, may_withdraw,
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
}

pub async fn raise(req: Req, Path(id): Path<PartId>, Form(form): Form<Raise>) -> Outcome {
    let id = difficulty_raise(&req.app, &req.ctx, About::Part(id), &form.text, &form.proposal).await?;
    Ok(Req::go(&format!("/difficulties/{id}"), "difficulty-raised"))
}

#[derive(Deserialize)]
pub struct RaiseOnTarget {
    unit: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    proposal: String,
}

pub async fn raise_on_target(req: Req, Path(id): Path<TargetId>, Form(form): Form<RaiseOnTarget>) -> Outcome {
    let about = About::Target(id, pages::unit(&req, "unit", &form.unit)?);
    let id = difficulty_raise(&req.app, &req.ctx, about, &form.text, &form.proposal).await?;
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

#[derive(Deserialize)]
pub struct RouteForm {
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    days: Vec<String>,
    /// "1" where the stop is only for what exceeds the one before; one value per stop.
    #[serde(default)]
    exceeds: Vec<String>,
}

/// The stops of a plan's route, one after the other; rows without a body are left out.
pub async fn route(req: Req, Path(id): Path<PlanId>, Form(form): Form<RouteForm>) -> Outcome {
    let mut stops = Vec::new();
    for (at, name) in form.unit.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        let days = form.days.get(at).map_or("5", |days| days.trim()).parse();
        stops.push(Stop {
            unit: pages::unit(&req, "unit", name)?,
            if_exceeds: form.exceeds.get(at).is_some_and(|value| value == "1"),
            days: days.map_err(|_| Problem::bad_input("days-wrong"))?,
        });
    }
    route_set(&req.app, &req.ctx, id, &stops).await?;
    Ok(Req::go(&format!("/plans/{id}"), "route-set"))
}
