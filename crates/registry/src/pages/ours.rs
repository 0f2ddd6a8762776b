//! The short form: what a body uses and what it has, on one page.

use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    model::{System, SystemHosting, SystemKind},
    usecase::ours::{self, Ours},
};

/// Lines for systems that are not listed yet.
const LINES: usize = 2;

pub async fn ours(req: Req) -> Outcome {
    let (core, ctx) = (&req.app, &req.ctx);
    let unit = ours::unit_of(core, ctx, &req.query("unit").unwrap_or_default())?;
    let Ours { unit, own, shared, may_confirm, unconfirmed } =
        ours::ours(core, ctx, &req.app.db().read(), unit).await?;
    let owner = |system: &System| core.bodies().body(system.owner_id).map(|body| body.short_name).unwrap_or_default();
    let shared: Vec<Value> = shared
        .iter()
        .map(|(system, is_used)| {
            let (id, name) = (system.id.to_string(), system.name.to_string());
            context! { id, name, owner => owner(system), is_used }
        })
        .collect();
    let own: Vec<Value> = own
        .iter()
        .map(|system| {
            let (id, name) = (system.id.to_string(), system.name.to_string());
            let (kind, hosting) = (system.kind.words(), system.hosting.words());
            context! { id, name, kind, hosting, is_unplaced => system.is_unplaced() }
        })
        .collect();
    let page = context! {
        unit => unit.to_string(), body => core.bodies().body(unit).map(|body| body.name).unwrap_or_default(),
        own, shared, may_confirm, unconfirmed, may_edit => ours::may_keep(core, ctx, unit).is_ok(),
        year => ctx.today().year().to_string(), lines => (1..=LINES).collect::<Vec<_>>(),
        kinds => SystemKind::MAIN.map(SystemKind::code).to_vec(), hostings => SystemHosting::CODES.to_vec(),
    };
    req.page("registry/ours.html", page).await
}
