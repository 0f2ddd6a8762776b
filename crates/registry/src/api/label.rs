//! Labels for programs; what an owner says by a form is written by the same handler.

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use webkit::{Answers, Form, Outcome, Req};

use crate::{
    model::{
        SystemId,
        label::{LabelLine, standing},
    },
    usecase::label::{label_of, label_publish as publish, label_say},
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(label, label_save, label_publish))]
pub struct Documented;

/// How a platform stands to the minimum requirements.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LabelJson {
    /// The day since which everybody sees it; none while it is not public.
    published_on: Option<String>,
    /// Of the seven.
    met: usize,
    /// Of the seven, those of which nothing is said.
    open: usize,
    lines: Vec<LabelLine>,
    rev: i64,
}

async fn told(req: &Req, id: SystemId) -> Result<LabelJson, kernel::Problem> {
    let (_, label, lines) = label_of(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let (met, open) = standing(&lines);
    let published_on = label.as_ref().and_then(|row| row.published_on).map(|day| day.to_string());
    Ok(LabelJson { published_on, met, open, lines, rev: label.map_or(0, |row| row.rev) })
}

/// The label of a platform, with the evidence of each requirement.
#[utoipa::path(get, path = "/api/v1/systems/{id}/label", params(("id" = String, Path)), responses((status = 200, body = LabelJson)))]
pub async fn label(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let told = told(&req, id).await?;
    Req::json_rev(&told, told.rev)
}

/// Says how a platform stands: `state-KEY`, `evidence-KEY`; over the revision in If-Match (0 where there is none). What changes
/// is public no longer, until a leader makes it so again.
#[utoipa::path(post, path = "/api/v1/systems/{id}/label", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = BTreeMap<String, String>, responses((status = 200, body = LabelJson), (status = 412)))]
pub async fn label_save(req: Req, Path(id): Path<SystemId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    label_say(&req.app, &req.ctx, read, &sent).await?;
    let told = told(&req, id).await?;
    req.done_rev(&told, told.rev, &format!("/systems/{id}/label"), "label-said")
}

/// Whether everybody sees a label.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct LabelPublish {
    /// Of the label that was read, in the place of If-Match.
    rev: i64,
    /// `yes`, or `no` to take it back.
    publish: String,
}

/// Makes the label of a platform public, or takes that back, over its revision in If-Match (or `rev`): by a leader who said
/// nothing of what stands in it.
#[utoipa::path(post, path = "/api/v1/systems/{id}/label/publish", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = LabelPublish, responses((status = 200, body = LabelJson), (status = 403), (status = 409), (status = 412)))]
pub async fn label_publish(req: Req, Path(id): Path<SystemId>, Form(input): Form<LabelPublish>) -> Outcome {
    publish(&req.app, &req.ctx, (id, req.if_match_or(input.rev)?), &input.publish).await?;
    let told = told(&req, id).await?;
    let done = if told.published_on.is_some() { "label-published" } else { "label-unpublished" };
    req.done_rev(&told, told.rev, &format!("/systems/{id}/label"), done)
}
