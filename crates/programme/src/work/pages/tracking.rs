//! Taking the department's own tracking sheet in: shown row by row first, taken in when it is sent again.

use axum::extract::Multipart;
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{LeftOut, Outcome, Req, read_upload, view};

use crate::work::usecase::{
    tracking::{LIMIT, tracking_import, tracking_preview},
    tracking_sheet::{Sheet, Verdict},
};

pub async fn form(req: Req) -> Outcome {
    req.page("programme/tracking.html", context! { sheet => Value::from(()), taken => Value::from(()) }).await
}

enum Sent {
    Shown(Sheet),
    Taken(usize, usize),
}

async fn sent(req: &Req, form: Multipart) -> Result<Sent, Problem> {
    let upload = read_upload(req, form, LIMIT).await?;
    let sheet = tracking_preview(&req.app, &req.ctx, upload.bytes().await?).await?;
    if upload.field("confirm").is_none() {
        return Ok(Sent::Shown(sheet));
    }
    let (new, there) = tracking_import(&req.app, &req.ctx, &sheet.lines).await?;
    Ok(Sent::Taken(new, there))
}

/// How many rows there are of each kind: together they are all rows of the sheet.
fn counts(sheet: &Sheet) -> Value {
    context! {
        rows => sheet.rows, new => sheet.count(Verdict::New), there => sheet.count(Verdict::There),
        faults => sheet.count(Verdict::Refused), groups => sheet.left(LeftOut::Group),
        totals => sheet.left(LeftOut::Total), notes => sheet.left(LeftOut::Note), blank => sheet.blank,
    }
}

pub async fn take(req: Req, form: Multipart) -> Outcome {
    let page = match sent(&req, form).await? {
        Sent::Shown(sheet) => context! { counts => counts(&sheet), sheet => view(sheet), taken => Value::from(()) },
        Sent::Taken(new, there) => context! { sheet => Value::from(()), taken => context! { new, there } },
    };
    req.page("programme/tracking.html", page).await
}
