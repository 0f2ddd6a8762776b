//! The same act on many parts at once.

use kernel::Problem;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::PartId,
    work::{pages::part::Check, usecase::part_act::parts_act},
};

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Chosen {
    #[schema(value_type = String)]
    id: PartId,
    /// The revision that was read.
    rev: i64,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChecksJson {
    /// At most 500.
    parts: Vec<Chosen>,
    act: Check,
    /// One reason for all of them.
    #[serde(default)]
    words: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusedJson {
    id: String,
    code: &'static str,
    detail: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TogetherJson {
    done: Vec<String>,
    refused: Vec<RefusedJson>,
}

/// Checks the work of many parts in one act: those to which it can be done, and why not of the others.
#[utoipa::path(post, path = "/api/v1/parts/check", request_body = ChecksJson, responses((status = 200, body = TogetherJson), (status = 422)))]
pub async fn check(req: Req, Form(given): Form<ChecksJson>) -> Outcome {
    let parts: Vec<(PartId, i64)> = given.parts.iter().map(|part| (part.id, part.rev)).collect();
    let came = parts_act(&req.app, &req.ctx, &parts, &given.act.act(given.words)).await?;
    let refused = |(id, problem): &(PartId, Problem)| RefusedJson {
        id: id.to_string(),
        code: problem.code,
        detail: req.app.locales().problem(req.ctx.lang, problem),
    };
    Req::json(&TogetherJson {
        done: came.done.iter().map(PartId::to_string).collect(),
        refused: came.refused.iter().map(refused).collect(),
    })
}
