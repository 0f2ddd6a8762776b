//! The reports that somebody may read: the rule `report.read` as a condition on rows. A test compares the two.

use kernel::{Ctx, Problem, UnitId};
use webkit::App;

use crate::{
    BodiesPort,
    reporting::store::{
        self,
        report::{Readable, ReportRow},
    },
};

/// Reports on one page.
const PAGE: u64 = 100;

fn readable(app: &App, ctx: &Ctx) -> Result<Option<Readable>, Problem> {
    let (scope, bodies) = (app.authorizer().scope(ctx), app.get::<BodiesPort>()?);
    if scope.everything {
        return Ok(None);
    }
    // A merged body's reports are read by the house of the body that it is today.
    let merged = scope.subtree.iter().flat_map(|unit| bodies.merged_into(*unit));
    let mut units: Vec<UnitId> = scope.subtree.iter().copied().chain(merged).collect();
    units.retain(|unit| scope.subtree.contains(&bodies.today(*unit)));
    units.sort_unstable();
    units.dedup();
    Ok(Some(Readable { units, receives: scope.own }))
}

/// Nobody turns more pages; no database counts further than it can.
const LAST_PAGE: u64 = 1_000_000;

/// One page of them, from 1 on, those to do first; and the number of the next page, if there is one.
pub async fn report_list(app: &App, ctx: &Ctx, page: u64) -> Result<(Vec<ReportRow>, Option<u64>), Problem> {
    let page = page.clamp(1, LAST_PAGE);
    let readable = readable(app, ctx)?;
    let from = (page - 1) * PAGE;
    let mut rows = store::report::readable(&app.db().read(), readable.as_ref(), from, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok((rows, more.then_some(page + 1)))
}
