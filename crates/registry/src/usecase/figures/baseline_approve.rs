//! A leader says that the frozen lists are right: of the owner, or of all below a body. From then on plans are measured by
//! them.

use db::{BlobHash, Entry, Reader, Row as _};
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    model::figures::{APPROVE, Baseline, BaselineId, under},
    store::figures::baseline::{self, Summary},
};

/// What an approval at this body would cover.
pub async fn to_approve(core: &Core, ctx: &Ctx, conn: &Reader, unit: UnitId) -> Result<Vec<Summary>, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    let bodies = core.bodies();
    let mut all = baseline::all(conn).await?;
    let may = |owner| core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", owner)).is_ok();
    all.retain(|one| {
        let is_open = one.approved_on.is_none();
        is_open && under(bodies.as_ref(), bodies.today(one.unit_id), unit) && may(one.unit_id)
    });
    Ok(all)
}

/// What was read before these are approved: another text once a list came or went, or a line of one was changed.
pub fn mark(lists: &[Summary]) -> String {
    let line = |list: &Summary| format!("{} {} {}", list.id, list.systems, list.revs);
    BlobHash::of(lists.iter().map(line).collect::<Vec<_>>().join("\n").as_bytes()).to_string()
}

/// Approves them; how many lists that were. `seen` is the mark of what was read; whoever says none read none.
pub async fn baseline_approve(core: &Core, ctx: &Ctx, unit: UnitId, seen: Option<&str>) -> Result<usize, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    let (today, by) = (ctx.today(), &ctx.actor.pseudonym());
    core.db()
        .write(ctx, |tx| async move {
            baseline::hold_open(&tx).await?;
            let open = to_approve(core, ctx, &tx, unit).await?;
            if open.is_empty() {
                return Err(Problem::new(ProblemKind::Conflict, "baseline-none-open"));
            }
            Problem::stale_unless(seen.is_none_or(|seen| seen == mark(&open)))?;
            let lists: Vec<BaselineId> = open.iter().map(|list| list.id).collect();
            for list in baseline::of(&tx, &lists).await? {
                baseline::decided(&tx, list.id, by).await?;
                Baseline { approved_on: Some(today), approved_by: Some(by.clone()), ..list }.keep(&tx).await?;
            }
            tx.ledger(Entry::new("baseline.approve", unit).unit(unit).detail(json!({ "lists": lists.len() })));
            Ok(lists.len())
        })
        .await
}
