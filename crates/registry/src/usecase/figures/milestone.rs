//! Until when a national platform is to be in use here.

use std::collections::HashMap;

use db::{Entry, Reader, Row as _, Words, marks, vals};
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::{Core, Kept as _};

use crate::model::{System, SystemId, SystemKind, figures::Milestone};

/// What was said of these.
pub async fn milestones(conn: &Reader, systems: &[SystemId]) -> Result<HashMap<SystemId, Milestone>, Problem> {
    let tail = format!("WHERE system_id IN ({})", marks(1, systems.len()));
    let found = Milestone::find(conn, &tail, systems.iter().map(|id| id.uuid().into()).collect()).await?;
    Ok(found.into_iter().map(|one| (one.system_id, one)).collect())
}

/// Says it, or says it anew over the revision that was read (0 where there was none).
pub async fn milestone_set(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    due_on: Date,
    source: &str,
) -> Result<Milestone, Problem> {
    System::seen(core, ctx, &core.db().read(), id).await?.check(core, ctx)?;
    let source = &Words::some(source)
        .ok_or_else(|| Problem::bad_input("milestone-source").field("source", "milestone-source"))?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            if system.kind != SystemKind::Platform {
                return Err(Problem::bad_input("milestone-platform").field("due_on", "milestone-platform"));
            }
            let there = Milestone::one(&tx, "WHERE system_id = $1", vals![id.uuid()]).await?;
            Problem::stale_unless(there.as_ref().map_or(0, |one| one.rev) == rev)?;
            let is_new = there.is_none();
            let new = || Milestone { id: ctx.new_id(), system_id: id, due_on, source: source.clone(), rev: 1 };
            let row = Milestone { due_on, source: source.clone(), ..there.unwrap_or_else(new) };
            (if is_new { row.add(&tx).await } else { row.keep(&tx).await })?;
            let detail = json!({ "system": id.to_string(), "due_on": due_on.to_string() });
            tx.ledger(Entry::new("milestone.set", system.owner_id).unit(system.owner_id).detail(detail));
            Ok(row)
        })
        .await
}
