//! Records that may be of one system, side by side; and that two are two.

use db::{Entry, Reader, Row as _};
use kernel::{Ctx, Problem};
use serde::Serialize;
use serde_json::json;
use webkit::{Core, Kept as _};

use crate::{
    model::{
        Apart, System, SystemId,
        double::{Pair, pairs},
    },
    store::doubles,
};

/// As many as one page shows.
pub const MOST: usize = 200;

/// A record as it stands in a pair.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = DoubleSide)]
pub struct Side {
    pub id: String,
    pub name: String,
    pub owner: String,
    pub address: Option<String>,
}

/// Two records that may be of one system.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Double {
    pub one: Side,
    pub other: Side,
    pub is_name: bool,
    pub is_address: bool,
    /// The actor keeps both, and may merge them.
    pub may: bool,
}

/// The pairs among what the actor may see, those of one address first.
pub async fn doubles(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Double>, Problem> {
    let rows = System::all_seen(core, ctx, conn, doubles::sharing(conn).await?).await?;
    let pairs = pairs(&rows, &doubles::apart(conn).await?);
    let keeps: Vec<bool> = rows.iter().map(|row| row.check(core, ctx).is_ok()).collect();
    let side = |at: usize| {
        let row = rows.get(at)?;
        let owner = core.bodies().body(row.owner_id).map(|body| body.name).unwrap_or_default();
        Some(Side { id: row.id.to_string(), name: row.name.to_string(), owner, address: row.address.clone() })
    };
    let double = |pair: &Pair| {
        let may = [pair.one, pair.other].iter().all(|at| keeps.get(*at) == Some(&true));
        let Pair { is_name, is_address, .. } = *pair;
        Some(Double { one: side(pair.one)?, other: side(pair.other)?, is_name, is_address, may })
    };
    Ok(pairs.iter().filter_map(double).collect())
}

/// Says of two records that they are two systems; for who keeps one of them.
pub async fn apart(core: &Core, ctx: &Ctx, id: SystemId, other: SystemId) -> Result<(), Problem> {
    let conn = core.db().read();
    let one = System::seen(core, ctx, &conn, id).await?;
    System::seen(core, ctx, &conn, other).await?;
    one.check(core, ctx)?;
    if id == other {
        return Err(Problem::bad_input("system-itself").field("other", "system-itself"));
    }
    let new = &Apart { id: ctx.new_id(), one_id: id.min(other), other_id: id.max(other) };
    core.db()
        .write(ctx, |tx| async move {
            // In the order of their ids, as a merger holds them.
            for of in [new.one_id, new.other_id] {
                System::held(&tx, of).await?.ok_or_else(Problem::not_found)?.check_open()?;
            }
            let system = System::held_by(core, ctx, &tx, id).await?;
            new.add(&tx).await?;
            let detail = json!({ "other": other.to_string() });
            tx.ledger(Entry::new("system.apart", id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}
