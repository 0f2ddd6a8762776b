//! Which systems a reader may see, for pages that name many.

use std::collections::HashSet;

use db::{DbError, Reader, Where};
use derive::Columns;
use kernel::Ctx;
use webkit::{Core, Kept as _, permitted};

use super::landscape::AT_ONCE;
use crate::model::{READ, System, SystemId};

/// What one reader may see.
#[derive(Debug)]
pub enum Seen {
    All,
    These(HashSet<SystemId>),
}

impl Seen {
    pub fn has(&self, id: SystemId) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

#[derive(Columns)]
struct Key {
    id: SystemId,
}

/// The condition of the register, over its own columns.
pub fn condition(core: &Core, ctx: &Ctx, conn: &Reader) -> Where {
    let mut list = Where::default();
    if !ctx.actor.is_trusted() {
        let authorizer = core.authorizer();
        let reach = |held| authorizer.reach(ctx, held);
        permitted(&READ, &System::REGISTER.grounds, authorizer.compartments(), reach, conn.is_sqlite(), &mut list);
    }
    list
}

/// Of all systems.
pub async fn all(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Seen, DbError> {
    if ctx.actor.is_trusted() {
        return Ok(Seen::All);
    }
    let list = condition(core, ctx, conn);
    let keys: Vec<Key> = conn.all(&format!("SELECT id FROM registry_system{}", list.sql()), list.values).await?;
    Ok(Seen::These(keys.into_iter().map(|key| key.id).collect()))
}

/// Of these.
pub async fn among(core: &Core, ctx: &Ctx, conn: &Reader, ids: &[SystemId]) -> Result<Seen, DbError> {
    if ctx.actor.is_trusted() {
        return Ok(Seen::All);
    }
    let mut out = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let mut list = condition(core, ctx, conn);
        let keys = list.list(some.iter().map(|id| id.uuid()));
        list.and(&format!("id IN ({keys})"));
        let found: Vec<Key> = conn.all(&format!("SELECT id FROM registry_system{}", list.sql()), list.values).await?;
        out.extend(found.into_iter().map(|key| key.id));
    }
    Ok(Seen::These(out))
}

/// Of these rows, in their order.
pub async fn rows(core: &Core, ctx: &Ctx, conn: &Reader, rows: Vec<System>) -> Result<Vec<System>, DbError> {
    let ids: Vec<SystemId> = rows.iter().map(|row| row.id).collect();
    let seen = among(core, ctx, conn, &ids).await?;
    Ok(rows.into_iter().filter(|row| seen.has(row.id)).collect())
}
