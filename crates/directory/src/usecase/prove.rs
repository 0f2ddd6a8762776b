//! Proving again who one is, before acts that somebody at an open computer must not be able to do.

use db::Entry;
use kernel::{Actor, Ctx, Problem};
use webkit::SessionId;

use super::{password, second_factor};
use crate::{Directory, Entrance, Error, store};

/// Takes the password, or a code of the second factor, and makes the session fresh.
pub async fn prove(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    session: SessionId,
    given: &str,
) -> Result<(), Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    let row = store::sign_in::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    let looks_like_code = given.len() <= 8 && given.chars().all(|c| c.is_ascii_digit() || c == ' ');
    if looks_like_code && row.second_secret.is_some() {
        second_factor::take(directory, ctx, &row, given, None)
            .await
            .map_err(|problem| if problem.code == "code-wrong" { Error::CurrentWrong.into() } else { problem })?;
    } else {
        password::prove(directory, entrance, ctx, &row, given, Error::CurrentWrong).await?;
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            webkit::prove_session(&tx, ctx, session).await?;
            tx.ledger(Entry::new("account.prove", account));
            Ok(())
        })
        .await
}
