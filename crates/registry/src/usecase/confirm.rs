//! The yearly round: an owner says that its list of systems is right. Who has not said so shows.

use db::{Entry, Reader, Row as _, vals};
use kernel::{Ctx, Held, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    model::{Confirmation, of_unit},
    store::confirmation::{self, Round},
};

/// The bodies of which the actor sees the lists, the least confirmed first.
pub async fn rounds(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Round>, Problem> {
    Ok(confirmation::rounds(conn, &core.authorizer().reach(ctx, Held::Any), ctx.today()).await?)
}

/// Confirms a body's list as it is today; again in the same year, it holds from then on.
pub async fn systems_confirm(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<Confirmation, Problem> {
    core.authorizer().check(ctx, "registry.confirm", &of_unit(unit))?;
    let today = ctx.today();
    core.db()
        .write(ctx, |tx| async move {
            let systems = confirmation::confirm(&tx, unit, today).await?;
            let year = i64::from(today.year());
            let there = Confirmation::find(&tx, "WHERE unit_id = $1 AND year = $2", vals![unit.uuid(), year]).await?;
            let there = there.into_iter().next();
            let said = Confirmation {
                id: there.as_ref().map_or_else(|| ctx.new_id(), |there| there.id),
                unit_id: unit,
                year,
                on_day: today,
                systems: i64::try_from(systems).unwrap_or(i64::MAX),
                rev: there.as_ref().map_or(1, |there| there.rev),
            };
            if there.is_none() {
                said.insert(&tx).await?;
            } else if !said.save(&tx).await? {
                return Err(Problem::stale());
            }
            tx.ledger(
                Entry::new("system.confirm", unit).unit(unit).detail(json!({ "year": year, "systems": systems })),
            );
            Ok(said)
        })
        .await
}
