//! Reviewing the targets that were read: accept, drop, correct, say which indicator each is a milestone of.

use crate::ids::ReadTargetId;
use db::Entry;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::read_target::{parse, sign_parse},
        store::{
            self,
            plan::PlanRow,
            read_target::{self, ReviewTarget},
        },
        usecase::{
            review::{Act, plan_in_review, rewritten, still_reviewed},
            typed::Typed,
        },
    },
};

/// The correction form of a target.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct TargetForm {
    pub text: String,
    pub value: String,
    pub unit: String,
    pub comparator: String,
    pub from: String,
    pub to: String,
    pub owners: String,
    pub implementers: String,
    /// Code of the indicator; empty for none of the catalogue.
    pub indicator: String,
}

async fn load(core: &Core, ctx: &Ctx, id: ReadTargetId, rev: i64) -> Result<(PlanRow, ReviewTarget), Problem> {
    let row = read_target::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let plan = plan_in_review(core, ctx, row.plan).await?;
    Problem::stale_unless(row.rev == rev)?;
    Ok((plan, row))
}

pub async fn target_decide(core: &Core, ctx: &Ctx, id: ReadTargetId, rev: i64, act: &Act) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    let was_dropped = row.state == "dropped";
    let (state, closes) = match act {
        Act::Accept => ("accepted", Some("check_scan")),
        Act::Drop => ("dropped", Some("%")),
        Act::Reopen => ("open", None),
    };
    row.state = state.to_owned();
    let is_back = was_dropped && state != "dropped";
    save(core, ctx, &row, is_back, "plan.target_review", closes).await?;
    Ok(plan.id())
}

pub async fn target_correct(
    core: &Core,
    ctx: &Ctx,
    id: ReadTargetId,
    rev: i64,
    given: &TargetForm,
) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    if given.text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let value = parse(&given.value).ok_or_else(|| Problem::bad_input("no-figure").field("value", "no-figure"))?;
    let year = |text: &str| match text.trim() {
        "" => Ok(None),
        text => match text.parse::<i16>() {
            Ok(year) if (2000..2100).contains(&year) => Ok(Some(year)),
            _ => Err(Problem::bad_input("no-year").field("to", "no-year")),
        },
    };
    let code = given.indicator.trim();
    if !code.is_empty() && core.indicators().get(code).is_none() {
        return Err(Problem::bad_input("no-indicator").field("indicator", "no-indicator"));
    }
    let typed = Typed { bodies: core.bodies(), issuer: plan.issuer_id.map(UnitId::from_uuid), ctx };
    let before = row.target.clone();
    let target = &mut row.target;
    target.text = given.text.trim().to_owned();
    target.value_milli = value;
    target.unit = given.unit.trim().to_owned();
    target.comparator = sign_parse(given.comparator.trim());
    (target.from, target.to) = (year(&given.from)?, year(&given.to)?);
    target.owners = typed.named("owners", &given.owners, &target.owners)?;
    target.implementers = typed.named("implementers", &given.implementers, &target.implementers)?;
    target.indicator = Some(code.to_owned()).filter(|code| !code.is_empty());
    target.indicator_open = false;
    row.state = "open".to_owned();
    let is_anew = row.target.says() != before.says();
    save(core, ctx, &row, is_anew, "plan.target_correct", None).await?;
    Ok(plan.id())
}

async fn save(
    core: &Core,
    ctx: &Ctx,
    row: &ReviewTarget,
    is_anew: bool,
    action: &'static str,
    closes: Option<&str>,
) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, row.plan).await?;
            if is_anew {
                rewritten(core, ctx, &tx, row.plan).await?;
            }
            if !read_target::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            if let Some(kind) = closes {
                store::finding::close_target(&tx, row.plan, row.position, kind).await?;
            }
            let detail = json!({ "target": row.id.to_string(), "state": row.state });
            tx.ledger(Entry::new(action, row.plan).detail(detail));
            Ok(())
        })
        .await
}
