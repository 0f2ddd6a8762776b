//! What was done with frozen lists, taken back or brought again: nothing comes into an approved list by that way which nobody
//! approved.

use db::{LedgerRow, Row as _, Tx, vals};
use kernel::{Problem, ProblemKind, UnitId};
use webkit::Core;

use super::baseline_change::may_change;
use crate::{
    model::figures::{Baseline, BaselineId},
    store::figures::baseline,
};

/// What an officer did with a line goes back, and comes again, until its list is approved.
pub async fn back_line(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let unit: UnitId = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let list = Baseline::one(tx, "WHERE unit_id = $1", vals![unit.uuid()]).await?.ok_or_else(Problem::not_found)?;
    let list = Baseline::held(tx, list.id).await?.ok_or_else(Problem::not_found)?;
    let changed = || Problem::new(ProblemKind::Conflict, "changed-since");
    if list.approved_on.is_some() {
        return Err(changed());
    }
    may_change(core, tx.ctx(), &list).map_err(|_| changed())?;
    db::undo(tx, entry).await
}

/// An approval comes again over the lines that were read for it: what was put in since has nobody's word.
pub async fn back_approval(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let open = baseline::all(tx).await?.into_iter().filter(|list| list.approved_on.is_none());
    let open: Vec<BaselineId> = open.map(|list| list.id).collect();
    db::undo(tx, entry).await?;
    let again = baseline::of(tx, &open).await?.into_iter().filter(|list| list.approved_on.is_some());
    let again: Vec<BaselineId> = again.map(|list| list.id).collect();
    if baseline::items(tx, &again).await?.iter().any(|item| item.decided_by.is_none()) {
        return Err(Problem::new(ProblemKind::Conflict, "baseline-changed-since"));
    }
    Ok(())
}
