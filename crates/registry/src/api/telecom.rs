//! Telecommunications of the communes and the dedicated network, for programs.

use axum::extract::Path;
use webkit::{Answers, Form, Kept as _, ListPage, Outcome, Req, kept_add, kept_edit};

use crate::{
    model::telecom::{Coverage, CoverageId, Dedicated, DedicatedId, Passive, PassiveId},
    pages::telecom::year,
    store::telecom::{COVERAGE, DEDICATED, PASSIVE},
    usecase::telecom::{self, TelecomYear},
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    summary,
    coverage_list,
    coverage_get,
    coverage_post,
    coverage_patch,
    passive_list,
    passive_get,
    passive_post,
    passive_patch,
    network_list,
    network_get,
    network_post,
    network_patch
))]
pub struct Documented;

webkit::record_body!(CoverageInput, Coverage);
webkit::record_body!(PassiveInput, Passive);
webkit::record_body!(DedicatedInput, Dedicated);

/// What a year's lines say of each commune, and of all; without a year, the last of which something is known.
#[utoipa::path(get, path = "/api/v1/telecom", params(("year" = Option<i64>, Query)), responses((status = 200, body = TelecomYear)))]
pub async fn summary(req: Req) -> Outcome {
    Req::json(&telecom::summary(&req.app, &req.ctx, year(&req)?).await?)
}

/// Lines of coverage, by the names of communes, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/telecom/coverage", responses((status = 200, body = ListPage<Coverage>)))]
pub async fn coverage_list(req: Req) -> Outcome {
    COVERAGE.json(&req).await
}

/// A line of coverage; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/telecom/coverage/{id}", params(("id" = String, Path)), responses((status = 200, body = Coverage)))]
pub async fn coverage_get(req: Req, Path(id): Path<CoverageId>) -> Outcome {
    let row = Coverage::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&row, row.rev)
}

/// Adds a line of coverage; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/telecom/coverage", request_body = CoverageInput, responses((status = 200, body = Coverage)))]
pub async fn coverage_post(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let row: Coverage = kept_add(&req.app, &req.ctx, "coverage.add", &sent).await?;
    Req::json_rev(&row, row.rev)
}

/// Changes a line of coverage over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/telecom/coverage/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = CoverageInput, responses((status = 200, body = Coverage), (status = 412)))]
pub async fn coverage_patch(req: Req, Path(id): Path<CoverageId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let row: Coverage = kept_edit(&req.app, &req.ctx, "coverage.edit", read, &sent).await?;
    Req::json_rev(&row, row.rev)
}

/// Lines of passive infrastructure, by the names of communes, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/telecom/passive", responses((status = 200, body = ListPage<Passive>)))]
pub async fn passive_list(req: Req) -> Outcome {
    PASSIVE.json(&req).await
}

/// A line of passive infrastructure; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/telecom/passive/{id}", params(("id" = String, Path)), responses((status = 200, body = Passive)))]
pub async fn passive_get(req: Req, Path(id): Path<PassiveId>) -> Outcome {
    let row = Passive::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&row, row.rev)
}

/// Adds a line of passive infrastructure; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/telecom/passive", request_body = PassiveInput, responses((status = 200, body = Passive)))]
pub async fn passive_post(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let row: Passive = kept_add(&req.app, &req.ctx, "passive.add", &sent).await?;
    Req::json_rev(&row, row.rev)
}

/// Changes a line of passive infrastructure over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/telecom/passive/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = PassiveInput, responses((status = 200, body = Passive), (status = 412)))]
pub async fn passive_patch(req: Req, Path(id): Path<PassiveId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let row: Passive = kept_edit(&req.app, &req.ctx, "passive.edit", read, &sent).await?;
    Req::json_rev(&row, row.rev)
}

/// Which bodies stand on the dedicated network, for who must know, by name, 50 a page.
#[utoipa::path(get, path = "/api/v1/telecom/network", responses((status = 200, body = ListPage<Dedicated>)))]
pub async fn network_list(req: Req) -> Outcome {
    DEDICATED.json(&req).await
}

/// How a body stands on the dedicated network, for who must know; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/telecom/network/{id}", params(("id" = String, Path)), responses((status = 200, body = Dedicated)))]
pub async fn network_get(req: Req, Path(id): Path<DedicatedId>) -> Outcome {
    let row = Dedicated::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&row, row.rev)
}

/// Says of a body whether it stands on the dedicated network; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/telecom/network", request_body = DedicatedInput, responses((status = 200, body = Dedicated)))]
pub async fn network_post(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let row: Dedicated = kept_add(&req.app, &req.ctx, "dedicated.add", &sent).await?;
    Req::json_rev(&row, row.rev)
}

/// Changes what is said of a body over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/telecom/network/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DedicatedInput, responses((status = 200, body = Dedicated), (status = 412)))]
pub async fn network_patch(req: Req, Path(id): Path<DedicatedId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let row: Dedicated = kept_edit(&req.app, &req.ctx, "dedicated.edit", read, &sent).await?;
    Req::json_rev(&row, row.rev)
}
