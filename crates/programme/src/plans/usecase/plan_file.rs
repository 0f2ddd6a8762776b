//! Ends the review of a document that orders nothing: it is kept as it was read, stands in the list as filed and gives
//! nobody anything. Opening it again is the undo.

use db::Entry;
use kernel::{Ctx, PlanId, Problem};
use serde::Deserialize;
use webkit::Core;

use crate::{
    Error,
    plans::{
        store,
        usecase::{
            places::{Reviewed, orders_nothing, reviewed, unanswered},
            review::steered,
        },
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileAct {
    /// Nothing of it is to be done.
    File,
    /// It is under review again.
    Reopen,
}

/// Refuses while something of it would be given, or a doubt is open: what was not read is not closed in silence.
fn fits(of: &Reviewed) -> Result<(), Error> {
    let open = unanswered(&of.rows, &of.findings);
    match () {
        () if !orders_nothing(&of.rows, &of.targets, &of.duties) => Err(Error::HasOrders),
        () if open > 0 => Err(Error::OpenProblems(open)),
        () => Ok(()),
    }
}

pub async fn plan_file(core: &Core, ctx: &Ctx, id: PlanId, rev: i64, act: FileAct) -> Result<(), Problem> {
    let mark = store::plan::review_mark(&core.db().read(), id).await?;
    if act == FileAct::File {
        fits(&reviewed(core, ctx, id).await?)?;
    }
    core.db()
        .write(ctx, |tx| async move {
            store::plan::held(&tx, id).await?;
            let plan = steered(core, ctx, &tx, id).await?;
            let (action, since) = match (act, plan.state.as_str()) {
                (FileAct::File, "review") => {
                    Problem::stale_unless(store::plan::review_mark(&tx, id).await? == mark)?;
                    ("plan.file", Some((ctx.now().as_microsecond(), ctx.actor.pseudonym())))
                }
                (FileAct::Reopen, "filed") => ("plan.reopen", None),
                (FileAct::File, _) => return Err(Error::NotInReview.into()),
                (FileAct::Reopen, _) => return Err(Error::WrongState.into()),
            };
            Problem::stale_unless(store::plan_end::filed_set(&tx, id, rev, since).await?)?;
            tx.ledger(Entry::new(action, id).unit(plan.follower()));
            Ok(())
        })
        .await
}
