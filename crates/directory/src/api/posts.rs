//! Posts, for programs of personnel; giving power still asks for a person at hand.

use axum::extract::Path;
use kernel::{PersonId, PostId, Problem, UnitId};
use serde::Serialize;
use webkit::{Form, Outcome, Req};

use crate::{
    pages::posts::{PostInput, edited, load},
    store::person::PostRow,
};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PostJson {
    post: String,
    person: String,
    unit: String,
    role: String,
    title: String,
    valid_from: String,
    /// The last day; none while it lasts.
    valid_to: Option<String>,
    rev: i64,
}

fn told(id: PostId, row: PostRow) -> PostJson {
    PostJson {
        post: id.to_string(),
        person: PersonId::from_uuid(row.person_id).to_string(),
        unit: UnitId::from_uuid(row.unit_id).to_string(),
        role: row.role,
        title: row.title,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        rev: row.rev,
    }
}

async fn show(req: &Req, id: PostId) -> Result<PostJson, Problem> {
    let row = load(req, id).await?;
    req.app.db().note_access(&req.ctx, "post.show", id, 1).await?;
    Ok(told(id, row))
}

/// One post; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/posts/{id}", params(("id" = String, Path)), responses((status = 200, body = PostJson)))]
pub async fn get(req: Req, Path(id): Path<PostId>) -> Outcome {
    let post = show(&req, id).await?;
    Req::not_kept(Req::json_rev(&post, post.rev)?)
}

/// Corrects a post over the revision in If-Match: unit, role, title, days. It is taken back by its entry
/// (`/api/v1/undo/{seq}`); a holder of whom the role asks a second factor signs in again.
#[utoipa::path(patch, path = "/api/v1/posts/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = PostInput, responses((status = 200, body = PostJson), (status = 412)))]
pub async fn patch(req: Req, Path(id): Path<PostId>, Form(mut given): Form<PostInput>) -> Outcome {
    given.rev = req.if_match()?;
    edited(&req, id, &given).await?;
    let post = show(&req, id).await?;
    Req::not_kept(Req::json_rev(&post, post.rev)?)
}
