//! Work that waits for too long.

use db::LateJobs;
use kernel::Ctx;
use webkit::{App, check::Finding};

/// A job that has been due for longer is late: an hour.
pub(crate) const LATE_MICROS: i64 = 3600 * 1_000_000;

/// Jobs that are late. Those that no part of this program does would wait for ever.
pub async fn jobs(app: &App, ctx: &Ctx) -> Finding {
    let late = match db::late_jobs(&app.db().read(), ctx.now().as_microsecond() - LATE_MICROS).await {
        Ok(late) => late,
        Err(error) => return Finding::fault("database-silent").with("error", error),
    };
    let done: Vec<&str> = app.job_handlers().unwrap_or_default().iter().map(|handler| handler.kind()).collect();
    let (known, unknown): (Vec<_>, Vec<_>) = late.into_iter().partition(|late| done.contains(&late.kind.as_str()));
    match (unknown.as_slice(), known.as_slice()) {
        ([], []) => Finding::ok("jobs-fine"),
        ([], late) => listed(Finding::warning("jobs-late"), late),
        (late, _) => listed(Finding::fault("jobs-nobody"), late),
    }
}

fn listed(finding: Finding, late: &[LateJobs]) -> Finding {
    let kinds: Vec<&str> = late.iter().map(|late| late.kind.as_str()).collect();
    finding.count("count", late.iter().map(|late| late.count).sum::<i64>()).with("kinds", kinds.join(", "))
}
