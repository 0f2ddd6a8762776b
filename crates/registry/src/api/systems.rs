//! Systems for programs; what is also done by forms is done by the same handlers.

use axum::extract::{Multipart, Path};
use kernel::UnitId;
use serde::Deserialize;
use webkit::{Answers, Form, Kept as _, ListPage, ListTold, Outcome, Req, kept_add, kept_edit};

use crate::{
    model::{Confirmation, LinkInput, System, SystemId},
    pages::import::IMPORT,
    store::list::SYSTEMS,
    usecase::{confirm as confirming, link as linking},
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, get, post, patch, links, link, confirm, import))]
pub struct Documented;

webkit::record_body!(SystemInput, System);

/// Systems that the caller may see, by name, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/systems", responses((status = 200, body = ListPage<System>)))]
pub async fn list(req: Req) -> Outcome {
    SYSTEMS.json(&req).await
}

/// One system; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/systems/{id}", params(("id" = String, Path)), responses((status = 200, body = System)))]
pub async fn get(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&system, system.rev)
}

/// Adds a system; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/systems", request_body = SystemInput, responses((status = 200, body = System)))]
pub async fn post(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let system: System = kept_add(&req.app, &req.ctx, "system.add", &sent).await?;
    req.done_rev(&system, system.rev, &format!("/systems/{}", system.id), "system-saved")
}

/// Changes a system over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/systems/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = SystemInput, responses((status = 200, body = System), (status = 412)))]
pub async fn patch(req: Req, Path(id): Path<SystemId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let system: System = kept_edit(&req.app, &req.ctx, "system.edit", read, &sent).await?;
    // What it was before is forgotten: nothing of it is undone.
    let done = if system.is_veiled() { "system-veiled" } else { "system-saved" };
    req.done_rev(&system, system.rev, &format!("/systems/{id}"), done)
}

/// The links of a system, from it and to it, and who uses it.
#[utoipa::path(get, path = "/api/v1/systems/{id}/links", params(("id" = String, Path)), responses((status = 200, body = Vec<linking::Linked>)))]
pub async fn links(req: Req, Path(id): Path<SystemId>) -> Outcome {
    Req::json(&linking::links_of(&req.app, &req.ctx, &req.app.db().read(), id).await?)
}

/// Adds a relation to another system, or a unit that uses this one; or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/systems/{id}/links", params(("id" = String, Path)), request_body = LinkInput, responses((status = 200, body = Vec<linking::Linked>)))]
pub async fn link(req: Req, Path(id): Path<SystemId>, Form(input): Form<LinkInput>) -> Outcome {
    linking::system_link(&req.app, &req.ctx, id, &input).await?;
    let links = linking::links_of(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.done(&links, &format!("/systems/{id}"), "system-saved")
}

/// The list as a file, an Excel workbook or CSV.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct ListForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `1`: taken in; without it only what the list would do is said.
    confirm: Option<String>,
}

/// What a list of systems would do, line by line; with `confirm` it is taken in as one act, but for the lines that are refused.
#[utoipa::path(post, path = "/api/v1/systems/import", request_body(content = ListForm, content_type = "multipart/form-data"), responses((status = 200, body = ListTold)))]
pub async fn import(req: Req, form: Multipart) -> Outcome {
    IMPORT.api(&req, form).await
}

/// Whose list is confirmed.
#[derive(Deserialize, derive::Schema)]
pub struct ConfirmInput {
    unit: UnitId,
}

/// Says for a body that its list of systems is right as it is today.
#[utoipa::path(post, path = "/api/v1/systems/confirmations", request_body = ConfirmInput, responses((status = 200, body = Confirmation)))]
pub async fn confirm(req: Req, Form(input): Form<ConfirmInput>) -> Outcome {
    let said = confirming::systems_confirm(&req.app, &req.ctx, input.unit).await?;
    req.done(&said, "/systems/confirmations", "systems-confirmed")
}
