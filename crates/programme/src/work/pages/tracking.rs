//! Taking the department's own tracking sheet in: shown row by row first, taken in when it is sent again.

use axum::extract::Multipart;
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{Outcome, Req, read_upload, view};

use crate::work::usecase::tracking::{LIMIT, Line, tracking_import, tracking_preview};

pub async fn form(req: Req) -> Outcome {
    req.page(
        "programme/tracking.html",
        context! { lines => Value::from(()), faults => 0, new => Value::from(()), there => 0 },
    )
    .await
}

enum Sent {
    Shown(Vec<Line>),
    Taken(usize, usize),
}

async fn sent(req: &Req, form: Multipart) -> Result<Sent, Problem> {
    let upload = read_upload(req, form, LIMIT).await?;
    let lines = tracking_preview(&req.app, &req.ctx, upload.bytes().await?).await?;
    if upload.field("confirm").is_none() {
        return Ok(Sent::Shown(lines));
    }
    let (new, there) = tracking_import(&req.app, &req.ctx, &lines).await?;
    Ok(Sent::Taken(new, there))
}

pub async fn take(req: Req, form: Multipart) -> Outcome {
    match sent(&req, form).await? {
        Sent::Shown(lines) => {
            let faults = lines.iter().filter(|line| line.problem.is_some()).count();
            let page = context! { lines => view(lines), faults, new => Value::from(()), there => 0 };
            req.page("programme/tracking.html", page).await
        }
        Sent::Taken(new, there) => {
            let page = context! { lines => Value::from(()), faults => 0, new, there };
            req.page("programme/tracking.html", page).await
        }
    }
}
