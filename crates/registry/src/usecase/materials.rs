//! What a system is built of, by the list that its maker gives: kept, and searched across the province by who must know.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Lane, Reader, Row as _, Words, vals};
use kernel::{Ctx, Held, Problem};
use serde_json::json;
use webkit::{Bytes, Core, Kept as _, heavy_of};

use crate::{
    model::{
        Bill, BillId, Component, KNOW, System, SystemId, made_at,
        materials::{self, Materials},
    },
    store::components::{self, Found, LEAST},
};

/// Bytes of a list.
pub const LIMIT: usize = 50 * 1024 * 1024;
/// Components that one transaction writes or takes away: others write between.
const BLOCK: usize = 1_000;
/// Seconds after which a list that is no system's is on no way to one.
const DAY: i64 = 24 * 60 * 60;

/// The system and its list, for who may know.
pub async fn bill(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<(System, Option<Bill>), Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    core.check_today(ctx, "registry.map", system.network())?;
    let bill = Bill::one(conn, "WHERE system_id = $1", vals![id.uuid()]).await?;
    Ok((system, bill))
}

/// Takes a list in, in the place of the one before. Its components are written before the act that makes it the system's, and
/// seen by nobody until then; those of the one before go behind it. What is left where that is cut off goes by [`Strays`].
pub async fn materials_take(
    core: &Core,
    ctx: &Ctx,
    id: SystemId,
    file_name: &str,
    bytes: Bytes,
) -> Result<Bill, Problem> {
    let (system, _) = bill(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    system.check_open()?;
    let Materials { format, all } = heavy_of(ctx, move |_| materials::read(&bytes)).await??;
    let bill_id = ctx.new_id();
    let rows = all.into_iter().map(|one| {
        let materials::Material { name, version, purl } = one;
        Component { id: ctx.new_id(), system_id: id, bill_id, name, version, purl }
    });
    let rows = rows.collect::<Vec<_>>();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let file_name = Words::new(file_name.chars().take(200).collect::<String>()).to_string();
    let bill = Bill { id: bill_id, system_id: id, format, file_name, on_day: ctx.today(), components: count, rev: 1 };
    let put = async {
        write(core.db(), ctx, &rows).await?;
        stand(core, ctx, &bill).await
    };
    match put.await {
        Ok(before) => {
            for old in before {
                // It is out of sight, whatever becomes of this.
                let _ = take_away(core.db(), ctx, old).await;
            }
            Ok(bill)
        }
        Err(problem) => {
            let _ = take_away(core.db(), ctx, bill_id).await;
            Err(problem)
        }
    }
}

async fn write(db: &Db, ctx: &Ctx, rows: &[Component]) -> Result<(), Problem> {
    // The request's key is of the act that follows.
    let ctx = &ctx.with_once(None);
    for some in rows.chunks(BLOCK) {
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            Ok(Component::insert_all(&tx, some).await?)
        })
        .await?;
    }
    Ok(())
}

/// Makes the list the system's; returns those that were.
async fn stand(core: &Core, ctx: &Ctx, bill: &Bill) -> Result<Vec<BillId>, Problem> {
    let id = bill.system_id;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            core.check_today(ctx, "registry.map", system.network())?;
            system.check_open()?;
            // The list before is brought again.
            tx.keep_no_images();
            let before = Bill::find(&tx, "WHERE system_id = $1", vals![id.uuid()]).await?;
            Bill::delete_where(&tx, "WHERE system_id = $1", vals![id.uuid()]).await?;
            bill.add(&tx).await?;
            let detail = json!({ "count": bill.components });
            tx.ledger(Entry::new("system.materials", id).unit(system.owner_id).detail(detail));
            Ok(before.into_iter().map(|bill| bill.id).collect())
        })
        .await
}

/// Takes the components of a list away that is no system's.
async fn take_away(db: &Db, ctx: &Ctx, bill: BillId) -> Result<(), Problem> {
    let ctx = &ctx.with_once(None);
    loop {
        let gone = db
            .write(ctx, |tx| async move {
                tx.bookkeeping();
                Ok(components::take_away(&tx, bill, BLOCK as u64).await?)
            })
            .await?;
        if gone < BLOCK as u64 {
            return Ok(());
        }
    }
}

pub const STRAYS: &str = "registry.strays";

/// Once a day takes away components of lists that never became a system's, or are none's any more.
#[derive(Debug)]
pub struct Strays;

#[async_trait]
impl JobHandler for Strays {
    fn kind(&self) -> &'static str {
        STRAYS
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let conn = db.read();
        for bill in components::strays(&conn).await? {
            // A merger that goes back brings its list again.
            let may_come = is_new(ctx, bill) || db::is_kept_before(&conn, Bill::TABLE, bill.uuid()).await?;
            if !may_come {
                take_away(db, ctx, bill).await?;
            }
        }
        Ok(())
    }
}

/// Whether its components may still be on their way.
fn is_new(ctx: &Ctx, bill: BillId) -> bool {
    made_at(&bill).is_some_and(|made| made.as_second() + DAY > ctx.now().as_second())
}

/// In which systems a component is, as far as the actor may know.
pub async fn find(core: &Core, ctx: &Ctx, words: &str) -> Result<Vec<Found>, Problem> {
    if components::is_short(words) {
        return Err(Problem::bad_input("components-short").field("q", "components-short").with("least", LEAST));
    }
    let reach = core.authorizer().reach(ctx, Held::Of(KNOW));
    Ok(components::find(&core.db().read(), &reach, words).await?)
}
