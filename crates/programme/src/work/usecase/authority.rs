//! Rights over bodies, as the tree and a plan give them to the actor's posts.

use kernel::{Ctx, Problem, Resource, Role, UnitId};
use webkit::Core;

use crate::{
    Error,
    plans::model::authority::{Standing, may_give},
    work::store,
};

/// Names that a refusal shows.
const SHOWN: usize = 6;

/// The names of these bodies, for a refusal.
pub(crate) fn names(core: &Core, units: &[UnitId]) -> String {
    let bodies = core.bodies();
    let mut names: Vec<String> =
        units.iter().take(SHOWN).filter_map(|unit| bodies.body(*unit)).map(|body| body.name).collect();
    if units.len() > SHOWN {
        names.push(format!("… (+{})", units.len() - SHOWN));
    }
    names.join("; ")
}

/// Of these bodies those to whom no post of the actor may give work, each once.
pub(crate) fn beyond(core: &Core, ctx: &Ctx, units: &[UnitId], plan: Option<&Standing>) -> Vec<UnitId> {
    if ctx.actor.is_trusted() {
        return vec![];
    }
    let bodies = core.bodies().as_ref();
    let mut units = units.to_vec();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| {
        let givers = ctx.actor.posts().iter().map(|post| post.unit);
        let givers = givers.filter(|own| may_give(bodies, *own, *unit, plan)).collect();
        let resource = Resource { kind: "Task", followed_by: givers, ..Resource::unit(*unit) };
        core.authorizer().check(ctx, "task.assign", &resource).is_err()
    });
    units
}

/// Refuses with the names of the bodies beyond the actor's right.
pub(crate) fn may_assign(core: &Core, ctx: &Ctx, units: &[UnitId], plan: Option<&Standing>) -> Result<(), Problem> {
    let beyond = beyond(core, ctx, units, plan);
    if beyond.is_empty() { Ok(()) } else { Err(Error::LeadBeyond(names(core, &beyond)).into()) }
}

/// The first of these bodies that a unit may neither ask nor oblige: it is not below the unit, and has no work in a plan
/// whose role somebody above gave the unit.
pub(crate) async fn first_beyond(core: &Core, own: UnitId, units: &[UnitId]) -> Result<Option<UnitId>, Problem> {
    let bodies = core.bodies().as_ref();
    let mut rest = units.iter().copied().filter(|unit| !may_give(bodies, own, *unit, None)).peekable();
    if rest.peek().is_none() {
        return Ok(None);
    }
    let given: std::collections::HashSet<UnitId> =
        store::register::work_with(&core.db().read(), &bodies.answer_for(&[own]))
            .await?
            .into_iter()
            .filter(|(unit, plan)| may_give(bodies, own, *unit, Some(plan)))
            .map(|(unit, _)| bodies.today(unit))
            .collect();
    Ok(rest.find(|unit| !given.contains(&bodies.today(*unit))))
}

/// Posts that speak for their unit to other bodies.
pub(crate) fn speaking(ctx: &Ctx) -> impl Iterator<Item = UnitId> {
    let speaks = |role: Role| matches!(role, Role::LEADER | Role::PROGRAMME);
    ctx.actor.posts().iter().filter(move |post| speaks(post.role)).map(|post| post.unit)
}
