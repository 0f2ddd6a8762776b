//! Reviewing what was read: accept, correct, drop, say who is meant, set questions aside with a reason.

use crate::ids::ReadRowId;
use db::{DbError, Entry, Reader, Writer};
use kernel::{Ctx, PlanId, Problem, Resource, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::{
            authority::stands_over,
            role::{Circle, PlanRole},
            row::OF_ROW,
        },
        store::{self, plan::PlanRow, read_row::ReviewRow},
        usecase::{
            confirmation::{lapse, may_confirm},
            typed::Typed,
        },
    },
};

/// A plan as the policies see it.
pub(crate) fn resource(plan: &PlanRow, roles: &[(UnitId, PlanRole)]) -> Resource {
    let circle = Circle::new(plan.follower(), roles);
    Resource {
        kind: "Plan",
        id: plan.id().to_string(),
        unit: plan.issuer_id.map(UnitId::from_uuid),
        followed_by: circle.followers,
        involved: circle.others,
        ..Resource::default()
    }
}

/// For whoever may approve it, wherever it stands.
pub(crate) async fn steered(core: &Core, ctx: &Ctx, conn: &Reader, id: PlanId) -> Result<PlanRow, Problem> {
    let plan = store::plan::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(conn, id).await?))?;
    Ok(plan)
}

pub(crate) async fn plan_in_review(core: &Core, ctx: &Ctx, id: PlanId) -> Result<PlanRow, Problem> {
    let plan = steered(core, ctx, &core.db().read(), id).await?;
    if plan.state == "review" { Ok(plan) } else { Err(Error::NotInReview.into()) }
}

/// What a person decided about one row.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Accept,
    Drop,
    /// Back to open: the undo of accept and drop.
    Reopen,
}

/// Something that the plan says is said anew: whoever confirms or approves an older reading is told so.
pub(crate) async fn rewritten(core: &Core, ctx: &Ctx, tx: &db::Tx, plan: PlanId) -> Result<(), Problem> {
    if !store::plan::reviewed(tx, plan).await? {
        return Err(Error::NotInReview.into());
    }
    lapse(core, ctx, tx, plan).await
}

/// Inside the act that says something on a plan: it is still under review, and stays so until the act is over.
pub(crate) async fn still_reviewed(tx: &db::Tx, plan: PlanId) -> Result<(), Problem> {
    if store::plan::review_hold(tx, plan).await? { Ok(()) } else { Err(Error::NotInReview.into()) }
}

async fn save(core: &Core, ctx: &Ctx, row: &ReviewRow, is_anew: bool, action: &'static str) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, row.plan).await?;
            if is_anew {
                rewritten(core, ctx, &tx, row.plan).await?;
            }
            if !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(action, row.plan).detail(json!({ "row": row.id.to_string(), "state": row.state })));
            Ok(())
        })
        .await
}

pub(crate) async fn load(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64) -> Result<(PlanRow, ReviewRow), Problem> {
    let row = store::read_row::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let plan = plan_in_review(core, ctx, row.plan).await?;
    Problem::stale_unless(row.rev == rev)?;
    Ok((plan, row))
}

pub async fn decide(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64, act: &Act) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    let was_dropped = row.state == "dropped";
    row.state = match act {
        Act::Accept if !row.task.questions().is_empty() => {
            return Err(Error::OpenProblems(row.task.questions().len()).into());
        }
        Act::Accept => "accepted",
        Act::Drop => "dropped",
        Act::Reopen => "open",
    }
    .to_owned();
    let (row, is_back) = (&row, was_dropped && row.state != "dropped");
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, row.plan).await?;
            if is_back {
                rewritten(core, ctx, &tx, row.plan).await?;
            }
            if !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            // Who accepts a row has compared it with the document; a dropped one leaves no doubts behind.
            match row.state.as_str() {
                "accepted" => settled(&tx, row, &OF_ROW).await?,
                "dropped" => settled(&tx, row, &["%"]).await?,
                _ => {}
            }
            let detail = json!({ "row": row.id.to_string(), "state": row.state });
            tx.ledger(Entry::new("plan.review", row.plan).detail(detail));
            Ok(())
        })
        .await?;
    Ok(plan.id())
}

async fn settled(tx: &Writer, row: &ReviewRow, kinds: &[&str]) -> Result<(), DbError> {
    for kind in kinds {
        store::finding::close_row(tx, row.plan, row.position, kind).await?;
    }
    Ok(())
}

/// The correction form of a row. Lists of bodies are separated by semicolons.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct Correction {
    pub text: String,
    pub lead: String,
    pub coordinating: String,
    pub time: String,
    pub result: String,
    /// Why the remaining questions do not matter; empty leaves them open.
    pub reason: String,
}

pub async fn correct(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64, given: &Correction) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    if given.text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let typed = Typed { bodies: core.bodies(), issuer: plan.issuer_id.map(UnitId::from_uuid), ctx };
    let before = row.task.clone();
    row.task.text = given.text.trim().to_owned();
    row.task.lead = typed.named("lead", &given.lead, &row.task.lead)?;
    row.task.coordinating = typed.named("coordinating", &given.coordinating, &row.task.coordinating)?;
    row.task.time = plan_reader::parse_time(given.time.trim());
    row.task.result = Some(given.result.trim().to_owned()).filter(|text| !text.is_empty());
    row.task.set_aside = Some(given.reason.trim().to_owned()).filter(|text| !text.is_empty());
    row.state = "open".to_owned();
    save(core, ctx, &row, row.task.says() != before.says(), "plan.correct").await?;
    Ok(plan.id())
}

/// Sets every open question of the plan aside with one reason.
pub async fn set_aside(core: &Core, ctx: &Ctx, id: PlanId, reason: &str) -> Result<usize, Problem> {
    plan_in_review(core, ctx, id).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let mut rows = store::read_row::list(&core.db().read(), id).await?;
    rows.retain(|row| !row.task.questions().is_empty());
    for row in &mut rows {
        row.task.set_aside = Some(reason.to_owned());
    }
    let rows = &rows;
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, id).await?;
            for row in rows {
                if !store::read_row::update(&tx, row).await? {
                    return Err(Problem::stale());
                }
            }
            store::finding::aside_all(&tx, id, reason).await?;
            tx.ledger(Entry::new("plan.set_aside", id).reason(reason).detail(json!({ "rows": rows.len() })));
            Ok(())
        })
        .await?;
    Ok(rows.len())
}

/// Following is a right over other bodies: it goes to a unit of one's own house, or is given by the body in whose name
/// the plan stands.
pub(crate) fn may_hand_over(core: &Core, ctx: &Ctx, plan: &PlanRow, follower: UnitId) -> Result<(), Problem> {
    let bodies = core.bodies().as_ref();
    let own_house = ctx.actor.posts().iter().any(|post| stands_over(bodies, post.unit, follower));
    if ctx.actor.is_trusted() || own_house || may_confirm(core, ctx, plan) {
        return Ok(());
    }
    Err(Problem::bad_input("follower-beyond").field("follower", "follower-beyond"))
}
