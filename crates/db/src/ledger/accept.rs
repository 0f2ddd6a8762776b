//! Ways on after something that the program may not decide by itself: each is an entry with a reason.

use kernel::{CLOCK_TOLERANCE_MICROS, Ctx, Problem, ProblemKind};
use serde_json::json;

use super::{
    entry::Entry,
    head::{ACCEPT_CLOCK, ACCEPT_HEAD, Head},
};
use crate::{Db, Standing, idempotency, job, lease};

fn reason_of(reason: &str) -> Result<&str, Problem> {
    Some(reason.trim()).filter(|reason| !reason.is_empty()).ok_or_else(|| Problem::bad_input("reason-needed"))
}

/// Goes on under the present clock, though the newest entry is of a later time: the clock was ahead then. What waits for
/// that time waits no longer.
pub async fn accept_clock(db: &Db, ctx: &Ctx, reason: &str) -> Result<(), Problem> {
    let reason = reason_of(reason)?;
    let head = Head::of(&db.read()).await?.unwrap_or_else(Head::genesis);
    if ctx.now().as_microsecond() >= head.at - CLOCK_TOLERANCE_MICROS {
        return Err(Problem::new(ProblemKind::Conflict, "clock-not-behind"));
    }
    let entry = &Entry::new(ACCEPT_CLOCK, "ledger").reason(reason).detail(json!({ "was": head.at }));
    db.write(ctx, |tx| async move {
        tx.ledger(entry.clone());
        job::put_right(&tx).await?;
        lease::put_right(&tx).await?;
        Ok(idempotency::put_right(&tx).await?)
    })
    .await
}

/// Signs on though the head does not descend from what was signed: an older copy was put back on purpose, or the
/// checkpoint file was lost. What was signed before is laid aside, not deleted.
pub async fn accept_head(db: &Db, ctx: &Ctx, reason: &str) -> Result<(), Problem> {
    let reason = reason_of(reason)?;
    db.checkpoint().await?;
    let Some(
        Standing::NotDescended { seq: before }
        | Standing::CheckpointsCut { seq: before }
        | Standing::OtherKey { seq: before },
    ) = db.unsigned()
    else {
        return Err(Problem::new(ProblemKind::Conflict, "head-not-refused"));
    };
    let entry = &Entry::new(ACCEPT_HEAD, "ledger").reason(reason).detail(json!({ "signed": before }));
    db.write(ctx, |tx| async move {
        tx.ledger(entry.clone());
        Ok(())
    })
    .await?;
    db.sign_anew(before).await
}
