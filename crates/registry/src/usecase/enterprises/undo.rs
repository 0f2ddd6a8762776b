//! What was done with the list and its forms, taken back or brought again by whom keeps it: what was signed stays within the
//! days of its line.

use db::{LedgerRow, Row as _, Tx};
use kernel::{Ctx, Problem, ProblemKind};
use webkit::Core;

use super::listed::{check_forms, may_keep};
use crate::{
    model::enterprise::{Enterprise, EnterpriseId},
    store::enterprise,
};

fn id(subject: &str) -> Result<EnterpriseId, Problem> {
    subject.parse().map_err(|_| Problem::not_found())
}

/// A line may go with the act that put it in, and comes again.
pub fn may_undo(core: &Core, ctx: &Ctx, subject: &str) -> Result<String, Problem> {
    id(subject)?;
    may_keep(core, ctx)?;
    Ok("/systems/enterprises".to_owned())
}

pub async fn back(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let id = id(&entry.subject)?;
    // No form comes again beside a line that somebody changes meanwhile.
    Enterprise::held(tx, id).await?;
    db::undo(tx, entry).await?;
    let Some(line) = Enterprise::get(tx, id).await? else { return Ok(()) };
    let since = |_| Problem::new(ProblemKind::Conflict, "changed-since");
    check_forms(&line, &enterprise::forms(tx, id).await?, tx.ctx().lang).map_err(since)
}
