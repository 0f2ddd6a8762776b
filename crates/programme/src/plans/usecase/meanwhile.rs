//! What the actor did to a thing since its page was shown, read from the entries that say which revision each act left.

use db::{LedgerRow, Reader};
use kernel::{Ctx, Problem};
use serde_json::Value as Json;

use crate::plans::model::meanwhile::{Past, own};

/// As far back as it is looked for: in revisions, and in entries, of which some leave none.
const REVISIONS: i64 = 20;
const ENTRIES: i64 = 100;

/// An act that takes another one back is named with that: `part.undo progress`.
fn past(row: LedgerRow) -> Option<Past> {
    let body: Json = serde_json::from_str(&row.body).ok()?;
    let detail = body.get("detail")?;
    let rev = detail.get("rev")?.as_i64()?;
    let action = match detail.get("act").and_then(Json::as_str) {
        Some(act) => format!("{} {act}", row.action),
        None => row.action,
    };
    Some(Past { actor: row.actor, action, rev })
}

/// Refuses a revision that is not the one of now, unless whoever saw it did all that came after, and `is_beside` says of those
/// acts, the newest first, that what is to be done is still what was meant.
pub(crate) async fn seen(
    conn: &Reader,
    ctx: &Ctx,
    subject: &str,
    (seen, now): (i64, i64),
    is_beside: impl Fn(&[&str]) -> bool,
) -> Result<(), Problem> {
    if seen == now {
        return Ok(());
    }
    if seen < 1 || seen > now || now - seen > REVISIONS {
        return Err(Problem::stale());
    }
    let rows = db::ledger_page(conn, Some(subject), None, ENTRIES).await?;
    let past: Vec<Past> = rows.into_iter().filter_map(past).collect();
    let acts = own(&past, &ctx.actor.pseudonym(), (seen, now));
    Problem::stale_unless(acts.is_some_and(|acts| is_beside(&acts)))
}
