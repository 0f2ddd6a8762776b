//! How much one person may hand in on one day: nobody fills the disk of all others.

use db::{Change, vals};
use kernel::{Ctx, Problem, ProblemKind};

use crate::Core;

/// More files than anybody chooses by hand on one day.
const FILES: i64 = 2000;
const MB: u64 = 1024 * 1024;

pub(crate) fn table(change: &mut Change) {
    change.table("web_upload", |t| {
        t.text("day");
        t.uuid("account_id");
        t.integer("files");
        t.integer("bytes");
        t.primary(&["day", "account_id"]);
    });
}

/// Counts a file that has arrived for the account that sent it; beyond the day's allowance it is refused.
///
/// The counting is one statement, so that many uploads at once are not more than one after the other.
pub(crate) async fn take(core: &Core, ctx: &Ctx, size: u64) -> Result<(), Problem> {
    let Some(account) = ctx.actor.account() else { return Ok(()) };
    let most = core.config().upload_allowance;
    let refusal =
        || Problem::new(ProblemKind::Throttled, "upload-allowance").with("limit", most / MB).with("files", FILES);
    if size > most {
        return Err(refusal());
    }
    let whole = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    let day = &ctx.today().to_string();
    let counted = core
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            let sql = "INSERT INTO web_upload (day, account_id, files, bytes) VALUES ($1, $2, 1, $3) \
                ON CONFLICT (day, account_id) DO UPDATE SET files = web_upload.files + 1, bytes = web_upload.bytes + excluded.bytes \
                WHERE web_upload.files < $4 AND web_upload.bytes + excluded.bytes <= $5";
            Ok(tx.exec(sql, vals![day.as_str(), account.uuid(), whole(size), FILES, whole(most)]).await?)
        })
        .await?;
    if counted == 0 { Err(refusal()) } else { Ok(()) }
}
