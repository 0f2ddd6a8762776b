//! Which bodies are meant by what was typed, and which of them wait for a word before they get work.

use std::collections::BTreeSet;

use kernel::{Ctx, Problem, Resolution, UnitId, listed, text};
use webkit::Core;

use crate::{
    BodiesPort, Error,
    plans::{
        model::authority::could_be_given,
        store::plan::PlanRow,
        usecase::{
            confirmation::could_say,
            names::{at, bounded, understood},
        },
    },
    work::usecase::authority::{beyond, names},
};

/// Names that a person typed. Those that stood there before keep their meaning.
pub(crate) fn meant(
    bodies: &BodiesPort,
    ctx: &Ctx,
    issuer: Option<UnitId>,
    field: &'static str,
    typed: &str,
    known: &[UnitId],
) -> Result<Vec<UnitId>, Problem> {
    let mut out: Vec<UnitId> = Vec::new();
    for name in bounded(listed(typed).map(str::to_owned).collect())? {
        let old: Vec<UnitId> =
            known.iter().copied().filter(|unit| bodies.written(*unit, ctx.today()) == name).collect();
        let units = match (old.is_empty(), name.parse::<UnitId>()) {
            (false, _) => old,
            (true, Ok(unit)) if bodies.body(unit).is_some() => vec![bodies.today(unit)],
            (true, _) => resolved(bodies, ctx, issuer, &name).map_err(|problem| at(field, problem))?,
        };
        out.extend(units);
    }
    let mut seen = BTreeSet::new();
    out.retain(|unit| seen.insert(*unit));
    Ok(out)
}

fn resolved(bodies: &BodiesPort, ctx: &Ctx, issuer: Option<UnitId>, name: &str) -> Result<Vec<UnitId>, Problem> {
    Ok(match understood(bodies, ctx, issuer, name)? {
        Resolution::Unit { unit, .. } => vec![bodies.today(unit)],
        Resolution::Group { units, .. } => units,
        Resolution::Unknown => vec![],
    })
}

/// Of bodies that are to get work those that wait for the word of the body in whose name the plan stands. What the
/// confirmed text of the task names is covered by the word that was given; what somebody else adds is not. Refused
/// where not even that body could give it.
pub(crate) fn waiting(
    core: &Core,
    ctx: &Ctx,
    plan: &PlanRow,
    quote: &str,
    units: &[UnitId],
) -> Result<Vec<UnitId>, Problem> {
    if ctx.actor.is_trusted() {
        return Ok(vec![]);
    }
    let whole = plan.standing();
    let beyond_all = beyond(core, ctx, units, Some(&whole));
    let bodies = core.bodies().as_ref();
    let never: Vec<UnitId> = beyond_all.iter().copied().filter(|unit| !could_be_given(bodies, *unit, &whole)).collect();
    if !never.is_empty() {
        return Err(Error::LeadBeyond(names(core, &never)).into());
    }
    if !plan.is_confirmed() || could_say(core, ctx, plan).is_some() {
        return Ok(beyond_all);
    }
    let named = |unit: &UnitId| !beyond_all.contains(unit) && is_named(core.bodies(), quote, *unit);
    Ok(beyond(core, ctx, units, None).into_iter().filter(|unit| !named(unit)).collect())
}

/// Does the text of the document name this body?
fn is_named(bodies: &BodiesPort, quote: &str, unit: UnitId) -> bool {
    let quote = format!(" {} ", text::fold(quote));
    let has = |name: &str| !name.is_empty() && quote.contains(&format!(" {} ", text::fold(name)));
    bodies.body(unit).is_some_and(|body| has(&body.name) || has(&body.short_name))
}

/// Does the actor write into a document that another body confirmed?
pub(crate) fn is_anew(core: &Core, ctx: &Ctx, plan: &PlanRow) -> bool {
    plan.is_confirmed() && !ctx.actor.is_trusted() && could_say(core, ctx, plan).is_none()
}
