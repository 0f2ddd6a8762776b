//! The frozen lists of all owners: who has one, who approved it; making them, and the page before they are approved.

use db::Words;
use kernel::{Problem, Resource, UnitId, day};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Confirm, FluentValue, Form, Outcome, Req};

use super::shown::words;
use crate::{
    model::figures::{APPROVE, KEEP},
    store::figures::baseline,
    usecase::figures::{
        baseline_approve::{baseline_approve, mark, to_approve},
        baseline_make::{Plan, baseline_make},
        value::Seen,
    },
};

/// The unit for which the reader would act: that of their first post.
fn own(req: &Req) -> Option<UnitId> {
    req.ctx.actor.posts().first().map(|post| post.unit)
}

fn may(req: &Req, action: &'static str, unit: Option<UnitId>) -> bool {
    unit.is_some_and(|unit| req.app.authorizer().check(&req.ctx, action, &Resource::kept("System", unit)).is_ok())
}

pub async fn page(req: Req) -> Outcome {
    let (conn, bodies) = (req.app.db().read(), req.app.bodies());
    let seen = Seen::of(&req.app, &req.ctx, None)?;
    let lists = baseline::all(&conn).await?;
    let lacking: Vec<UnitId> = baseline::owners(&conn)
        .await?
        .into_iter()
        .filter(|owner| seen.has(*owner) && !lists.iter().any(|list| list.unit_id == *owner))
        .collect();
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let mut shown: Vec<_> = lists.iter().filter(|list| seen.has(list.unit_id)).collect();
    shown.sort_by_cached_key(|list| bodies.body(list.unit_id).map(|body| body.sort).unwrap_or_default());
    let open = shown.iter().filter(|list| list.approved_on.is_none()).count();
    let row = |list: &&baseline::Summary| {
        context! {
            id => list.id.to_string(), name => name(list.unit_id), as_of => list.as_of.to_string(),
            approved_on => list.approved_on.map(|on| on.to_string()), systems => list.systems, counted => list.counted,
            eligible => list.eligible,
        }
    };
    let unit = own(&req);
    let page = context! {
        rows => shown.iter().map(row).collect::<Vec<Value>>(), open,
        lacking => lacking.iter().map(|unit| name(*unit)).collect::<Vec<_>>(),
        may_make => may(&req, KEEP.action, unit), may_approve => may(&req, APPROVE.action, unit),
        own => unit.map(|unit| bodies.written(unit, req.ctx.today())), own_id => unit.map(|unit| unit.to_string()),
    };
    req.page("registry/baselines.html", page).await
}

#[derive(Deserialize)]
pub struct MakeForm {
    unit: String,
    as_of: String,
    #[serde(default)]
    plan: String,
}

pub async fn make(req: Req, Form(form): Form<MakeForm>) -> Outcome {
    let unit = req.app.bodies().meant(&form.unit, req.ctx.today());
    let unit = unit.map_err(|problem| problem.field("unit", "unknown-unit-field"))?;
    let as_of = day::read(&form.as_of).ok_or_else(|| Problem::bad_input("bad-day").field("as_of", "bad-day"))?;
    let plan = Plan { words: Words::some(&form.plan), id: None, as_of };
    baseline_make(&req.app, &req.ctx, unit, &plan).await?;
    Ok(Req::go("/systems/baselines", "baseline-made"))
}

/// The body at which lists are approved: the one that is asked for, else the reader's own.
fn asked(req: &Req) -> Result<UnitId, Problem> {
    match req.query("unit") {
        Some(unit) => unit.parse().map_err(|_| Problem::not_found()),
        None => own(req).ok_or_else(Problem::not_found),
    }
}

/// What will be measured by, once it is approved.
pub async fn ask(req: Req) -> Outcome {
    let unit = asked(&req)?;
    // What is shown and its mark are of one moment.
    let (open, seen) = {
        let moment = req.app.db().snapshot().await?;
        let open = to_approve(&req.app, &req.ctx, &moment, unit).await?;
        let seen = mark(&moment, &open).await?;
        (open, seen)
    };
    asking(&req, unit, &open, seen).show(&req).await
}

fn asking(req: &Req, unit: UnitId, open: &[baseline::Summary], seen: String) -> Confirm {
    let name = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    let args = [
        ("lists", FluentValue::from(open.len())),
        ("systems", FluentValue::from(open.iter().map(|list| list.counted).sum::<i64>())),
        ("eligible", FluentValue::from(open.iter().map(|list| list.eligible).sum::<i64>())),
    ];
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &args);
    let confirm = Confirm {
        title: text("baseline-approve"),
        above: "/systems/baselines".into(),
        above_name: text("nav-systems-baselines"),
        says: vec![text("baseline-approve-what"), text("baseline-approve-then")],
        carried: vec![("unit", unit.to_string()), ("seen", seen)],
        button: text("baseline-approve"),
        after: text("baseline-approve-after"),
        ..Confirm::default()
    };
    let line = |list: &baseline::Summary| format!("{}: {}", name(list.unit_id), list.counted);
    confirm.list(words(req, "baseline-approve-lists"), open.iter().map(line).collect())
}

#[derive(Deserialize)]
pub struct ApproveForm {
    unit: String,
    /// The mark of the page before.
    #[serde(default)]
    seen: String,
}

pub async fn approve(req: Req, Form(form): Form<ApproveForm>) -> Outcome {
    let unit = form.unit.parse().map_err(|_| Problem::not_found())?;
    baseline_approve(&req.app, &req.ctx, unit, &form.seen).await?;
    Ok(Req::go("/systems/baselines", "baseline-approved"))
}
