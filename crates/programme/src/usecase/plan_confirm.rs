//! The body in whose name a plan stands says whether it is theirs. Until then the plan gives nobody a right.

use db::{Entry, Words};
use kernel::{Ctx, PlanId, Problem, Resource, Role, TaskId, UnitId, text::fold};
use serde_json::json;
use uuid::Uuid;
use webkit::App;

use crate::{
    BodiesPort, Error,
    model::authority::{source, stands_over},
    schema::PART_FACTS,
    store::{
        self,
        held::Held,
        plan::{Confirmation, PlanRow},
    },
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfirmAct {
    /// "Đúng là văn bản của chúng tôi", and who follows it, where that is said.
    Confirm { follower: Option<UnitId> },
    /// "Không phải văn bản của chúng tôi": the plan is withdrawn.
    Refuse { reason: String },
    /// The undo of both. Work that was given meanwhile stays given.
    TakeBack,
}

/// Bodies whose word makes the plan theirs: its issuer; of an issuer that is not known, the follower.
fn speaks_for(plan: &PlanRow) -> UnitId {
    plan.issuer_id.map_or_else(|| plan.follower(), UnitId::from_uuid)
}

/// Is this the office of that body?
fn is_office(bodies: &BodiesPort, unit: UnitId, of: UnitId) -> bool {
    let named = bodies.body(unit).is_some_and(|body| fold(&body.name).starts_with("van phong"));
    named && bodies.above(unit) == Some(of)
}

/// The plan as `plan.confirm` sees it: the body it stands for, and the actor's posts in that body's office or above it.
fn resource(app: &App, ctx: &Ctx, plan: &PlanRow) -> Result<Resource, Problem> {
    let (bodies, unit) = (app.get::<BodiesPort>()?, speaks_for(plan));
    let speaks = |post: &UnitId| is_office(bodies, *post, unit) || stands_over(bodies.as_ref(), *post, unit);
    let posts = ctx.actor.posts().iter().map(|post| post.unit).filter(speaks);
    Ok(Resource {
        kind: "Plan",
        id: plan.id().to_string(),
        unit: Some(unit),
        followed_by: posts.collect(),
        involved: vec![],
    })
}

/// May the actor say whether the plan is the body's own?
pub(crate) fn may_confirm(app: &App, ctx: &Ctx, plan: &PlanRow) -> Result<bool, Problem> {
    Ok(app.authorizer().check(ctx, "plan.confirm", &resource(app, ctx, plan)?).is_ok())
}

/// Does the plan wait for a word of the body in whose name it stands?
pub(crate) fn is_waiting(bodies: &BodiesPort, plan: &PlanRow) -> bool {
    matches!(plan.state.as_str(), "review" | "live")
        && plan.confirmation.is_none()
        && plan.issuer_id.is_some()
        && source(bodies.as_ref(), &plan.standing()).is_none()
}

/// The body whose authority the actor lends the plan: the highest of their posts above it, or the body of their office.
fn lent(app: &App, ctx: &Ctx, plan: &PlanRow) -> Result<UnitId, Problem> {
    let (bodies, unit) = (app.get::<BodiesPort>()?, speaks_for(plan));
    let above = |own: &UnitId| stands_over(bodies.as_ref(), *own, unit);
    let posts = ctx.actor.posts().iter().filter(|post| matches!(post.role, Role::Leader | Role::Programme));
    let depth = |unit: &UnitId| std::iter::successors(Some(*unit), |unit| bodies.above(*unit)).take(16).count();
    Ok(posts.map(|post| post.unit).filter(above).min_by_key(depth).unwrap_or(unit))
}

pub async fn plan_confirm(app: &App, ctx: &Ctx, id: PlanId, rev: i64, act: &ConfirmAct) -> Result<(), Problem> {
    let plan = &store::plan::get(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    app.authorizer().check(ctx, "plan.confirm", &resource(app, ctx, plan)?)?;
    let by = lent(app, ctx, plan)?;
    said(app, ctx, plan, rev, by, act).await
}

/// What the console and the demo say in a body's name.
pub(crate) async fn plan_confirm_as(app: &App, ctx: &Ctx, id: PlanId, by: UnitId) -> Result<(), Problem> {
    let plan = &store::plan::get(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    said(app, ctx, plan, plan.rev, by, &ConfirmAct::Confirm { follower: None }).await
}

async fn said(app: &App, ctx: &Ctx, plan: &PlanRow, rev: i64, by: UnitId, act: &ConfirmAct) -> Result<(), Problem> {
    let id = plan.id();
    let fits = match act {
        ConfirmAct::Confirm { .. } | ConfirmAct::Refuse { .. } => {
            plan.confirmation.is_none() && matches!(plan.state.as_str(), "review" | "live")
        }
        ConfirmAct::TakeBack => plan.confirmation.is_some(),
    };
    if !fits {
        return Err(Error::WrongState.into());
    }
    let (at, reached) = (Some(ctx.now().as_microsecond()), if plan.approved_at.is_some() { "live" } else { "review" });
    let word = &match act {
        ConfirmAct::Confirm { follower } => {
            let follower = follower.unwrap_or_else(|| plan.follower());
            app.get::<BodiesPort>()?.body(follower).ok_or_else(Problem::not_found)?;
            Confirmation { said: Some("confirmed"), by: Some(by), at, note: None, state: reached, follower }
        }
        ConfirmAct::Refuse { reason } if reason.trim().is_empty() => return Err(Error::Empty("reason").into()),
        ConfirmAct::Refuse { reason } => Confirmation {
            said: Some("refused"),
            by: Some(by),
            at,
            note: Some(Words::new(reason).into_string()),
            state: "withdrawn",
            follower: plan.follower(),
        },
        ConfirmAct::TakeBack => {
            Confirmation { said: None, by: None, at: None, note: None, state: reached, follower: plan.follower() }
        }
    };
    let released = &match act {
        ConfirmAct::Confirm { .. } => released(app, id, by).await?,
        ConfirmAct::Refuse { .. } | ConfirmAct::TakeBack => vec![],
    };
    let today = &ctx.today().to_string();
    app.db()
        .write(ctx, |tx| async move {
            if !store::plan::confirmation_set(&tx, id, rev, word).await? {
                return Err(Problem::stale());
            }
            let action = match act {
                ConfirmAct::Confirm { .. } => "plan.confirm",
                ConfirmAct::Refuse { .. } => {
                    store::part::withdraw_all(&tx, id, today).await?;
                    store::duty::end_all(&tx, id).await?;
                    "plan.disown"
                }
                ConfirmAct::TakeBack => {
                    store::part::withdrawn_resume(&tx, id).await?;
                    "plan.confirm_back"
                }
            };
            for (row, held) in released {
                give(&tx, id, held).await?;
                store::held::drop(&tx, *row).await?;
            }
            let detail = json!({ "follower": word.follower.to_string(), "given": released.len() });
            let entry = Entry::new(action, id).unit(by).detail(detail);
            tx.ledger(if let Some(reason) = &word.note { entry.reason(reason.as_str()) } else { entry });
            Ok(())
        })
        .await
}

/// What was kept for this word, as far as the body's authority reaches.
async fn released(app: &App, id: PlanId, by: UnitId) -> Result<Vec<(Uuid, Held)>, Problem> {
    let bodies = app.get::<BodiesPort>()?.as_ref();
    let mut rows = store::held::of_plan(&app.db().read(), id).await?;
    rows.retain(|(_, held)| stands_over(bodies, by, held.unit()));
    Ok(rows)
}

/// Gives what was held, inside an open act.
async fn give(tx: &db::Tx, plan: PlanId, held: &Held) -> Result<(), Problem> {
    match held {
        Held::Part(part) => {
            store::part::insert(tx, part).await?;
            tx.fact(&PART_FACTS, part.fact())?;
        }
        Held::Helper { task, unit } => store::task::plan_helper_insert(tx, TaskId::from_uuid(*task), *unit).await?,
        Held::Answers { target, unit, role } => store::value::body_insert(tx, *target, *unit, role).await?,
        Held::Role { unit, role } => {
            store::role::insert(tx, plan, *unit, *role).await?;
        }
    }
    Ok(())
}
