//! An edit of a system that is taken back, or done again by that: what an edit asks is asked of it too.

use db::{LedgerRow, Row as _, Tx};
use kernel::Problem;
use webkit::{Core, Kept as _};

use crate::model::{System, SystemId};

async fn found(tx: &Tx, subject: &str) -> Result<System, Problem> {
    let id: SystemId = subject.parse().map_err(|_| Problem::not_found())?;
    System::get(tx, id).await?.ok_or_else(Problem::not_found)
}

/// A system does not operate again by this way where an edit could not let it.
pub async fn back_edit(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let was = found(tx, &entry.subject).await?;
    db::undo(tx, entry).await?;
    found(tx, &entry.subject).await?.may_become(core, tx.ctx(), tx, Some(&was)).await
}
