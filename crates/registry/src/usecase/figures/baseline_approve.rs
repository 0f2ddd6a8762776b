//! A leader says that the frozen lists are right: of the owner, or of all below a body. From then on plans are measured by
//! them.

use db::{Entry, Row as _};
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use super::baseline_make::owners_below;
use crate::{
    model::figures::{APPROVE, Baseline, under},
    store::figures::baseline::{self, Summary},
};

/// What an approval at this body would cover.
pub async fn to_approve(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<Vec<Summary>, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    let bodies = core.bodies();
    let mut all = baseline::all(&core.db().read()).await?;
    let may = |owner| core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", owner)).is_ok();
    all.retain(|one| {
        let is_open = one.approved_on.is_none();
        is_open && under(bodies.as_ref(), bodies.today(one.unit_id), unit) && may(one.unit_id)
    });
    Ok(all)
}

/// Approves them; how many lists that were.
pub async fn baseline_approve(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<usize, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    let owners = &owners_below(core, ctx, APPROVE.action, unit).await?;
    let (today, by) = (ctx.today(), &ctx.actor.pseudonym());
    core.db()
        .write(ctx, |tx| async move {
            let open = baseline::open(&tx, owners).await?;
            if open.is_empty() {
                return Err(Problem::new(ProblemKind::Conflict, "baseline-none-open"));
            }
            let count = open.len();
            for list in open {
                baseline::decided(&tx, list.id, by).await?;
                Baseline { approved_on: Some(today), approved_by: Some(by.clone()), ..list }.keep(&tx).await?;
            }
            tx.ledger(Entry::new("baseline.approve", unit).unit(unit).detail(json!({ "lists": count })));
            Ok(count)
        })
        .await
}
