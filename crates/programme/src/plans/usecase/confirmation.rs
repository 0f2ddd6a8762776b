//! Who may say whether a plan is the body's in whose name it stands, and how long such a word holds.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resource, Role, UnitId, text::fold};
use webkit::Core;

use crate::{
    BodiesPort,
    plans::{
        model::{
            authority::{is_unconfirmed, speaks_over, stands_over},
            hands,
        },
        store::{self, plan::PlanRow},
    },
};

/// Bodies whose word makes the plan theirs: its issuer; of an issuer that is not known, the follower; of one that was
/// merged away, its successor.
pub(crate) fn speaks_for(bodies: &BodiesPort, plan: &PlanRow) -> UnitId {
    bodies.today(plan.issuer_id.map_or_else(|| plan.follower(), UnitId::from_uuid))
}

/// Is this the office of that body?
pub(crate) fn is_office(bodies: &BodiesPort, unit: UnitId, of: UnitId) -> bool {
    let named = bodies.body(unit).is_some_and(|body| fold(&body.name).starts_with("van phong"));
    named && bodies.above(unit) == Some(of)
}

/// The plan as `plan.confirm` sees it: the body it stands for, and the actor's posts in that body's office or above it.
pub(crate) fn resource(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Resource {
    let (bodies, unit) = (core.bodies(), speaks_for(core.bodies(), plan));
    let speaks = |post: &UnitId| is_office(bodies, *post, unit) || speaks_over(bodies.as_ref(), *post, unit);
    let posts = ctx.actor.posts().iter().map(|post| post.unit).filter(speaks);
    Resource {
        kind: "Plan",
        id: plan.id().to_string(),
        unit: Some(unit),
        followed_by: posts.collect(),
        ..Resource::default()
    }
}

/// May the actor say whether the plan is the body's own?
pub(crate) fn may_confirm(core: &Core, ctx: &Ctx, plan: &PlanRow) -> bool {
    core.authorizer().check(ctx, "plan.confirm", &resource(core, ctx, plan)).is_ok()
}

/// Does the plan wait for a word of the body in whose name it stands?
pub(crate) fn is_waiting(bodies: &BodiesPort, plan: &PlanRow) -> bool {
    let unsaid = || plan.issuer_id.is_some() && is_unconfirmed(bodies.as_ref(), &plan.standing());
    plan.is_open_to_a_word() && (plan.is_added_to() || unsaid())
}

/// A word is taken back by who said it, or by a leader of the body that it binds or above.
pub(crate) fn may_take_back(bodies: &BodiesPort, ctx: &Ctx, plan: &PlanRow) -> bool {
    // Words of before hands were kept.
    let Some(kept) = plan.confirmed_hand.as_deref() else { return true };
    let by = plan.confirmed_by.map_or_else(|| speaks_for(bodies, plan), |by| bodies.today(UnitId::from_uuid(by)));
    let mut leads = ctx.actor.posts().iter().filter(|post| post.role == Role::LEADER);
    hands::is_taker(&ctx.actor, Some(kept), "") || leads.any(|post| stands_over(bodies.as_ref(), post.unit, by))
}

/// The body in whose name the actor could say a word on the plan.
pub(crate) fn could_say(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Option<UnitId> {
    may_confirm(core, ctx, plan).then(|| lent(core, ctx, plan))
}

/// A confirmation covers what its body saw. Inside the act that writes something else into the plan it lapses and is
/// asked for again, unless who writes could have given it.
pub(crate) async fn lapse(core: &Core, ctx: &Ctx, tx: &db::Tx, id: PlanId) -> Result<(), Problem> {
    let plan = &store::plan::get(tx, id).await?.ok_or_else(Problem::not_found)?;
    let Some(confirmed_by) = plan.standing().confirmed_by else { return Ok(()) };
    let bodies = core.bodies().as_ref();
    let own_word = could_say(core, ctx, plan).is_some_and(|by| stands_over(bodies, by, bodies.today(confirmed_by)));
    if ctx.actor.is_trusted() || own_word {
        return Ok(());
    }
    if store::confirmation::lapse(tx, id, ctx.now().as_microsecond()).await? {
        tx.ledger(Entry::new("plan.confirm_lapse", id).unit(confirmed_by));
    }
    Ok(())
}

/// The body whose authority the actor lends the plan: the highest of their posts above it, or the body of their office.
pub(crate) fn lent(core: &Core, ctx: &Ctx, plan: &PlanRow) -> UnitId {
    let (bodies, unit) = (core.bodies(), speaks_for(core.bodies(), plan));
    let above = |own: &UnitId| speaks_over(bodies.as_ref(), *own, unit);
    let posts = ctx.actor.posts().iter().filter(|post| matches!(post.role, Role::LEADER | Role::PROGRAMME));
    let depth = |unit: &UnitId| std::iter::successors(Some(*unit), |unit| bodies.above(*unit)).take(16).count();
    posts.map(|post| post.unit).filter(above).min_by_key(depth).unwrap_or(unit)
}
