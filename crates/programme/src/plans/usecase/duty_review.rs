//! Reviewing the duties that were read: accept, drop one that is none, keep one that is no double, say who reports what.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resolution, UnitId, listed};
use plan_reader::Duty;
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    BodiesPort,
    plans::{
        model::read_duty::{self, DutyBodies, DutyWords, PERIODS, SaidDuty},
        store::{self, plan::PlanRow},
        usecase::{
            names::{at, bounded, understood},
            plan_read,
            review::{plan_in_review, rewritten, still_reviewed},
        },
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyAct {
    /// It is as the document has it.
    Accept,
    Drop,
    /// Back to open: the undo of accept and drop; keeps a double too.
    Keep,
    Correct,
}

/// What is said of one duty of a plan under review. Lists of bodies are parted by semicolons.
#[derive(Debug, Clone)]
pub struct DutyReview {
    /// Its place in the reading, from 0.
    pub position: usize,
    /// How often something was said of it: 0 at first.
    pub rev: i64,
    pub act: DutyAct,
    pub said: DutyInput,
}

/// What a correction says, all of it anew.
#[derive(Debug, Clone, Default)]
pub struct DutyInput {
    /// Empty for the words of the document.
    pub text: String,
    pub who: String,
    pub to: String,
    pub via: String,
    /// One of the reader's kinds of periods, or none.
    pub period: String,
    /// As documents say it: "trước ngày 30/11".
    pub due: String,
}

pub async fn duty_review(core: &Core, ctx: &Ctx, id: PlanId, given: &DutyReview) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let conn = core.db().read();
    let read = plan_read::whole(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = read.duties.get(given.position).ok_or_else(Problem::not_found)?;
    let before = store::read_duty::list(&conn, id).await?.into_iter().find(|said| said.position == given.position);
    Problem::stale_unless(before.as_ref().map_or(0, |said| said.rev) == given.rev)?;
    let was_dropped = read_duty::all(&read.duties, before.as_slice())
        .into_iter()
        .nth(given.position)
        .is_some_and(|duty| duty.is_dropped);
    let before = SaidDuty { position: given.position, ..before.unwrap_or_default() };
    let said = &match given.act {
        DutyAct::Accept => SaidDuty { is_dropped: false, is_accepted: true, ..before },
        DutyAct::Drop => SaidDuty { is_dropped: true, is_accepted: false, ..before },
        DutyAct::Keep => SaidDuty { is_dropped: false, is_accepted: false, ..before },
        DutyAct::Correct => corrected(core, ctx, &plan, duty, &given.said, before)?,
    };
    // What a reviewer only accepts is what was confirmed.
    let is_anew = given.act == DutyAct::Correct || was_dropped != said.is_dropped;
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, id).await?;
            if is_anew {
                rewritten(core, ctx, &tx, id).await?;
            }
            Problem::stale_unless(store::read_duty::set(&tx, id, said).await?)?;
            let detail = json!({
                "position": said.position, "dropped": said.is_dropped, "accepted": said.is_accepted
            });
            tx.ledger(Entry::new("plan.duty_review", id).detail(detail));
            Ok(())
        })
        .await
}

fn corrected(
    core: &Core,
    ctx: &Ctx,
    plan: &PlanRow,
    read: &Duty,
    given: &DutyInput,
    before: SaidDuty,
) -> Result<SaidDuty, Problem> {
    let (bodies, issuer) = (core.bodies(), plan.issuer_id.map(UnitId::from_uuid));
    let named = |field, text| named(bodies, ctx, issuer, field, text);
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let period = filled(&given.period);
    if period.as_deref().is_some_and(|period| !PERIODS.contains(&period)) {
        return Err(Problem::bad_input("no-such-period").field("period", "no-such-period"));
    }
    let words =
        DutyWords { text: filled(&given.text).unwrap_or_else(|| read.text.clone()), period, due: filled(&given.due) };
    let bodies =
        DutyBodies { who: named("who", &given.who)?, to: named("to", &given.to)?, via: named("via", &given.via)? };
    Ok(SaidDuty { is_dropped: false, is_accepted: false, bodies: Some(bodies), words: Some(words), ..before })
}

/// The names as documents have them.
fn named(
    bodies: &BodiesPort,
    ctx: &Ctx,
    issuer: Option<UnitId>,
    field: &str,
    text: &str,
) -> Result<Vec<String>, Problem> {
    let one = |name: &str| match understood(bodies, ctx, issuer, name)? {
        Resolution::Unit { name, .. } | Resolution::Group { name, .. } => Ok(name),
        Resolution::Unknown => Ok(name.to_owned()),
    };
    let names = bounded(listed(text).map(str::to_owned).collect())?;
    names.iter().map(|name| one(name)).collect::<Result<_, Problem>>().map_err(|problem| at(field, problem))
}
