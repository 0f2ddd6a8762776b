//! One letter to all who are late, drafted for an officer to release.

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::{LetterId, PartId, PeriodId, ReportId},
    reporting::usecase::chase::chase_reports,
    work::usecase::chase::{chase_parts, letter_receive},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Drafted {
    letter: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct LateParts {
    /// Ids of parts, at most 500; those that are not late are left out.
    #[schema(value_type = Vec<String>)]
    parts: Vec<PartId>,
}

/// Drafts one letter about parts that are late.
#[utoipa::path(post, path = "/api/v1/letters", request_body = LateParts, responses((status = 200, body = Drafted), (status = 422)))]
pub async fn parts(req: Req, Form(given): Form<LateParts>) -> Outcome {
    let letter = chase_parts(&req.app, &req.ctx, &given.parts).await?.to_string();
    Req::json(&Drafted { letter })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct LateReports {
    /// Ids of reports of the period, at most 500; those that have come are left out.
    #[schema(value_type = Vec<String>)]
    reports: Vec<ReportId>,
}

/// Drafts one letter to the bodies whose report has not come.
#[utoipa::path(post, path = "/api/v1/periods/{id}/letters", params(("id" = String, Path)), request_body = LateReports, responses((status = 200, body = Drafted), (status = 422)))]
pub async fn reports(req: Req, Path(id): Path<PeriodId>, Form(given): Form<LateReports>) -> Outcome {
    let letter = chase_reports(&req.app, &req.ctx, id, &given.reports).await?.to_string();
    Req::json(&Drafted { letter })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    /// The body that has it.
    #[schema(value_type = String)]
    unit: kernel::UnitId,
    /// The caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

/// A body says that it has a letter.
#[utoipa::path(post, path = "/api/v1/letters/{id}/received", params(("id" = String, Path)), request_body = Receipt, responses((status = 200, body = Drafted), (status = 409), (status = 422)))]
pub async fn received(req: Req, Path(id): Path<LetterId>, Form(given): Form<Receipt>) -> Outcome {
    letter_receive(&req.app, &req.ctx, id, given.unit, given.on_behalf).await?;
    Req::json(&Drafted { letter: id.to_string() })
}
