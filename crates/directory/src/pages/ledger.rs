//! The activity ledger, newest first.

use minijinja::context;
use webkit::{Outcome, Req, view};

pub async fn list(req: Req) -> Outcome {
    let before = req.query("before").and_then(|text| text.parse().ok());
    let subject = req.query("subject");
    let rows = db::ledger_page(&req.app.db().read(), subject.as_deref(), before, 50).await?;
    let next = (rows.len() == 50).then(|| rows.last().map(|row| row.seq)).flatten();
    let check = db::last_ledger_check(req.app.db()).await?;
    let stamp = db::newest_stamp(&req.app.db().read()).await?;
    let page = context! { rows => view(rows), next, subject, check => view(check), stamp => view(stamp) };
    Req::not_kept(req.page("directory/ledger.html", page).await?)
}

/// Who was shown personal data, newest first.
pub async fn access(req: Req) -> Outcome {
    let before = req.query("before").and_then(|text| text.parse().ok());
    let rows = db::access_page(&req.app.db().read(), before, 50).await?;
    let next = (rows.len() == 50).then(|| rows.last().map(|row| row.at)).flatten();
    Req::not_kept(req.page("directory/access_log.html", context! { rows => view(rows), next }).await?)
}

/// What was refused: wrong sign-ins, acts without the right, by hour.
pub async fn refusals(req: Req) -> Outcome {
    req.app.refusals().flush(req.app.db(), &req.ctx).await?;
    let rows = webkit::refusal_page(&req.app.db().read(), 500).await?;
    req.app.db().note_access(&req.ctx, "refusals.list", "", rows.len()).await?;
    Req::not_kept(req.page("directory/refusals.html", context! { rows => view(rows) }).await?)
}

/// What the last look through all files found.
pub async fn files(req: Req) -> Outcome {
    let scrub = db::last_scrub(&req.app.db().read()).await?;
    req.page("directory/files.html", context! { scrub => view(scrub) }).await
}
