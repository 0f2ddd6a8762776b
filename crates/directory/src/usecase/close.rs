//! Closing and opening accounts, and what ends with a reset or a closing: everything by which an account comes in.

use db::{Entry, Tx};
use kernel::{AccountId, Actor, Authorizer, Ctx, PersonId, Problem, Role};

use super::{
    erased::is_erased,
    link::{ANEW, RESET},
    power,
};
use crate::{Directory, Error, store};

/// Ends sessions, tokens, the link of a calendar, ties, waiting links and the expectation of a first single sign-on, inside an open act.
pub(crate) async fn shut(tx: &Tx, account: AccountId) -> Result<(), Problem> {
    store::account::epoch_raise(tx, account).await?;
    webkit::end_all_sessions(tx, account).await?;
    store::token::revoke_all(tx, account).await?;
    store::feed::drop(tx, account).await?;
    store::tie::remove_all(tx, account).await?;
    store::account::links_drop(tx, RESET, Some(account)).await?;
    store::account::links_drop(tx, ANEW, Some(account)).await?;
    store::account::expected_set(tx, account, None).await?;
    Ok(())
}

/// Closes an account at once: nothing that was given to it opens anything any more. Undone by [`account_open`], which
/// gives none of it back.
pub async fn account_close(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
) -> Result<(), Problem> {
    let conn = directory.db().read();
    let row = store::account::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    power::over(directory, authorizer, ctx, &conn, person).await?;
    // A token cannot prove again who it is; that of a personnel system may take access away, never give it.
    if !matches!(ctx.actor, Actor::Token { .. }) {
        ctx.must_be_fresh()?;
    }
    let root = directory.tree().root().map(|unit| unit.id);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            closed(&tx, account, "account.close").await?;
            let posts = store::person::posts(&tx, directory.roles(), person, &ctx.today().to_string()).await?;
            match root.filter(|_| posts.iter().any(|post| post.role == Role::SYSTEM_ADMIN)) {
                Some(root) => power::administered(&tx, root).await,
                None => Ok(()),
            }
        })
        .await
}

/// Whether nobody who can come in administers the house: the console alone may bring that about.
pub async fn is_unadministered(directory: &Directory, ctx: &Ctx) -> Result<bool, Problem> {
    let Some(root) = directory.tree().root().map(|unit| unit.id) else { return Ok(false) };
    let day = ctx.today().to_string();
    Ok(store::person::holders(&directory.db().read(), root, Role::SYSTEM_ADMIN, &day).await? == 0)
}

/// The closing itself; refused for an account that is closed.
pub(crate) async fn closed(tx: &Tx, account: AccountId, action: &'static str) -> Result<(), Problem> {
    if !store::account::disabled_set(tx, account, true).await? {
        return Err(Error::AccountClosed.into());
    }
    shut(tx, account).await?;
    tx.ledger(Entry::new(action, account));
    Ok(())
}

/// Opens a closed account. Its password still fits; tokens and ties were ended and are made anew.
pub async fn account_open(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
) -> Result<(), Problem> {
    let conn = directory.db().read();
    let row = store::account::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    power::gives_to(directory, authorizer, ctx, &conn, PersonId::from_uuid(row.person_id)).await?;
    ctx.must_be_fresh()?;
    if is_erased(&row) {
        return Err(Error::Erased.into());
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::account::disabled_set(&tx, account, false).await? {
                return Err(Error::AccountOpen.into());
            }
            tx.ledger(Entry::new("account.open", account));
            Ok(())
        })
        .await
}

/// Closes the accounts of people who have had no post for so many days. Undone by [`account_open`] and a new post.
pub async fn close_idle(directory: &Directory, ctx: &Ctx, days: u16) -> Result<usize, Problem> {
    let before = day_before(ctx, days)?;
    let rows = &store::account::idle(&directory.db().read(), &before, &ctx.today().to_string()).await?;
    for row in rows {
        let account = AccountId::from_uuid(row.id);
        directory
            .db()
            .write(ctx, |tx| async move {
                store::unit::lock(&tx).await?;
                // A post may have been given since the list was read.
                let still = store::account::idle(&tx, &day_before(ctx, days)?, &ctx.today().to_string()).await?;
                if still.iter().all(|row| row.id != account.uuid()) {
                    return Ok(());
                }
                closed(&tx, account, "account.close_idle").await?;
                Ok(())
            })
            .await?;
    }
    Ok(rows.len())
}

fn day_before(ctx: &Ctx, days: u16) -> Result<String, Problem> {
    let span = jiff::Span::new().days(i64::from(days));
    Ok(ctx.today().checked_sub(span).map_err(Problem::internal)?.to_string())
}

/// The day on which an account whose holder has no post will be closed; none where there is a post.
pub async fn closes_on(
    directory: &Directory,
    ctx: &Ctx,
    person: PersonId,
    days: u16,
) -> Result<Option<String>, Problem> {
    let (conn, today) = (directory.db().read(), ctx.today());
    let posts = store::person::history(&conn, person).await?;
    let lasts: Vec<Option<jiff::civil::Date>> =
        posts.iter().map(|post| post.valid_to.as_deref().and_then(|day| day.parse().ok())).collect();
    let last = lasts.iter().flatten().max().filter(|last| **last < today && lasts.iter().all(Option::is_some));
    let span = jiff::Span::new().days(i64::from(days) + 1);
    Ok(last.and_then(|last| last.checked_add(span).ok()).map(|day| day.to_string()))
}
