//! State-owned enterprises and what they sign, for forms and programs.

use axum::extract::Path;
use webkit::{Form, Outcome, Req};

use crate::{
    model::enterprise::{Enterprise, EnterpriseForm, EnterpriseId},
    usecase::enterprises::{
        forms::{EnterpriseFormInput, Written, enterprise_form},
        listed::{EnterpriseInput, enterprise_add, enterprise_change},
        seen::{EnterpriseList, WholeEnterprise, listing, told},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, add, get, change, form))]
pub struct Documented;

/// The list by name, each line with whether it counts today and why, and the rate that it makes.
#[utoipa::path(get, path = "/api/v1/systems/enterprises", responses((status = 200, body = EnterpriseList)))]
pub async fn list(req: Req) -> Outcome {
    Req::json(&listing(&req.app, &req.ctx).await?)
}

/// Puts an enterprise into the list, by the document that approves it; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/systems/enterprises", request_body = EnterpriseInput, responses((status = 200, body = Enterprise), (status = 409)))]
pub async fn add(req: Req, Form(input): Form<EnterpriseInput>) -> Outcome {
    let line = enterprise_add(&req.app, &req.ctx, &input).await?;
    req.done_rev(&line, line.rev, &format!("/systems/enterprises/{}", line.id), "enterprise-added")
}

/// An enterprise with what it signed and what was changed of it; the ETag is its revision. A provider is named to those who see
/// it, and to those who keep the form.
#[utoipa::path(get, path = "/api/v1/systems/enterprises/{id}", params(("id" = String, Path)), responses((status = 200, body = WholeEnterprise)))]
pub async fn get(req: Req, Path(id): Path<EnterpriseId>) -> Outcome {
    let all = told(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&all, all.enterprise.rev)
}

/// Says a line anew, in whole, with the reason, over its revision in If-Match (or `rev`).
#[utoipa::path(post, path = "/api/v1/systems/enterprises/{id}", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = EnterpriseInput, responses((status = 200, body = Enterprise), (status = 409), (status = 412)))]
pub async fn change(req: Req, Path(id): Path<EnterpriseId>, Form(input): Form<EnterpriseInput>) -> Outcome {
    let input = EnterpriseInput { rev: req.if_match_or(input.rev)?, ..input };
    let line = enterprise_change(&req.app, &req.ctx, id, &input).await?;
    req.done_rev(&line, line.rev, &format!("/systems/enterprises/{id}"), "enterprise-changed")
}

/// Enters a form that an enterprise signed; of a year the last one signed counts. Where it names a `form` that is there, over the
/// revision of that in If-Match (or `rev`) and with a reason, that one is said anew, in whole, or taken out as a mistake.
#[utoipa::path(post, path = "/api/v1/systems/enterprises/{id}/forms", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = EnterpriseFormInput, responses((status = 200, body = EnterpriseForm), (status = 409), (status = 412)))]
pub async fn form(req: Req, Path(id): Path<EnterpriseId>, Form(input): Form<EnterpriseFormInput>) -> Outcome {
    let input = EnterpriseFormInput { rev: req.if_match_or(input.rev)?, ..input };
    let (form, written) = enterprise_form(&req.app, &req.ctx, id, &input).await?;
    let done = match written {
        Written::Added => "enterprise-form-added",
        Written::Changed => "enterprise-form-changed",
        Written::Mistaken => "enterprise-form-mistaken",
    };
    req.done_rev(&form, form.rev, &format!("/systems/enterprises/{id}"), done)
}
