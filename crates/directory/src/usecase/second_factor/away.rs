//! Taking a second factor away: one's own, or somebody else's who lost theirs.

use db::Entry;
use kernel::{AccountId, Actor, Authorizer, Ctx, PersonId, Problem, ProblemKind};
use serde_json::json;

use super::row::{half_stranger, load, role_asks};
use crate::{
    Directory, Entrance, Error,
    store::{self, sign_in::SignInRow},
    usecase::{link::ANEW, power, tell::tell},
};

const LONGEST_REASON: usize = 500;

/// Takes one's own away, where no post asks for it.
pub async fn off(directory: &Directory, entrance: &Entrance, ctx: &Ctx) -> Result<(), Problem> {
    let Actor::Person { account, person, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    ctx.must_be_fresh()?;
    if role_asks(directory, entrance, ctx, &load(directory, account).await?).await? {
        return Err(Problem::new(ProblemKind::Conflict, "second-factor-required"));
    }
    clear(directory, ctx, account, person, "account.second_off", "second-factor-off", None).await
}

async fn clear(
    directory: &Directory,
    ctx: &Ctx,
    account: AccountId,
    person: PersonId,
    action: &'static str,
    told: &str,
    reason: Option<&str>,
) -> Result<(), Problem> {
    directory
        .db()
        .write(ctx, |tx| async move {
            store::sign_in::second_set(&tx, account, None, None, None).await?;
            store::sign_in::recovery_set(&tx, account, &[]).await?;
            store::sign_in::halfway_end_all(&tx, account).await?;
            // What the old one opened.
            store::account::links_drop(&tx, ANEW, Some(account)).await?;
            if let Some(reason) = reason {
                store::account::epoch_raise(&tx, account).await?;
                webkit::end_all_sessions(&tx, account).await?;
                store::sign_in::devices_forget(&tx, account).await?;
                tx.ledger(Entry::new(action, account).reason(reason).detail(json!({ "person": person.to_string() })));
            } else {
                tx.ledger(Entry::new(action, account));
            }
            tell(&tx, person, told).await
        })
        .await
}

/// Whether the actor may take this account's away: an administrator above every post of it, never oneself.
pub async fn may_reset(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
) -> Result<SignInRow, Problem> {
    let row = load(directory, account).await?;
    if !half_stranger(ctx, &row) {
        return Err(Problem::new(ProblemKind::Forbidden, "second-factor-own"));
    }
    let conn = directory.db().read();
    power::over(directory, authorizer, ctx, &conn, row.person()).await?;
    if row.second_secret.is_none() {
        return Err(Problem::new(ProblemKind::Conflict, "no-second-factor"));
    }
    Ok(row)
}

/// Takes somebody else's away, so that they set up a new one at the next sign-in. The console is the last resort.
pub async fn reset(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
    reason: &str,
) -> Result<(), Problem> {
    power::person_at_hand(ctx)?;
    let row = may_reset(directory, authorizer, ctx, account).await?;
    ctx.must_be_fresh()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let reason: String = reason.chars().take(LONGEST_REASON).collect();
    clear(directory, ctx, account, row.person(), "account.second_reset", "second-factor-reset", Some(&reason)).await
}

/// The account of a login, for the console.
pub async fn account_of(directory: &Directory, login: &str) -> Result<AccountId, Problem> {
    let row = store::sign_in::by_login(&directory.db().read(), &login.trim().to_lowercase()).await?;
    row.map(|row| row.account()).ok_or_else(|| Problem::bad_input("unknown-login").with("login", login))
}
