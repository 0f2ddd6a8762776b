//! What a person decides about a doubt of the reader: it is settled, or set aside with a reason.

use crate::ids::FindingId;
use db::Entry;
use kernel::{Ctx, PlanId, Problem};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        store,
        usecase::review::{plan_in_review, still_reviewed},
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Compared with the document and right, or corrected.
    Settle,
    /// It stays as it is, for this reason.
    Aside,
    Reopen,
}

pub async fn finding_decide(
    core: &Core,
    ctx: &Ctx,
    id: FindingId,
    rev: i64,
    decision: Decision,
    reason: &str,
) -> Result<PlanId, Problem> {
    let finding = store::finding::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let plan = PlanId::from_uuid(finding.plan_id);
    plan_in_review(core, ctx, plan).await?;
    let reason = reason.trim();
    let state = match decision {
        Decision::Aside if reason.is_empty() => return Err(Error::Empty("reason").into()),
        Decision::Aside => "aside",
        Decision::Settle => "settled",
        Decision::Reopen => "open",
    };
    let kept = (decision != Decision::Reopen && !reason.is_empty()).then_some(reason);
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, plan).await?;
            if !store::finding::decide(&tx, finding.id, rev, state, kept).await? {
                return Err(Problem::stale());
            }
            let entry = Entry::new("plan.finding", plan).detail(json!({ "finding": id.to_string(), "state": state }));
            tx.ledger(entry.reason(kept.unwrap_or_default()));
            Ok(())
        })
        .await?;
    Ok(plan)
}
