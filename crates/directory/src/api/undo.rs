//! Taking an act back, for programs.

use axum::extract::Path;
use serde::Serialize;
use webkit::{Outcome, Req};

/// Where what was taken back stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Undone {
    page: String,
}

/// Takes the act of a ledger entry back: its rows are as they were before, unless somebody changed them since (409).
#[utoipa::path(post, path = "/api/v1/undo/{seq}", params(("seq" = i64, Path, description = "number of the entry")), responses((status = 200, body = Undone)))]
pub async fn undo(req: Req, Path(seq): Path<i64>) -> Outcome {
    let page = webkit::undo(&req.app, &req.ctx, seq).await?;
    Req::json(&Undone { page })
}
