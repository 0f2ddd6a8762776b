//! The pages of systems; their register is `list`.

use axum::extract::{Multipart, Path};
use db::{Row as _, vals};
use kernel::{Code, UnitId, code::words_key};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Answers, Form, FormPage, ImportPage, Outcome, Record as _, Req, read_upload, view};

use crate::{
    model::{LinkInput, LinkKind, System, SystemId, Use, of_unit},
    store::confirmation::Round,
    usecase::{confirm, edit, import as taking, link as linking, seen},
};

fn above() -> (String, String) {
    ("/systems".into(), "nav-systems".into())
}

pub async fn new_form(req: Req) -> Outcome {
    let owner = req.ctx.actor.posts().first().map(|post| post.unit);
    let now =
        Answers::default().with_some("owner", owner).with("state", "operating").with("kind", "information_system");
    FormPage { fields: System::FIELDS, now, title: "system-add", above: above(), rev: None }.show(&req).await
}

pub async fn new(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let system = edit::system_add(&req.app, &req.ctx, &sent).await?;
    Ok(Req::go(&format!("/systems/{}", system.id), "system-saved"))
}

pub async fn edit_form(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.app.authorizer().check(&req.ctx, "registry.edit", &system.of_owner())?;
    let (now, rev, above) = (system.answers(), Some(system.rev), (format!("/systems/{id}"), system.name.to_string()));
    FormPage { fields: System::FIELDS, now, title: "system-edit", above, rev }.show(&req).await
}

pub async fn edit(req: Req, Path(id): Path<SystemId>, Form(sent): Form<Answers>) -> Outcome {
    let rev = sent.text("rev").parse().unwrap_or(0);
    edit::system_edit(&req.app, &req.ctx, id, rev, &sent).await?;
    Ok(Req::go(&format!("/systems/{id}"), "system-saved"))
}

pub async fn link(req: Req, Path(id): Path<SystemId>, Form(input): Form<LinkInput>) -> Outcome {
    linking::system_link(&req.app, &req.ctx, id, &input).await?;
    Ok(Req::go(&format!("/systems/{id}"), "system-saved"))
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let (conn, bodies) = (req.app.db().read(), req.app.bodies());
    let system = seen(&req.app, &req.ctx, &conn, id).await?;
    let may_edit = req.app.authorizer().check(&req.ctx, "registry.edit", &system.of_owner()).is_ok();
    let links = linking::links_of(&req.app, &req.ctx, &conn, id).await?;
    let line = |link: &linking::Linked| {
        let key = if link.is_own { "system-link" } else { "system-linked" };
        let words = words_key(key, link.relation.kind.code());
        let (other, name) = (link.other.to_string(), link.name.clone());
        context! { id => link.relation.id.to_string(), words, other, name, is_own => link.is_own }
    };
    let body = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let users = Use::find(&conn, "WHERE system_id = $1 ORDER BY id", vals![id.uuid()]).await?;
    let user = |one: &Use| context! { id => one.id.to_string(), name => body(one.unit_id) };
    let kinds = LinkKind::CODES.iter().copied().chain(["used_by"]);
    let kind = |code: &str| context! { value => code, text => req.app.locales().text(req.ctx.lang, &words_key(LinkKind::KEY, code), &[]) };
    let page = context! {
        system => view(&system), look => system.state.look(), owner => body(system.owner_id), operator => system.operator_id.map(body),
        kind => system.kind.words(), state => system.state.words(), hosting => system.hosting.words(), personal => system.personal_data.words(),
        relations => links.iter().map(line).collect::<Vec<_>>(), users => users.iter().map(user).collect::<Vec<_>>(),
        kinds => kinds.map(kind).collect::<Vec<Value>>(), may_edit,
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/system.html", page).await
}

pub async fn confirmations(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let rounds = confirm::rounds(&req.app, &req.ctx, &req.app.db().read()).await?;
    let row = |round: &Round| {
        let unit = round.owner_id;
        let may = req.app.authorizer().check(&req.ctx, "registry.confirm", &of_unit(unit)).is_ok();
        let name = bodies.body(unit).map(|body| body.name);
        context! { unit => unit.to_string(), name, may, round => view(round) }
    };
    let confirmed = rounds.iter().filter(|round| round.unconfirmed == 0).count();
    let rows: Vec<Value> = rounds.iter().map(row).collect();
    req.page("registry/confirmations.html", context! { rows, confirmed, year => req.ctx.today().year() }).await
}

#[derive(Debug, Deserialize)]
pub struct ConfirmForm {
    unit: UnitId,
}

pub async fn confirm(req: Req, Form(form): Form<ConfirmForm>) -> Outcome {
    confirm::systems_confirm(&req.app, &req.ctx, form.unit).await?;
    Ok(Req::go("/systems/confirmations", "systems-confirmed"))
}

const IMPORT: ImportPage<'_> = ImportPage { title: "system-import", above: ("/systems", "nav-systems"), unit: None };

pub async fn import_form(req: Req) -> Outcome {
    IMPORT.show::<System>(&req, None).await
}

/// First the sheet is shown line by line; the same sheet comes back confirmed and is carried out.
pub async fn import(req: Req, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, ImportPage::LIMIT as u64).await?;
    let preview = taking::systems_preview(&req.app, &req.ctx, upload.bytes().await?).await?;
    if upload.is_confirmed() {
        taking::systems_import(&req.app, &req.ctx, &preview).await?;
    }
    IMPORT.answer(&req, &upload, &preview, "systems-imported").await
}
