//! What a person says about the document itself: who issued it, when, its number and title, and who follows it.

use db::Entry;
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::{
            head::{DAY, HeadDoubt, ISSUER, NUMBER, OF_HEAD, TITLE, is_numbered, is_whole},
            row::Named,
        },
        store::{self, finding::Finding, plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
        usecase::{
            confirmation::lapse,
            names::Names,
            review::{may_hand_over, plan_in_review, still_reviewed},
        },
    },
};

/// What is said of the head as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeadAct {
    /// It is as the document has it.
    Accept,
    /// The undo of accept.
    Reopen,
}

/// What is said of the day of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueDay {
    /// Nothing: it stays as it was read.
    AsRead,
    /// Its field was left empty.
    Empty,
    Is(Date),
}

#[derive(Debug, Clone)]
pub struct HeadInput {
    pub number: String,
    pub title: String,
    pub issued_on: IssueDay,
    /// None leaves it as it was read.
    pub issuer: Option<UnitId>,
    pub follower: UnitId,
}

/// Corrects the head of a plan under review. What is confirmed is confirmed under its name, in the name of its issuer; names in
/// its rows are looked up anew near another issuer. A number or day that was emptied is asked about.
pub async fn head(core: &Core, ctx: &Ctx, id: PlanId, rev: i64, given: &HeadInput) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let (number, title) = (given.number.trim(), given.title.trim());
    if title.is_empty() {
        return Err(Error::Empty("title").into());
    }
    if given.follower != plan.follower() {
        may_hand_over(core, ctx, &plan, given.follower)?;
    }
    let name = given.issuer.and_then(|unit| core.bodies().body(unit)).map(|body| body.name);
    let was_whole = is_whole(plan.issued_on.as_deref());
    let day = match given.issued_on {
        IssueDay::Is(day) => Some(day.to_string()),
        IssueDay::Empty if was_whole => None,
        // The field cannot show a month alone: who left it empty took nothing away.
        IssueDay::Empty | IssueDay::AsRead => plan.issued_on.clone(),
    };
    let lost_number = plan.number.as_deref().is_some_and(is_numbered) && !is_numbered(number);
    let lost = [(lost_number, HeadDoubt::Number), (was_whole && day.is_none(), HeadDoubt::Day(None))];
    let lost = lost.iter().filter(|(is_lost, _)| *is_lost).map(|(_, doubt)| of_head(ctx, id, doubt));
    let lost: &Vec<Finding> = &lost.collect();
    let new = &store::plan::Head {
        number,
        title,
        issued_on: day.as_deref(),
        issuer: given.issuer.zip(name.as_deref()),
        follower: given.follower,
    };
    let changed = is_said_anew(&plan, new);
    let (rows, targets) = match given.issuer.filter(|unit| plan.issuer_id != Some(unit.uuid())) {
        Some(issuer) => looked_up_near(core, &plan, issuer).await?,
        None => (vec![], vec![]),
    };
    let said_day = matches!(given.issued_on, IssueDay::Is(_));
    let settled = [(is_numbered(number), NUMBER), (true, TITLE), (given.issuer.is_some(), ISSUER), (said_day, DAY)];
    let settled: &Vec<&str> = &settled.into_iter().filter_map(|(is_said, kind)| is_said.then_some(kind)).collect();
    let (rows, targets) = (&rows, &targets);
    // What it was allowed and asked for was found out about this revision.
    Problem::stale_unless(plan.rev == rev)?;
    core.db()
        .write(ctx, |tx| async move {
            if !store::plan::head_set(&tx, id, rev, new, ctx.now().as_microsecond()).await? {
                return Err(Problem::stale());
            }
            if changed {
                lapse(core, ctx, &tx, id).await?;
            }
            for row in rows {
                Problem::stale_unless(store::read_row::update(&tx, row).await?)?;
            }
            for target in targets {
                Problem::stale_unless(store::read_target::update(&tx, target).await?)?;
            }
            for kind in settled {
                store::finding::close_plan(&tx, id, kind).await?;
            }
            for doubt in lost {
                store::finding::ask_plan(&tx, id, doubt).await?;
            }
            let issuer = new.issuer.map(|(unit, _)| unit.to_string());
            let detail = json!({ "number": number, "issued_on": new.issued_on, "issuer": issuer });
            tx.ledger(Entry::new("plan.head", id).unit(given.follower).detail(detail));
            Ok(())
        })
        .await
}

