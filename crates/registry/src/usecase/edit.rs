//! Adds a system, and changes one over the revision that was read.

use db::{Entry, Row as _, Tx};
use kernel::{Code as _, Ctx, Problem};
use serde_json::json;
use webkit::{Answers, Core, Record as _};

use super::seen;
use crate::model::{System, SystemId};

pub async fn system_add(core: &Core, ctx: &Ctx, sent: &Answers) -> Result<System, Problem> {
    let system = &System::from_answers(core, ctx, sent, None)?;
    core.authorizer().check(ctx, "registry.edit", &system.of_owner())?;
    core.db()
        .write(ctx, |tx| async move {
            system.insert(&tx).await.map_err(|error| taken(error.into()))?;
            told(&tx, system, "system.add");
            Ok(())
        })
        .await?;
    Ok(system.clone())
}

/// What is not sent stays. Giving a system to another owner asks for the right at both.
pub async fn system_edit(core: &Core, ctx: &Ctx, id: SystemId, rev: i64, sent: &Answers) -> Result<System, Problem> {
    let old = seen(core, ctx, &core.db().read(), id).await?;
    core.authorizer().check(ctx, "registry.edit", &old.of_owner())?;
    Problem::stale_unless(old.rev == rev)?;
    let system = &System::from_answers(core, ctx, sent, Some(&old))?;
    core.authorizer().check(ctx, "registry.edit", &system.of_owner())?;
    core.db()
        .write(ctx, |tx| async move {
            if !system.save(&tx).await.map_err(|error| taken(error.into()))? {
                return Err(Problem::stale());
            }
            told(&tx, system, "system.edit");
            Ok(())
        })
        .await?;
    Ok(System { rev: rev + 1, ..system.clone() })
}

/// One owner has one system of a name.
pub(super) fn taken(problem: Problem) -> Problem {
    if problem.code == "already-there" {
        Problem { code: "system-there", ..problem }.field("name", "system-there")
    } else {
        problem
    }
}

fn told(tx: &Tx, system: &System, act: &'static str) {
    let detail = json!({ "kind": system.kind.code(), "state": system.state.code(), "hosting": system.hosting.code() });
    tx.ledger(Entry::new(act, system.id).unit(system.owner_id).detail(detail));
}
