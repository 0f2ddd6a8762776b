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
async fn to_approve(core: &Core, ctx: &Ctx, conn: &Reader, unit: UnitId) -> Result<Vec<Summary>, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    let bodies = core.bodies();
    let mut all = baseline::all(conn).await?;
    let may = |owner| core.check_today(ctx, APPROVE.action, Resource::kept("System", owner)).is_ok();
    all.retain(|one| {
        let is_open = one.approved_on.is_none();
        is_open && under(bodies.as_ref(), bodies.today(one.unit_id), unit) && may(one.unit_id)
    });
    Ok(all)
}

/// What was read before these are approved: another text once a list came or went, or a line of one did or was changed.
async fn mark(conn: &Reader, lists: &[Summary]) -> Result<String, Problem> {
    let lists: Vec<BaselineId> = lists.iter().map(|list| list.id).collect();
    let mut text: Vec<String> = lists.iter().map(ToString::to_string).collect();
    text.extend(baseline::items(conn, &lists).await?.iter().map(|item| format!("{} {}", item.system_id, item.rev)));
    Ok(BlobHash::of(text.join("\n").as_bytes()).to_string())
}

/// The same with its mark: of one moment.
pub async fn open_lists(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(Vec<Summary>, String), Problem> {
    let moment = core.db().snapshot().await?;
    let open = to_approve(core, ctx, &moment, unit).await?;
    let seen = mark(&moment, &open).await?;
    Ok((open, seen))
}

/// Approves them; how many lists that were. `seen` is the mark of what was read: nobody approves what they have not.
pub async fn baseline_approve(core: &Core, ctx: &Ctx, unit: UnitId, seen: &str) -> Result<usize, Problem> {
    core.authorizer().check(ctx, APPROVE.action, &Resource::kept("System", unit))?;
    if seen.is_empty() {
        return Err(Problem::bad_input("baseline-unread"));
    }
    let (today, by) = (ctx.today(), &ctx.actor.pseudonym());
    let conflict = |code| Problem::new(ProblemKind::Conflict, code);
    core.db()
        .write(ctx, |tx| async move {
            baseline::hold_open(&tx).await?;
            let open = to_approve(core, ctx, &tx, unit).await?;
            if open.is_empty() {
                return Err(conflict("baseline-none-open"));
            }
            if seen != mark(&tx, &open).await? {
                return Err(conflict("baseline-changed-since"));
            }
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
