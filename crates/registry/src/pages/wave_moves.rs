//! The waves as projects carry them out: how far each is, and which of its systems still lack a project.

use std::collections::HashMap;

use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Outcome, Req, view};

use crate::{
    model::{System, moves::MigrationState},
    usecase::moves::{
        open::{may_move, may_open},
        wave::{Turn, progress, systems, turns},
    },
};

/// A system of the wave with its project, or with the form that opens one for who may.
fn row(req: &Req, turn: &Turn, system: &System) -> Value {
    let may = || may_open(&req.app, &req.ctx, system).is_ok() && may_move(system).is_ok();
    let href = match turn.project {
        Some((id, _)) => Some(format!("/migrations/{id}")),
        None => may().then(|| format!("/systems/{}/migrate", turn.system)),
    };
    let state = turn.project.map(|(_, state)| (state.words(), state.look()));
    let owner = req.app.bodies().body(system.owner_id).map(|body| body.short_name);
    let (state, look) = state.unzip();
    context! { name => system.name.as_str(), owner, state, look, href }
}

pub async fn show(req: Req) -> Outcome {
    let all = turns(&req.app, &req.ctx).await?;
    let wave = req.query("wave").and_then(|text| text.parse::<i64>().ok());
    let own: Vec<&Turn> = all.iter().filter(|turn| Some(turn.wave) == wave).collect();
    let systems = systems(&req.app.db().read(), &own).await?;
    let items = own.iter().filter_map(|turn| Some(row(&req, turn, systems.get(&turn.system)?)));
    let page = context! {
        waves => view(progress(&req.app.db().read(), &all).await?), wave => wave.filter(|_| !own.is_empty()),
        items => items.collect::<Vec<Value>>(),
        states => ["planned", "running", "cut_over", "accepted", "rolled_back"],
        words => MigrationState::ALL.iter().map(|state| (state.code(), state.words())).collect::<HashMap<_, _>>(),
    };
    req.page("registry/wave_moves.html", page).await
}
