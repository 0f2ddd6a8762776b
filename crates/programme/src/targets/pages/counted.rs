//! What a domain counts by itself for the body whose plan it is, beside what bodies reported.

use std::collections::{BTreeSet, HashMap};

use kernel::{Counted, Problem, Resource, UnitId, share};
use minijinja::{Value, context};
use webkit::Req;

use crate::{plans::store::plan::PlanRow, targets::store::target::TargetRow};

/// By indicator; each is asked for once, however many targets of the plan are milestones of it.
pub(crate) async fn counted(
    req: &Req,
    plan: &PlanRow,
    targets: &[TargetRow],
) -> Result<HashMap<String, Value>, Problem> {
    let asked: BTreeSet<&str> = targets.iter().filter_map(|row| row.indicator.as_deref()).collect();
    let unit = req.app.bodies().acts_for(plan.issuer_id.map_or_else(|| plan.follower(), UnitId::from_uuid));
    let mut out = HashMap::new();
    for indicator in asked {
        for port in req.app.figures() {
            if let Some(found) = port.value(&req.ctx, indicator, unit, req.ctx.today()).await? {
                out.insert(indicator.to_owned(), shown(req, unit, found));
                break;
            }
        }
    }
    Ok(out)
}

fn shown(req: &Req, unit: UnitId, found: Counted) -> Value {
    let tenths = share(found.numerator, found.denominator, 1).and_then(|tenths| i32::try_from(tenths).ok());
    let percent = tenths.map(|tenths| f64::from(tenths) / 10.0);
    let (part, whole) = (found.numerator, found.denominator);
    // A target is read by more people than what was counted for it.
    let (action, kind) = found.opened_by;
    let is_open = req.app.authorizer().check(&req.ctx, action, &Resource::kept(kind, unit)).is_ok();
    let href = is_open.then_some(found.href);
    context! { part, whole, percent, on => found.on.to_string(), href }
}
