//! The frozen lists of all owners: who has one, who approved it; making them, and the page before they are approved.

use kernel::UnitId;
use minijinja::{Value, context};
use webkit::{Confirm, FluentValue, Outcome, Req};

use super::shown::words;
use crate::{
    api::baselines::asked,
    model::figures::{APPROVE, KEEP},
    store::figures::baseline::Summary,
    usecase::figures::{
        baseline_approve::open_lists,
        baseline_list::{baseline_list, own},
    },
};

pub async fn page(req: Req) -> Outcome {
    let (lists, lacking) = baseline_list(&req.app, &req.ctx).await?;
    let bodies = req.app.bodies();
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let open = lists.iter().filter(|list| list.approved_on.is_none()).count();
    let row = |list: &Summary| {
        context! {
            id => list.id.to_string(), name => name(list.unit_id), as_of => list.as_of.to_string(),
            approved_on => list.approved_on.map(|on| on.to_string()), systems => list.systems, counted => list.counted,
            eligible => list.eligible,
        }
    };
    let (makes, approves) = (own(&req.app, &req.ctx, KEEP.action), own(&req.app, &req.ctx, APPROVE.action));
    let page = context! {
        rows => lists.iter().map(row).collect::<Vec<Value>>(), open,
        lacking => lacking.iter().map(|unit| name(*unit)).collect::<Vec<_>>(),
        may_make => makes.is_some(), own => makes.map(|unit| bodies.written(unit, req.ctx.today())),
        may_approve => approves.is_some(), own_id => approves.map(|unit| unit.to_string()),
    };
    req.page("registry/baselines.html", page).await
}

/// What will be measured by, once it is approved.
pub async fn ask(req: Req) -> Outcome {
    let unit = asked(&req)?;
    let (open, seen) = open_lists(&req.app, &req.ctx, unit).await?;
    asking(&req, unit, &open, seen).show(&req).await
}

fn asking(req: &Req, unit: UnitId, open: &[Summary], seen: String) -> Confirm {
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
    let line = |list: &Summary| format!("{}: {}", name(list.unit_id), list.counted);
    confirm.list(words(req, "baseline-approve-lists"), open.iter().map(line).collect())
}
