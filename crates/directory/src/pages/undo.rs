//! Takes an act back by the number of its entry.

use axum::extract::Path;
use webkit::{Outcome, Req};

pub async fn undo(req: Req, Path(seq): Path<i64>) -> Outcome {
    let page = webkit::undo(&req.app, &req.ctx, seq).await?;
    Ok(Req::go(&page, "undone"))
}
