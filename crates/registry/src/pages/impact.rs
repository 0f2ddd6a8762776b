//! What breaks when a system is switched off.

use axum::extract::Path;
use minijinja::context;
use webkit::{Outcome, Req, view};

use crate::{
    model::SystemId,
    usecase::impact::{MOST, nearest},
};

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let said = nearest(&req.app, &req.ctx, &req.app.db().read(), id, (0, MOST)).await?;
    req.page("registry/impact.html", context! { said => view(&said) }).await
}
