//! The body in whose name a plan stands says whether it is theirs. Until then the plan gives nobody a right.

use crate::ids::TaskId;
use db::{Entry, Words};
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    BodiesPort, Error,
    approve::usecase::plan_approve::settle,
    plans::{
        self,
        model::{authority::stands_over, hands},
        store::{confirmation::Confirmation, plan::PlanRow},
        usecase::confirmation::{is_office, lent, may_take_back, resource, speaks_for},
    },
    reporting, targets,
    work::{self, store::held::Held},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfirmAct {
    /// "Đúng là văn bản của chúng tôi", and who follows it. Following is a right over others: it is named, unless it is
    /// the body's own or was named before.
    Confirm { follower: Option<UnitId> },
    /// "Không phải văn bản của chúng tôi": the plan is disowned; of a confirmed one what was added since is dropped.
    Refuse { reason: String },
    /// The undo of both. Work that was given meanwhile stays given.
    TakeBack,
}

/// Says what was done, as a page names it.
pub async fn plan_confirm(
    core: &Core,
    ctx: &Ctx,
    id: PlanId,
    rev: i64,
    act: &ConfirmAct,
) -> Result<&'static str, Problem> {
    let plan = &plans::store::plan::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.confirm", &resource(core, ctx, plan))?;
    let by = lent(core, ctx, plan);
    said(core, ctx, plan, rev, by, act).await
}

/// What the console and the demo say in a body's name.
pub(crate) async fn plan_confirm_as(core: &Core, ctx: &Ctx, id: PlanId, by: UnitId) -> Result<(), Problem> {
    let plan = &plans::store::plan::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let act = ConfirmAct::Confirm { follower: Some(plan.follower()) };
    said(core, ctx, plan, plan.rev, by, &act).await.map(|_| ())
}

/// Who follows the plan by this word.
fn follower(bodies: &BodiesPort, plan: &PlanRow, named: Option<UnitId>) -> Result<UnitId, Problem> {
    let (now, own) = (plan.follower(), speaks_for(bodies, plan));
    if named.is_none() && bodies.today(now) != own && !is_office(bodies, now, own) && !plan.is_confirmed() {
        let name = bodies.body(now).map(|body| body.name).unwrap_or_default();
        return Err(Problem::bad_input("follower-unnamed").with("name", name).field("follower", "follower-unnamed"));
    }
    let follower = named.unwrap_or(now);
    bodies.body(follower).ok_or_else(Problem::not_found)?;
    Ok(follower)
}

