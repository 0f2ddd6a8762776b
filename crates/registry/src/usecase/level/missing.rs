//! Systems that operate and whose level nobody ever approved.

use std::collections::BTreeSet;

use db::{DbError, Reader};
use kernel::{Scope, UnitId};

use crate::{
    model::{
        SystemId,
        level::{Dossier, Known, is_operating},
    },
    store::level::{dossiers, known},
};

/// Those of some owners, or of all.
pub async fn missing(conn: &Reader, some: Option<&[UnitId]>) -> Result<Vec<Known>, DbError> {
    let all = Scope { everything: true, ..Scope::default() };
    let approved = dossiers(conn, &all, some).await?.into_iter().filter(Dossier::is_approved);
    let approved: BTreeSet<SystemId> = approved.map(|row| row.system_id).collect();
    let rows = known(conn, &all, some).await?.into_iter();
    Ok(rows.filter(|one| is_operating(one.state) && !approved.contains(&one.id)).collect())
}
