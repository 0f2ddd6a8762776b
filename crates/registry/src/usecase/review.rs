//! A reviewer accepts what the rules say, or decides otherwise and says why.

use db::{Entry, Row as _, Words};
use kernel::{Ctx, Problem, ProblemKind};
use serde::Deserialize;
use serde_json::json;
use webkit::{Core, Kept as _};

use super::{
    assess::{inventory, keep},
    in_force::appraiser,
    sources,
};
use crate::{
    model::{
        System, SystemId,
        appraiser::{Asking, fields},
        assessment::{Assessment, MoveStrategy, ReviewState},
    },
    store::{assessment, landscape},
};

pub const REVIEW: &str = "registry.review";

/// What a reviewer says; no strategy: as the rules say.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ReviewInput {
    /// The reviewer's own choice by its code; empty to accept what the rules say.
    pub strategy: String,
    /// Why; needed where the reviewer decides otherwise.
    pub reason: String,
    /// The revision of the assessment that was read; where it is said, nothing is decided over a newer one.
    pub rev: Option<i64>,
}

pub fn may_review(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, REVIEW, system.kept())
}

pub async fn assessment_review(
    core: &Core,
    ctx: &Ctx,
    id: SystemId,
    input: &ReviewInput,
) -> Result<Assessment, Problem> {
    may_review(core, ctx, &System::seen(core, ctx, &core.db().read(), id).await?)?;
    let (chosen, reason, rev) = (chosen(&input.strategy)?, Words::some(&input.reason), input.rev);
    let (reason, beside) = (&reason, &sources::beside(core, ctx, &[id]).await?);
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may_review(core, ctx, &system)?;
            let row = assessment::held(&tx, id).await?;
            let row = row.ok_or_else(|| Problem::new(ProblemKind::Conflict, "not-classified-yet"))?;
            Problem::stale_unless(rev.is_none_or(|rev| rev == row.rev))?;
            // Pages show what the rules say today: that is what is reviewed, not what an older classification wrote.
            let (appraiser, around) =
                (appraiser(&tx).await?, landscape::around(&tx, id).await?.hearing(beside.clone()));
            let (inventory, given, effort) = (inventory(&around, id, ctx), fields(&row.answers), row.effort);
            let is_carried_out = around.is_carried_out(id, row.decided(), row.reviewed_at);
            let asking = Asking { inventory: &inventory, given: &given, effort };
            let row = appraiser.decide(row, asking, is_carried_out)?;
            // Who chooses what the rules say agrees with them.
            let overruled = chosen.filter(|chosen| *chosen != row.strategy);
            if overruled.is_some() && reason.is_none() {
                return Err(Problem::bad_input("review-reason-missing").field("reason", "review-reason-missing"));
            }
            let review = if overruled.is_some() { ReviewState::Overruled } else { ReviewState::Accepted };
            // Who says of what is carried out that it was right decides nothing anew: it stays carried out.
            let is_same = is_carried_out && overruled.unwrap_or(row.strategy) == row.decided();
            let before = row.reviewed_by.clone().zip(row.reviewed_at).filter(|_| is_same);
            let (by, at) = before.unwrap_or_else(|| (ctx.actor.pseudonym(), ctx.now().as_microsecond()));
            let row = Assessment {
                review,
                overruled,
                reason: reason.clone().filter(|_| overruled.is_some()),
                reviewed_by: Some(by),
                reviewed_at: Some(at),
                ..row
            };
            let act = if overruled.is_some() { "assessment.overrule" } else { "assessment.accept" };
            let detail = json!({ "rules_say": row.strategy, "decided": row.decided() });
            let entry = Entry::new(act, id).unit(system.owner_id).detail(detail);
            let entry = match &row.reason {
                Some(reason) => entry.reason(reason.clone()),
                None => entry,
            };
            let row = keep(&tx, true, row, &system).await?;
            tx.ledger(entry);
            Ok(row)
        })
        .await
}

fn chosen(code: &str) -> Result<Option<MoveStrategy>, Problem> {
    let code = code.trim();
    if code.is_empty() {
        return Ok(None);
    }
    let unknown = || Problem::bad_input("unknown-choice").with("text", code).field("strategy", "unknown-choice");
    kernel::Code::parse(code).map(Some).ok_or_else(unknown)
}