async fn said(
    core: &Core,
    ctx: &Ctx,
    plan: &PlanRow,
    rev: i64,
    by: UnitId,
    act: &ConfirmAct,
) -> Result<&'static str, Problem> {
    let (id, bodies) = (plan.id(), core.bodies());
    let fits = match act {
        ConfirmAct::Confirm { .. } | ConfirmAct::Refuse { .. } => plan.is_open_to_a_word(),
        ConfirmAct::TakeBack => plan.has_word_to_take_back(),
    };
    if !fits {
        return Err(Error::WrongState.into());
    }
    if *act == ConfirmAct::TakeBack && !may_take_back(bodies, ctx, plan) {
        return Err(Error::FourEyes("word-not-yours").into());
    }
    let (at, reached) = (Some(ctx.now().as_microsecond()), if plan.approved_at.is_some() { "live" } else { "review" });
    let held = work::store::held::of_plan(&core.db().read(), id).await?;
    let given = |held: &Held| {
        matches!(act, ConfirmAct::Confirm { .. }) && is_given(bodies, by, bodies.today(plan.follower()), held)
    };
    let (released, kept): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, held)| given(held));
    let unsaid = Confirmation {
        said: None,
        by: None,
        hand: None,
        at: None,
        note: None,
        state: reached,
        follower: plan.follower(),
        changed_at: None,
    };
    let hand = Some(hands::hand(&ctx.actor));
    // Whoever lent it a wider authority before did not take that back.
    let wider = plan.standing().confirmed_by.filter(|before| stands_over(bodies.as_ref(), bodies.today(*before), by));
    let word = &match act {
        ConfirmAct::Confirm { follower: named } => Confirmation {
            said: Some("confirmed"),
            by: wider.or(Some(by)),
            hand: hand.clone(),
            at,
            follower: follower(bodies, plan, *named)?,
            // What was added and is beyond this word waits for the next.
            changed_at: plan.changed_at.filter(|_| plan.is_added_to() && kept.iter().any(|(_, held)| is_part(held))),
            ..unsaid
        },
        ConfirmAct::Refuse { reason } if reason.trim().is_empty() => return Err(Error::Empty("reason").into()),
        ConfirmAct::Refuse { .. } if plan.is_added_to() => Confirmation {
            said: Some("confirmed"),
            by: plan.standing().confirmed_by,
            hand: plan.confirmed_hand.clone(),
            at: plan.confirmed_at,
            note: plan.confirmation_note.clone(),
            ..unsaid
        },
        ConfirmAct::Refuse { reason } => Confirmation {
            said: Some("refused"),
            by: Some(by),
            hand,
            at,
            note: Some(Words::new(reason).into_string()),
            state: "withdrawn",
            ..unsaid
        },
        ConfirmAct::TakeBack => unsaid,
    };
    let dropped: Vec<(Uuid, Uuid)> = match act {
        ConfirmAct::Refuse { .. } if plan.is_added_to() => {
            kept.iter().filter(|(_, held)| is_part(held)).map(|(row, held)| (*row, held.task())).collect()
        }
        _ => vec![],
    };
    let (released, dropped) = (&released, &dropped);
    let (action, done) = match act {
        ConfirmAct::Confirm { .. } => ("plan.confirm", "plan-confirmed"),
        ConfirmAct::Refuse { .. } if plan.is_added_to() => ("plan.added_drop", "plan-added-dropped"),
        ConfirmAct::Refuse { .. } => ("plan.disown", "plan-disowned"),
        ConfirmAct::TakeBack => ("plan.confirm_back", "undone"),
    };
    Problem::stale_unless(plan.rev == rev)?;
    let today = &ctx.today().to_string();
    core.db()
        .write(ctx, |tx| async move {
            if !plans::store::confirmation::set(&tx, id, rev, word).await? {
                return Err(Problem::stale());
            }
            match act {
                ConfirmAct::Refuse { .. } if !plan.is_added_to() => {
                    work::store::part::withdraw_all(&tx, id, today).await?;
                    reporting::store::duty::end_all(&tx, id).await?;
                }
                ConfirmAct::TakeBack => {
                    work::store::part::withdrawn_resume(&tx, id).await?;
                }
                ConfirmAct::Confirm { .. } | ConfirmAct::Refuse { .. } => {}
            }
            let touched = released.iter().map(|(_, held)| held.task()).chain(dropped.iter().map(|(_, task)| *task));
            work::store::task::touched(&tx, &touched.collect()).await?;
            for (row, held) in released {
                give(&tx, id, held).await?;
                work::store::held::drop(&tx, *row).await?;
            }
            for (row, _) in dropped {
                work::store::held::drop(&tx, *row).await?;
            }
            settle(&tx, id, ctx.now().as_microsecond()).await?;
            let detail =
                json!({ "follower": word.follower.to_string(), "given": released.len(), "dropped": dropped.len() });
            let entry = Entry::new(action, id).unit(by).detail(detail);
            tx.ledger(match act {
                ConfirmAct::Refuse { reason } => entry.reason(reason.as_str()),
                ConfirmAct::Confirm { .. } | ConfirmAct::TakeBack => entry,
            });
            Ok(())
        })
        .await?;
    Ok(done)
}

/// Work of a task, as against what the plan's own text says of others.
fn is_part(held: &Held) -> bool {
    matches!(held, Held::Part(_))
}

/// What was kept for this word: as far as the body's authority reaches, and work that the follower may give of itself.
fn is_given(bodies: &BodiesPort, by: UnitId, follower: UnitId, held: &Held) -> bool {
    let reaches = |own: UnitId| stands_over(bodies.as_ref(), own, held.unit());
    reaches(by) || (is_part(held) && reaches(follower))
}

/// Gives what was held, inside an open act.
async fn give(tx: &db::Tx, plan: PlanId, held: &Held) -> Result<(), Problem> {
    match held {
        Held::Part(part) => work::store::part::insert(tx, part).await?,
        Held::Helper { task, unit } => {
            work::store::task::plan_helper_insert(tx, TaskId::from_uuid(*task), *unit).await?;
        }
        Held::Answers { target, unit, role } => targets::store::value::body_insert(tx, *target, *unit, role).await?,
        Held::Role { unit, role } => {
            plans::store::role::insert(tx, plan, *unit, *role).await?;
        }
    }
    Ok(())
}
