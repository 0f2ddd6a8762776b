//! The comparison of two plans as a file.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use webkit::{Outcome, Req};

use crate::{
    pages::XLSX,
    plans::usecase::{cascade::compare, cascade_book::workbook},
};

/// The plan beside the plan `above`, as a workbook.
#[utoipa::path(get, path = "/api/v1/plans/{id}/cascade/sheet", params(("id" = String, Path), ("above" = String, Query)), responses((status = 200, description = "A workbook.", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (status = 404)))]
pub async fn sheet(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let above = req.query("above").and_then(|id| id.parse().ok()).ok_or_else(Problem::not_found)?;
    let compared = compare(&req.app, above, id).await?;
    let bytes = workbook(&req.app, req.ctx.lang, compared, webkit::as_of(&req)).await?;
    Req::file("doi-chieu-ke-hoach.xlsx", XLSX, bytes)
}
