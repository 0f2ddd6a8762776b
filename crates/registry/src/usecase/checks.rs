//! Dated checks of security and of risk: for those who must know.

use db::{Entry, Reader, Row as _, Tx, Words, vals};
use kernel::{Code as _, Ctx, Held, Problem};
use serde_json::json;
use webkit::{Core, Kept as _};

use crate::{
    model::{CheckId, CheckInput, CheckKind, CheckOutcome, KNOW, SecurityCheck, System, SystemId, check_done},
    store::checks::{self, Last},
    usecase::typed,
};

/// The checks of a system, the newest first; for who may know.
pub async fn of(core: &Core, ctx: &Ctx, conn: &Reader, system: &System) -> Result<Vec<SecurityCheck>, Problem> {
    core.check_today(ctx, "registry.map", system.network())?;
    let tail = "WHERE system_id = $1 ORDER BY on_day DESC, id DESC";
    Ok(SecurityCheck::find(conn, tail, vals![system.id.uuid()]).await?)
}

/// The last check of each kind of the systems of which the actor must know, what is due first in front.
pub async fn last(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Last>, Problem> {
    Ok(checks::of(conn, &core.authorizer().reach(ctx, Held::Of(KNOW))).await?)
}

fn read(ctx: &Ctx, id: SystemId, input: &CheckInput) -> Result<SecurityCheck, Problem> {
    let empty = || Problem::bad_input("field-empty").field("on_day", "field-empty");
    let on_day = typed::day("on_day", &input.on_day)?.ok_or_else(empty)?;
    check_done("on_day", Some(on_day), ctx.today())?;
    Ok(SecurityCheck {
        id: ctx.new_id(),
        system_id: id,
        kind: typed::code::<CheckKind>("kind", &input.kind)?,
        on_day,
        outcome: typed::code::<CheckOutcome>("outcome", &input.outcome)?,
        proof: typed::words("proof", &input.proof, 300)?.map(Words::new),
        note: typed::words("note", &input.note, 2000)?.map(Words::new),
        next_on: typed::day("next_on", &input.next_on)?,
        rev: 1,
    })
}

/// The system as it stays until the act is over, for who keeps it and may know.
async fn held(core: &Core, ctx: &Ctx, tx: &Tx, id: SystemId) -> Result<System, Problem> {
    let system = System::held_by(core, ctx, tx, id).await?;
    core.check_today(ctx, "registry.map", system.network()).map(|()| system)
}

/// Adds a check, or takes one away.
pub async fn check(core: &Core, ctx: &Ctx, id: SystemId, input: &CheckInput) -> Result<(), Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    core.check_today(ctx, "registry.map", system.network())?;
    if !input.remove.is_empty() {
        return remove(core, ctx, id, &input.remove).await;
    }
    let new = &read(ctx, id, input)?;
    core.db()
        .write(ctx, |tx| async move {
            let system = held(core, ctx, &tx, id).await?;
            system.check_open()?;
            new.add(&tx).await?;
            // What was found stays in the compartment: the ledger has only that there was a check.
            let detail = json!({ "kind": new.kind.code() });
            tx.ledger(Entry::new("system.check", id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}

async fn remove(core: &Core, ctx: &Ctx, id: SystemId, text: &str) -> Result<(), Problem> {
    let gone: CheckId = text.parse().map_err(|_| Problem::not_found())?;
    core.db()
        .write(ctx, |tx| async move {
            let system = held(core, ctx, &tx, id).await?;
            let own = vals![gone.uuid(), id.uuid()];
            if SecurityCheck::delete_where(&tx, "WHERE id = $1 AND system_id = $2", own).await? == 0 {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("system.uncheck", id).unit(system.owner_id));
            Ok(())
        })
        .await
}
