//! A kept row added, or changed over the revision that was read, as its fields were sent.

use kernel::{Ctx, Problem};

use super::{Answers, Record};
use crate::{Core, Kept};

/// Adds a row, for who keeps it; the ledger has it under this name.
///
/// # Errors
/// All that is wrong with the answers; that it is for others to keep; that there is one already.
pub async fn kept_add<R: Record + Kept + Clone>(
    core: &Core,
    ctx: &Ctx,
    act: &'static str,
    sent: &Answers,
) -> Result<R, Problem> {
    let row = &R::from_answers(core, ctx, sent, None)?;
    row.check(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            row.may_become(core, ctx, &tx, None).await?;
            row.add(&tx).await?;
            tx.ledger(row.entry(act));
            Ok(())
        })
        .await?;
    Ok(row.clone())
}

/// Changes a row that was read as of `rev`; what is not sent stays. Giving it away asks for the right on both sides.
///
/// # Errors
/// As of [`kept_add`], and where somebody else was first. Of a row that the actor may not see nothing is said.
pub async fn kept_edit<R: Record + Kept + Clone>(
    core: &Core,
    ctx: &Ctx,
    act: &'static str,
    (id, rev): (R::Id, i64),
    sent: &Answers,
) -> Result<R, Problem> {
    let old = &R::seen(core, ctx, &core.db().read(), id).await?;
    old.check(core, ctx)?;
    Problem::stale_unless(old.revision() == Some(rev))?;
    let row = &R::from_answers(core, ctx, sent, Some(old))?;
    row.check(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            row.may_become(core, ctx, &tx, Some(old)).await?;
            row.let_go(&tx).await?;
            row.keep(&tx).await?;
            row.became(&tx, old).await?;
            tx.ledger(row.entry(act));
            R::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}
