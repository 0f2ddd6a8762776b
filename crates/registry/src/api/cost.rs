//! Costs, and value beside effort, for programs; what an owner says by a form is written by the same handler.

use axum::extract::Path;
use webkit::{Form, Outcome, Req};

use crate::{
    model::SystemId,
    usecase::{
        cost::{self as costing, CostInput, CostPortfolio, SystemCost},
        value::{Bubbles, bubbles},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(cost, cost_say, costs, value))]
pub struct Documented;

/// What a system costs over five years where it is and on a cloud, line by line, as ranges.
#[utoipa::path(get, path = "/api/v1/systems/{id}/cost", params(("id" = String, Path)), responses((status = 200, body = SystemCost)))]
pub async fn cost(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let said = costing::system_cost(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&said, said.rev)
}

/// Says what is counted of a system; what is left empty is not known.
#[utoipa::path(post, path = "/api/v1/systems/{id}/cost", params(("id" = String, Path)), request_body = CostInput, responses((status = 200, body = SystemCost), (status = 412)))]
pub async fn cost_say(req: Req, Path(id): Path<SystemId>, Form(input): Form<CostInput>) -> Outcome {
    let input = CostInput { rev: req.if_match_or(input.rev)?, ..input };
    costing::cost_say(&req.app, &req.ctx, id, &input).await?;
    let said = costing::system_cost(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.done_rev(&said, said.rev, &format!("/systems/{id}/cost"), "cost-said")
}

/// What all systems cost that the caller may see, by strategy and by owner.
#[utoipa::path(get, path = "/api/v1/systems/costs", responses((status = 200, body = CostPortfolio)))]
pub async fn costs(req: Req) -> Outcome {
    Req::json(&costing::portfolio(&req.app, &req.ctx, &req.app.db().read()).await?)
}

/// What moving is worth beside what it takes, of the systems that are to move and that the caller may see.
#[utoipa::path(get, path = "/api/v1/systems/value", responses((status = 200, body = Bubbles)))]
pub async fn value(req: Req) -> Outcome {
    Req::json(&bubbles(&req.app, &req.ctx, &req.app.db().read()).await?)
}
