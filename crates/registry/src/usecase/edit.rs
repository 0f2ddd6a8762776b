//! Adds a system, and changes one over the revision that was read.

use db::{Entry, Row as _, Tx};
use kernel::{Code as _, Ctx, Problem};
use serde_json::json;
use webkit::{Answers, Core, Kept as _, Record as _};

use crate::model::{System, SystemId};

pub async fn system_add(core: &Core, ctx: &Ctx, sent: &Answers) -> Result<System, Problem> {
    let system = &System::from_answers(core, ctx, sent, None)?;
    system.check(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            system.add(&tx).await?;
            told(&tx, system, "system.add");
            Ok(())
        })
        .await?;
    Ok(system.clone())
}

/// What is not sent stays. Giving a system to another owner asks for the right at both.
pub async fn system_edit(core: &Core, ctx: &Ctx, id: SystemId, rev: i64, sent: &Answers) -> Result<System, Problem> {
    let old = System::seen(core, ctx, &core.db().read(), id).await?;
    old.check(core, ctx)?;
    Problem::stale_unless(old.rev == rev)?;
    let system = &System::from_answers(core, ctx, sent, Some(&old))?;
    system.check(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            system.keep(&tx).await?;
            told(&tx, system, "system.edit");
            Ok(())
        })
        .await?;
    Ok(System { rev: rev + 1, ..system.clone() })
}

fn told(tx: &Tx, system: &System, act: &'static str) {
    let detail = json!({ "kind": system.kind.code(), "state": system.state.code(), "hosting": system.hosting.code() });
    tx.ledger(Entry::new(act, system.id).unit(system.owner_id).detail(detail));
}
