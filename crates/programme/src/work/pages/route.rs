//! The way that difficulties of a plan take: as the plan's page tells it, and as who steers the plan sets it.

use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    Error, pages,
    plans::{self, store::plan::PlanRow, usecase::review::resource},
    work::{
        store::{self, difficulty::RouteRow},
        usecase::{
            difficulty::{DAYS, route_of},
            route::{Stop, days_wrong, route_set},
        },
    },
};

/// Rows that wait for one more body.
const SPARE: usize = 3;

fn stop(req: &Req, row: &RouteRow) -> Value {
    let name = |unit| req.app.bodies().body(UnitId::from_uuid(unit)).map(|body| body.name);
    context! { unit => name(row.unit_id), via => row.via_id.and_then(name), days => row.days, if_exceeds => row.if_exceeds }
}

/// The stops in their order; the plan's own words for them, where it has any.
pub(crate) async fn of_plan(req: &Req, plan: &PlanRow) -> Result<Value, Problem> {
    let own = store::difficulty::route(&req.app.db().read(), plan.id()).await?;
    let is_usual = own.is_empty();
    let rows = if is_usual { route_of(&req.app, plan).await? } else { own };
    let source = rows.first().map(|row| row.source.clone()).filter(|source| !source.is_empty());
    let stops: Vec<Value> = rows.iter().map(|row| stop(req, row)).collect();
    Ok(context! { stops, is_usual, source })
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, id).await?;
    req.app.authorizer().check(&req.ctx, "plan.approve", &resource(&plan, &roles))?;
    if plan.state != "live" {
        return Err(Error::WrongState.into());
    }
    let plan_view = context! { id => id.to_string(), label => plan.short_label() };
    let spare = vec![context! { unit => "", via => "", days => DAYS, if_exceeds => false }; SPARE];
    req.page("programme/route.html", context! { plan => plan_view, route => of_plan(&req, &plan).await?, spare }).await
}

#[derive(Deserialize)]
pub struct RouteForm {
    #[serde(default)]
    unit: Vec<String>,
    /// The body through which it goes to this one, one value per stop; empty where it goes straight.
    #[serde(default)]
    via: Vec<String>,
    #[serde(default)]
    days: Vec<String>,
    /// "1" where the stop is only for what exceeds the one before; one value per stop.
    #[serde(default)]
    exceeds: Vec<String>,
}

fn nth(list: &[String], at: usize) -> &str {
    list.get(at).map_or("", |text| text.trim())
}

/// The stops of a plan's route, one after the other; rows without a body are left out.
pub async fn set(req: Req, Path(id): Path<PlanId>, Form(form): Form<RouteForm>) -> Outcome {
    let mut stops = Vec::new();
    for (at, name) in form.unit.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        let via = Some(nth(&form.via, at)).filter(|via| !via.is_empty());
        let days = match nth(&form.days, at) {
            "" => DAYS,
            days => days.parse().map_err(|_| days_wrong())?,
        };
        stops.push(Stop {
            unit: pages::unit(&req, "unit", name)?,
            via: via.map(|via| pages::unit(&req, "via", via)).transpose()?,
            if_exceeds: nth(&form.exceeds, at) == "1",
            days,
        });
    }
    route_set(&req.app, &req.ctx, id, &stops).await?;
    Ok(Req::go(&format!("/plans/{id}"), "route-set"))
}
