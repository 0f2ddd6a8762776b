//! The frozen lists are made: of one owner, or of all below a body that have none yet.

use std::collections::BTreeMap;

use db::{Entry, Reader, Row as _, Words};
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem, ProblemKind, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    model::{
        SystemId,
        figures::{Baseline, BaselineItem, KEEP, SECRET, under},
    },
    store::figures::baseline,
};

/// By which plan, and as of when.
#[derive(Debug, Clone)]
pub struct Plan {
    pub words: Option<Words>,
    pub id: Option<PlanId>,
    pub as_of: Date,
}

/// Owners at and below a body whose lists the actor may make, whoever stands for them today.
async fn owners_below(core: &Core, ctx: &Ctx, conn: &Reader, unit: UnitId) -> Result<Vec<UnitId>, Problem> {
    let bodies = core.bodies();
    let may = |owner: &UnitId| core.check_today(ctx, KEEP.action, Resource::kept("System", *owner)).is_ok();
    let owners = baseline::owners(conn).await?.into_iter();
    Ok(owners.filter(|owner| under(bodies.as_ref(), bodies.today(*owner), unit)).filter(may).collect())
}

/// Makes them; how many systems stand in them. The list of an owner that had none on that day is empty: what it begins later is
/// new, and counts as such.
pub async fn baseline_make(core: &Core, ctx: &Ctx, unit: UnitId, plan: &Plan) -> Result<usize, Problem> {
    core.authorizer().check(ctx, KEEP.action, &Resource::kept("System", unit))?;
    if plan.as_of > ctx.today() {
        return Err(Problem::bad_input("baseline-ahead").field("as_of", "baseline-ahead"));
    }
    core.db()
        .write(ctx, |tx| async move {
            let owners = &owners_below(core, ctx, &tx, unit).await?;
            let lacking = baseline::lacking(&tx, owners).await?.into_iter();
            let mut by_owner: BTreeMap<UnitId, Vec<(SystemId, bool)>> = lacking.map(|owner| (owner, vec![])).collect();
            for system in baseline::stood(&tx, owners, plan.as_of).await? {
                by_owner.entry(system.owner_id).or_default().push((system.id, !system.is_veiled()));
            }
            if by_owner.is_empty() {
                return Err(Problem::new(ProblemKind::Conflict, "baseline-nothing"));
            }
            let (mut lists, mut items) = (Vec::new(), Vec::new());
            for (unit_id, systems) in by_owner {
                let list = new_list(ctx, unit_id, plan);
                let item = |(system_id, is_eligible)| new_item(ctx, &list, system_id, is_eligible);
                items.extend(systems.into_iter().map(item));
                lists.push(list);
            }
            Baseline::insert_all(&tx, &lists).await.map_err(Baseline::refused)?;
            BaselineItem::insert_all(&tx, &items).await.map_err(BaselineItem::refused)?;
            let detail = json!({ "as_of": plan.as_of.to_string(), "owners": lists.len(), "systems": items.len() });
            tx.ledger(Entry::new("baseline.make", unit).unit(unit).detail(detail));
            Ok(items.len())
        })
        .await
}

fn new_list(ctx: &Ctx, unit_id: UnitId, plan: &Plan) -> Baseline {
    let (plan_words, plan_id, as_of) = (plan.words.clone(), plan.id, plan.as_of);
    let (approved_on, approved_by) = (None, None);
    Baseline { id: ctx.new_id(), unit_id, plan: plan_words, plan_id, as_of, approved_on, approved_by, rev: 1 }
}

/// What holds state secrets is counted and not eligible: only its number is known.
pub(super) fn new_item(ctx: &Ctx, list: &Baseline, system_id: SystemId, is_eligible: bool) -> BaselineItem {
    BaselineItem {
        id: ctx.new_id(),
        baseline_id: list.id,
        system_id,
        is_counted: true,
        is_eligible,
        reason: None,
        ground: (!is_eligible).then(|| Words::new(SECRET)),
        decided_by: None,
        rev: 1,
    }
}
