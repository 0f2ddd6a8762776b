//! The pages of systems; their register is `list`, and what their forms do is in `api`.

pub mod figures;

use axum::extract::Path;
use kernel::Code;
use minijinja::{Value, context};
use webkit::{Answers, FormPage, ImportAct, ImportPage, Kept as _, Outcome, Record as _, Req, told, view};

use crate::{
    model::{LinkKind, System, SystemId},
    store::confirmation::Round,
    usecase::{confirm, import, link},
};

pub async fn new_form(req: Req) -> Outcome {
    let owner = req.ctx.actor.posts().first().map(|post| post.unit);
    let now =
        Answers::default().with_some("owner", owner).with("state", "operating").with("kind", "information_system");
    let above = ("/systems".into(), "nav-systems".into());
    FormPage { fields: System::FIELDS, now, title: "system-add", above, rev: None }.show(&req).await
}

pub async fn edit_form(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    system.check(&req.app, &req.ctx)?;
    let (now, rev, above) = (system.answers(), Some(system.rev), (format!("/systems/{id}"), system.name.to_string()));
    FormPage { fields: System::FIELDS, now, title: "system-edit", above, rev }.show(&req).await
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    let system = System { operator_id: system.operator_id.or(Some(system.owner_id)), ..system };
    let page = context! {
        system => view(&system), look => system.state.look(), kind => system.kind.words(), state => system.state.words(),
        said => told(&req, &system, &["name", "kind", "state"]),
        links => view(link::links_of(&req.app, &req.ctx, &conn, id).await?),
        kinds => req.choices(LinkKind::KEY, LinkKind::CODES.iter().copied().chain([link::USED_BY])),
        may_edit => system.check(&req.app, &req.ctx).is_ok(),
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/system.html", page).await
}

pub async fn confirmations(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let rounds = confirm::rounds(&req.app, &req.ctx, &req.app.db().read()).await?;
    let row = |round: &Round| {
        let unit = round.owner_id;
        let may = confirm::may_confirm(&req.app, &req.ctx, unit).is_ok();
        let name = bodies.body(unit).map(|body| body.name);
        context! { unit => unit.to_string(), name, may, round => view(round) }
    };
    let confirmed = rounds.iter().filter(|round| round.unconfirmed == 0).count();
    let rows: Vec<Value> = rounds.iter().map(row).collect();
    req.page("registry/confirmations.html", context! { rows, confirmed, year => req.ctx.today().year() }).await
}

pub static IMPORT: ImportAct<System> = ImportAct {
    path: "/systems/import",
    action: "registry.import",
    page: ImportPage { title: "system-import", above: ("/systems", "nav-systems"), unit: None },
    done: "systems-imported",
    preview: |core, ctx, bytes| Box::pin(import::systems_preview(core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(import::systems_import(core, ctx, preview)),
};
