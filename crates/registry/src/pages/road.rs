//! The road of one system: its migrations, its level dossiers, and what may be begun.

use axum::extract::Path;
use kernel::{Code as _, Resource};
use minijinja::{Value, context};
use webkit::{Kept as _, Outcome, Req, view};

use crate::{
    model::{
        System, SystemId,
        level::{Dossier, Overrule, is_operating, late_one},
        moves::Migration,
    },
    store::{level, moves},
    usecase::{
        level::guard::offers_overrule,
        moves::open::{may_move, may_open},
    },
};

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let (app, ctx, conn) = (&req.app, &req.ctx, req.app.db().read());
    let system = System::seen(app, ctx, &conn, id).await?;
    let migrations = Migration::all_seen(app, ctx, &conn, moves::of_system(&conn, id).await?).await?;
    let dossiers = Dossier::all_seen(app, ctx, &conn, level::of_system(&conn, id).await?).await?;
    let migration = |row: &Migration| {
        context! { row => view(row), look => row.state.look(), state => row.state.words(),
        strategy => row.strategy.words(), to => row.to_hosting.words() }
    };
    let late = late_one(&dossiers);
    let dossier = |row: &Dossier| {
        let is_late = late == Some(row.id);
        context! { row => view(row), look => row.state.look(), state => row.state.words(), is_late }
    };
    let overrules = level::overrules_of(&conn, id).await?;
    let overrule = |row: &Overrule| context! { on => row.on_day.to_string(), reason => row.reason.as_str() };
    let may = |action| app.check_today(ctx, action, Resource::kept("Dossier", system.owner_id)).is_ok();
    let may_run = may_open(app, ctx, &system).is_ok() && may_move(&system).is_ok();
    let page = context! {
        system => view(&system), migrations => migrations.iter().map(migration).collect::<Vec<Value>>(),
        dossiers => dossiers.iter().map(dossier).collect::<Vec<Value>>(), may_run,
        may_keep => may("level.keep") && may_move(&system).is_ok(),
        may_approve => may("level.approve") && may_move(&system).is_ok(),
        overrules => overrules.iter().map(overrule).collect::<Vec<Value>>(),
        may_overrule => offers_overrule(app, ctx, &system, &dossiers), operates => is_operating(system.state),
    };
    req.page("registry/road.html", page).await
}
