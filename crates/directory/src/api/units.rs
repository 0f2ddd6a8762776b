//! Units: list, one, add, change; what is also done by forms is done by the same handlers.

use axum::extract::Path;
use kernel::{Problem, UnitId};
use webkit::{Answers, Form, ListPage, Outcome, Record as _, Req};

use crate::{Directory, model::unit::Unit, store::unit::UNITS, usecase::unit_edit};

webkit::record_body!(UnitInput, Unit);

/// Units in Vietnamese order, 50 a page.
#[utoipa::path(get, path = "/api/v1/units", responses((status = 200, body = ListPage<Unit>)))]
pub async fn list(req: Req) -> Outcome {
    UNITS.json(&req).await
}

/// One unit; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/units/{id}", params(("id" = String, Path)), responses((status = 200, body = Unit)))]
pub async fn get(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let tree = req.app.get::<Directory>()?.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    Req::json_rev(unit, unit.rev)
}

/// Adds a unit; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/units", request_body = UnitInput, responses((status = 200, body = Unit)))]
pub async fn post(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let unit = Unit::from_answers(&req.app, &req.ctx, &sent, None)?;
    let unit = unit_edit::unit_add(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, unit).await?;
    req.done_rev(&unit, unit.rev, &format!("/units/{}", unit.id), "unit-saved")
}

/// Changes a unit over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/units/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = UnitInput, responses((status = 200, body = Unit), (status = 412)))]
pub async fn patch(req: Req, Path(id): Path<UnitId>, Form(sent): Form<Answers>) -> Outcome {
    let unit = unit_edit::unit_edit(&req.app, &req.ctx, id, sent.rev(&req)?, &sent).await?;
    req.done_rev(&unit, unit.rev, &format!("/units/{id}"), "unit-saved")
}
