//! Plans: list, one, take in, approve.

use axum::extract::{Multipart, Path};
use kernel::{PlanId, Problem};
use serde::Serialize;
use webkit::{Outcome, Req, read_upload};

use crate::{
    store::{self, plan::PlanRow},
    usecase::{
        plan_approve::plan_approve,
        plan_import::{LIMIT, plan_import},
    },
};

/// A plan on the wire.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PlanJson {
    id: String,
    /// `reading`, `review`, `live` or `refused`.
    state: String,
    /// Why it was refused: a problem code.
    refusal: Option<String>,
    number: Option<String>,
    issued_on: Option<String>,
    issuer: Option<String>,
    title: Option<String>,
    sha256: String,
    rev: i64,
}

impl From<PlanRow> for PlanJson {
    fn from(row: PlanRow) -> Self {
        let refusal = row.refusal.as_deref().and_then(|text| text.split('|').next()).map(str::to_owned);
        Self {
            id: row.id().to_string(),
            state: row.state,
            refusal,
            number: row.number,
            issued_on: row.issued_on,
            issuer: row.issuer,
            title: row.title,
            sha256: row.blob_hash,
            rev: row.rev,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PlanList {
    items: Vec<PlanJson>,
}

/// Plans, newest first.
#[utoipa::path(get, path = "/api/v1/plans", responses((status = 200, body = PlanList), (status = 401)))]
pub async fn list(req: Req) -> Outcome {
    let items = store::plan::list(&req.app.db().read()).await?.into_iter().map(PlanJson::from).collect();
    Req::json(&PlanList { items })
}

/// One plan; poll it while its state is `reading`.
#[utoipa::path(get, path = "/api/v1/plans/{id}", params(("id" = String, Path)), responses((status = 200, body = PlanJson), (status = 404)))]
pub async fn get(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = store::plan::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let rev = plan.rev;
    Req::json_rev(&PlanJson::from(plan), rev)
}

/// Takes a document in (multipart, field `file`, at most 50 MB) and starts reading it.
#[utoipa::path(post, path = "/api/v1/plans", responses((status = 200, body = PlanJson), (status = 409), (status = 413)))]
pub async fn post(req: Req, form: Multipart) -> Outcome {
    let upload = read_upload(form, LIMIT).await?;
    let id = plan_import(&req.app, &req.ctx, &upload.file_name, upload.bytes().await?).await?;
    get(req, Path(id)).await
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Approved {
    parts: usize,
}

/// Makes a reviewed plan live; refused while questions are open.
#[utoipa::path(post, path = "/api/v1/plans/{id}/approve", params(("id" = String, Path)), responses((status = 200, body = Approved), (status = 409)))]
pub async fn approve(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let parts = plan_approve(&req.app, &req.ctx, id).await?;
    Req::json(&Approved { parts })
}
