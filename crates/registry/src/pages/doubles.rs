//! Records that may be of one system, pair by pair.

use minijinja::context;
use webkit::{Outcome, Req, view};

use crate::usecase::doubles::{self, MOST};

pub async fn doubles(req: Req) -> Outcome {
    let mut pairs = doubles::doubles(&req.app, &req.ctx, &req.app.db().read()).await?;
    let count = pairs.len();
    pairs.truncate(MOST);
    req.page("registry/doubles.html", context! { pairs => view(pairs), count, most => MOST }).await
}
