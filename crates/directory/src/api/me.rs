//! Who am I, with which posts: for clients that want to know what their token may do.

use serde::Serialize;
use webkit::{Outcome, Req};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Me {
    /// The ledger's pseudonym.
    actor: String,
    posts: Vec<MyPost>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct MyPost {
    unit: String,
    /// A role that a module of this program declares.
    role: &'static str,
}

/// The acting person or token.
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = Me)))]
pub async fn get(req: Req) -> Outcome {
    let posts = req
        .ctx
        .actor
        .posts()
        .iter()
        .map(|post| MyPost { unit: post.unit.to_string(), role: post.role.code() })
        .collect();
    Req::json(&Me { actor: req.ctx.actor.pseudonym(), posts })
}
