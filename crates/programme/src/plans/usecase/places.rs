//! A document under review, or filed after one, as it stands now: what was read of it, what was said of that, and where
//! each sentence ended.

use kernel::{Ctx, PlanId, Problem};
use plan_reader::{Place, Placed, Plan};
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::{
            placed::{self, Doubt, Held, Sentence, UNPLACED},
            read_duty::{self, ReadDuty},
        },
        store::{self, finding::Finding, plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
        usecase::{plan_read, review::steered},
    },
};

#[derive(Debug)]
pub(crate) struct Reviewed {
    pub plan: PlanRow,
    pub rows: Vec<ReviewRow>,
    pub targets: Vec<ReviewTarget>,
    pub findings: Vec<Finding>,
    /// Those that become regimes of reports.
    pub duties: Vec<ReadDuty>,
    /// Nothing in readings of before places were kept.
    pub places: Vec<Placed>,
    pub text: String,
}

/// For whoever may approve the plan.
pub(crate) async fn reviewed(core: &Core, ctx: &Ctx, id: PlanId) -> Result<Reviewed, Problem> {
    let conn = core.db().read();
    let plan = steered(core, ctx, &conn, id).await?;
    if !matches!(plan.state.as_str(), "review" | "filed") {
        return Err(Error::NotInReview.into());
    }
    let rows = store::read_row::list(&conn, id).await?;
    let targets = store::read_target::list(&conn, id).await?;
    let findings = store::finding::list(&conn, id).await?;
    let text = store::plan::text(&conn, id).await?;
    let (duties, places) = match plan_read::placed(&conn, id).await? {
        Some((read, places)) => (read.duties, places),
        None => (vec![], vec![]),
    };
    let duties = read_duty::reviewed(&duties, &store::read_duty::list(&conn, id).await?);
    Ok(Reviewed { plan, rows, targets, findings, duties, places, text })
}

/// Nothing of it is given, counted or reported: nothing was read, or all of it was dropped.
pub(crate) fn orders_nothing(rows: &[ReviewRow], targets: &[ReviewTarget], duties: &[ReadDuty]) -> bool {
    rows.iter().all(|row| row.state == "dropped")
        && targets.iter().all(|row| row.state == "dropped")
        && duties.iter().all(|read| read.is_dropped || !read.is_reviewed())
}

/// The same of what was just read, of which nobody has said anything yet.
pub fn gives_no_orders(plan: &Plan) -> bool {
    let duties = read_duty::all(&plan.duties, &[]);
    plan.tasks.is_empty() && plan.targets.is_empty() && orders_nothing(&[], &[], &duties)
}

/// Questions and doubts that nobody has answered or set aside: while there are any, no review ends.
pub(crate) fn unanswered(rows: &[ReviewRow], findings: &[Finding]) -> usize {
    let kept = rows.iter().filter(|row| row.state != "dropped");
    kept.map(|row| row.task.questions().len()).sum::<usize>()
        + findings.iter().filter(|finding| finding.state == "open").count()
}

/// Its sentences by what is known of them by now; a doubt about one is named by its number among the findings.
pub(crate) fn sentences(
    places: &[Placed],
    (rows, targets, duties): (&[ReviewRow], &[ReviewTarget], &[ReadDuty]),
    findings: &[Finding],
) -> Vec<Sentence> {
    let rows = rows.iter().map(|row| Held { start: row.task.start, end: row.task.end, place: Place::Task });
    let target = |row: &ReviewTarget| Held { start: row.target.start, end: row.target.end, place: Place::Target };
    let duty = |read: &ReadDuty| {
        let source = read.duty.source;
        Held { start: source.start, end: source.end, place: Place::Duty }
    };
    let held: Vec<Held> = rows.chain(targets.iter().map(target)).chain(duties.iter().map(duty)).collect();
    let doubt = |(index, finding): (usize, &Finding)| {
        let (start, end) = finding.span().filter(|_| UNPLACED.contains(&finding.kind.as_str()))?;
        Some(Doubt { start, end, is_open: finding.state == "open", index })
    };
    let doubts: Vec<Doubt> = findings.iter().enumerate().filter_map(doubt).collect();
    placed::sentences(places, &held, &doubts)
}
