//! What a system is built of, by the list that its maker gives: kept, and searched across the province by who must know.

use db::{Entry, Reader, Row as _, Words, vals};
use kernel::{Ctx, Held, Problem};
use serde_json::json;
use webkit::{Bytes, Core, Kept as _, heavy};

use crate::{
    model::{
        Bill, Component, KNOW, System, SystemId,
        materials::{self, Materials},
    },
    store::components::{self, Found},
};

/// Bytes of a list.
pub const LIMIT: usize = 50 * 1024 * 1024;

/// The system and its list, for who may know.
pub async fn bill(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<(System, Option<Bill>), Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    core.check_today(ctx, "registry.map", system.network())?;
    let bill = Bill::one(conn, "WHERE system_id = $1", vals![id.uuid()]).await?;
    Ok((system, bill))
}

/// Takes a list in, in the place of the one before.
pub async fn materials_take(
    core: &Core,
    ctx: &Ctx,
    id: SystemId,
    file_name: &str,
    bytes: Bytes,
) -> Result<Bill, Problem> {
    let (system, _) = bill(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    let Materials { format, all } = heavy(move || materials::read(&bytes)).await??;
    let rows = all.into_iter().map(|one| {
        let materials::Material { name, version, purl } = one;
        Component { id: ctx.new_id(), system_id: id, name, version, purl }
    });
    let rows = &rows.collect::<Vec<_>>();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let file_name = Words::new(file_name.chars().take(200).collect::<String>()).to_string();
    let (new, on_day) = (ctx.new_id(), ctx.today());
    let bill = &Bill { id: new, system_id: id, format, file_name, on_day, components: count, rev: 1 };
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            system.check_open()?;
            // The list before is brought again.
            tx.keep_no_images();
            Component::delete_where(&tx, "WHERE system_id = $1", vals![id.uuid()]).await?;
            Bill::delete_where(&tx, "WHERE system_id = $1", vals![id.uuid()]).await?;
            bill.add(&tx).await?;
            Component::insert_all(&tx, rows).await?;
            tx.ledger(Entry::new("system.materials", id).unit(system.owner_id).detail(json!({ "count": count })));
            Ok(())
        })
        .await?;
    Ok(bill.clone())
}

/// In which systems a component is, as far as the actor may know.
pub async fn find(core: &Core, ctx: &Ctx, words: &str) -> Result<Vec<Found>, Problem> {
    let reach = core.authorizer().reach(ctx, Held::Of(KNOW));
    Ok(components::find(&core.db().read(), &reach, words).await?)
}
