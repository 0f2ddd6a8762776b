//! What a domain counts by itself for the body whose plan it is, beside what bodies reported.

use std::collections::{BTreeSet, HashMap};

use kernel::{Counted, Lang, Problem, Resource, UnitId, share};
use minijinja::{Value, context};
use webkit::Req;

use crate::{
    pages,
    plans::store::plan::PlanRow,
    targets::{
        store::{target::TargetRow, value::ValueRow},
        usecase::stated::{counted_for, stage},
    },
};

/// How an indicator of the catalogue is called.
pub(crate) fn indicator_name(req: &Req, code: Option<&str>) -> Option<&'static str> {
    let found = req.app.indicators().get(code?)?;
    Some(if req.ctx.lang == Lang::Vi { found.name_vi } else { found.name_en })
}

/// What is counted for a body.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Part and whole; none where there is nothing to count.
    pub fraction: Option<(i64, i64)>,
    /// As pages show it.
    pub shown: Value,
}

/// By indicator; each is asked for once, however many targets of the plan are milestones of it.
pub(crate) async fn counted(
    req: &Req,
    plan: &PlanRow,
    targets: &[TargetRow],
) -> Result<HashMap<String, Figure>, Problem> {
    let asked: BTreeSet<&str> = targets.iter().filter_map(|row| row.indicator.as_deref()).collect();
    let unit = counted_for(req.app.bodies(), plan);
    let mut out = HashMap::new();
    for indicator in asked {
        for port in req.app.figures() {
            if let Some(found) = port.value(&req.ctx, indicator, unit, req.ctx.today()).await? {
                let fraction = Some((found.numerator, found.denominator)).filter(|(_, whole)| *whole > 0);
                out.insert(indicator.to_owned(), Figure { fraction, shown: shown(req, unit, found) });
                break;
            }
        }
    }
    Ok(out)
}

/// How far what is counted has come: provisional, confirmed by whom and for which period, published.
pub(crate) fn standing(req: &Req, said: Option<&ValueRow>) -> Value {
    let state = stage(said).code();
    let Some(row) = said else { return context! { state, by => "" } };
    let by = req.app.bodies().body(UnitId::from_uuid(row.unit_id)).map(|body| body.name).unwrap_or_default();
    context! { state, by, period => pages::period_words(req, &row.period), evidence => row.evidence.as_str() }
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