/// Says that the head of a plan under review is as the document has it, or takes that back. What is still asked about it is
/// answered first.
pub async fn head_review(core: &Core, ctx: &Ctx, id: PlanId, rev: i64, act: HeadAct) -> Result<(), Problem> {
    plan_in_review(core, ctx, id).await?;
    let is_seen = act == HeadAct::Accept;
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, id).await?;
            let findings = store::finding::list(&tx, id).await?;
            let is_asked = |finding: &&Finding| finding.state == "open" && OF_HEAD.contains(&finding.kind.as_str());
            let asked = findings.iter().filter(is_asked).count();
            if is_seen && asked > 0 {
                return Err(Error::OpenProblems(asked).into());
            }
            let since = is_seen.then(|| ctx.now().as_microsecond());
            Problem::stale_unless(store::plan::head_seen_set(&tx, id, rev, since).await?)?;
            let state = if is_seen { "accepted" } else { "open" };
            tx.ledger(Entry::new("plan.head_review", id).detail(json!({ "state": state })));
            Ok(())
        })
        .await
}

/// What was not read for certain of the head, as a doubt like those of the reader.
pub(crate) fn of_head(ctx: &Ctx, plan: PlanId, doubt: &HeadDoubt) -> Finding {
    let (message_vi, message_en) = doubt.asked();
    Finding {
        id: ctx.new_id::<crate::ids::Finding>().uuid(),
        plan_id: plan.uuid(),
        kind: doubt.code().to_owned(),
        message_vi,
        message_en,
        task_at: None,
        target_at: None,
        span_start: None,
        span_end: None,
        state: "open".into(),
        reason: None,
        rev: 1,
    }
}

/// Whether something that a confirmation saw is another now.
fn is_said_anew(plan: &PlanRow, new: &store::plan::Head<'_>) -> bool {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let issuer = new.issuer.is_some_and(|(unit, _)| plan.issuer_id != Some(unit.uuid()));
    issuer
        || text(&plan.number) != new.number
        || text(&plan.title) != new.title
        || plan.issued_on.as_deref() != new.issued_on
}

/// The rows and targets in which a name means something else in a document of this issuer.
async fn looked_up_near(
    core: &Core,
    plan: &PlanRow,
    issuer: UnitId,
) -> Result<(Vec<ReviewRow>, Vec<ReviewTarget>), Problem> {
    let conn = core.db().read();
    let mut rows = store::read_row::list(&conn, plan.id()).await?;
    let mut targets = store::read_target::list(&conn, plan.id()).await?;
    let of_rows = rows.iter().flat_map(|row| row.task.lead.iter().chain(&row.task.coordinating));
    let of_targets = targets.iter().flat_map(|row| row.target.owners.iter().chain(&row.target.implementers));
    let texts: Vec<String> = of_rows.chain(of_targets).map(|named| named.text.clone()).collect();
    let (bodies, kind) = (core.bodies(), plan.kind.as_deref());
    let before = Names::of_document(bodies, texts.iter(), plan.issuer_id.map(UnitId::from_uuid), kind).await?;
    let now = Names::of_document(bodies, texts.iter(), Some(issuer), kind).await?;
    let mend = |named: &mut Named| {
        let new = Named { text: named.text.clone(), means: now.means(&named.text) };
        // What a person said that words mean stays.
        let is_read = named.means == before.means(&named.text);
        let is_other = *named != new && (new.is_certain() || is_read);
        if is_other {
            *named = new;
        }
        is_other
    };
    // Each name is mended, whether or not one before it was.
    let any = |changed: bool, named: &mut Named| mend(named) || changed;
    rows.retain_mut(|row| row.task.lead.iter_mut().chain(&mut row.task.coordinating).fold(false, any));
    targets.retain_mut(|row| {
        let target = &mut row.target;
        target.owners.iter_mut().chain(&mut target.implementers).fold(false, any)
    });
    Ok((rows, targets))
}
