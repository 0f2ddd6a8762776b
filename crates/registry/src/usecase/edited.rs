//! Acts on systems that are taken back, or done again by that: what the act asks is asked of it too.

use std::collections::{BTreeSet, HashMap};

use db::{LedgerRow, Row as _, Tx, vals};
use kernel::{Id, Problem, ProblemKind};
use webkit::{Core, Kept as _};

use super::{level::guard::is_unsaid, merge::is_carried};
use crate::{
    model::{System, SystemId},
    store::links,
};

/// No system operates again by this way where an edit, or a list, could not let it. A record of the list that comes anew says
/// how things are, and is not asked.
pub async fn back_edit(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let ids: Vec<SystemId> = db::touched(tx, entry.seq, System::TABLE).await?.into_iter().map(Id::from_uuid).collect();
    let was: HashMap<SystemId, System> = links::held(tx, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    db::undo(tx, entry).await?;
    for row in links::held(tx, &ids).await? {
        if let Some(was) = was.get(&row.id) {
            match row.may_become(core, tx.ctx(), tx, Some(was)).await {
                // What nobody knew before the act is what nobody knows after it was taken back.
                Err(problem) if was.kind.is_main() && is_unsaid(&problem) => {}
                answer => answer?,
            }
        }
    }
    Ok(())
}

/// The records that are merged into one.
async fn merged_into(tx: &Tx, id: SystemId) -> Result<BTreeSet<SystemId>, Problem> {
    let rows = System::find(tx, "WHERE merged_into = $1", vals![id.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes a merger back, or merges again: for who keeps both records. One that comes back is what it was, also where it
/// operates; one that goes again carries nothing that does not move.
pub async fn back_merge(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let stays: SystemId = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let before = merged_into(tx, stays).await?;
    db::undo(tx, entry).await?;
    let after = merged_into(tx, stays).await?;
    for id in before.symmetric_difference(&after) {
        System::held_by(core, tx.ctx(), tx, *id).await?;
        if after.contains(id) && is_carried(tx, tx.ctx(), *id).await? {
            return Err(Problem::new(ProblemKind::Conflict, "merge-carried"));
        }
    }
    Ok(())
}
