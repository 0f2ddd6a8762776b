//! Choosing a password: by a one-time link, or anew by who knows the old one.

use db::{Entry, Tx};
use kernel::{AccountId, Actor, Ctx, PersonId, Problem};
use serde_json::json;

use super::{
    attempts, hashing,
    link::{Link, RESET, link},
    tell::tell,
    way::{SignedIn, Way},
};
use crate::{
    Directory, Entrance, Error,
    model::{password, secret},
    store,
};

/// Longer texts are no passwords of anybody; they are not even hashed.
pub(crate) const MOST_BYTES: usize = 1024;

/// Refuses what is weak in this house, or was not typed the same twice.
pub fn check(directory: &Directory, given: &str, again: &str, login: &str) -> Result<(), Problem> {
    let tree = directory.tree();
    let province = tree.root().map(|unit| unit.name.as_str()).unwrap_or_default();
    password::check(given, login, &[province])?;
    if given == again { Ok(()) } else { Err(Error::PasswordsDiffer.into()) }
}

/// Sets a password through a link, which is used up.
pub async fn set_password(
    directory: &Directory,
    ctx: &Ctx,
    text: &str,
    given: &str,
    again: &str,
) -> Result<AccountId, Problem> {
    let (Link::Reset(account) | Link::Anew(account)) = link(directory, ctx, text).await? else {
        return Err(Error::LinkEnded.into());
    };
    let row = store::account::get(&directory.db().read(), account).await?.ok_or(Error::LinkEnded)?;
    check(directory, given, again, &row.login)?;
    let (used, hash) = (&secret::hash(text), &hashing::hash(given).await?);
    let person = PersonId::from_uuid(row.person_id);
    let signed = ctx.with_actor(Actor::Person { account, person, posts: vec![] });
    directory
        .db()
        .write(&signed, |tx| async move {
            if !store::account::link_use(&tx, used).await? {
                return Err(Error::LinkEnded.into());
            }
            chosen(&tx, account, person, hash).await
        })
        .await?;
    Ok(account)
}

/// The new password, and the end of all that came in by the old one, inside an open act: sessions, ways half gone, and
/// tokens, which may be somebody else's by now.
async fn chosen(tx: &Tx, account: AccountId, person: PersonId, hash: &str) -> Result<(), Problem> {
    store::account::set_password(tx, account, Some(hash)).await?;
    store::sign_in::password_at_set(tx, account, tx.ctx().now().as_microsecond()).await?;
    store::sign_in::halfway_end_all(tx, account).await?;
    // What was printed for it is good no more.
    store::account::links_drop(tx, RESET, Some(account)).await?;
    webkit::end_all_sessions(tx, account).await?;
    let tokens = store::token::revoke_all(tx, account).await?;
    store::feed::drop(tx, account).await?;
    tell(tx, person, "password").await?;
    tx.ledger(Entry::new("account.password", account).detail(json!({ "tokens": tokens })));
    Ok(())
}

/// Changes one's own password and ends every session and token; the answer opens a new session.
pub async fn change(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    current: &str,
    given: &str,
    again: &str,
) -> Result<SignedIn, Problem> {
    let Actor::Person { account, person, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    let row = store::sign_in::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    match &row.password_hash {
        Some(_) => prove(directory, entrance, ctx, &row, current, Error::CurrentWrong).await?,
        // Who only ever came in by single sign-on has none to repeat.
        None => ctx.must_be_fresh()?,
    }
    check(directory, given, again, &row.login)?;
    if row.password_hash.is_some() && hashing::fits(given, row.password_hash.clone()).await? {
        return Err(Error::PasswordSame.into());
    }
    let hash = &hashing::hash(given).await?;
    directory
        .db()
        .write(ctx, |tx| async move {
            // Who mistyped their own is not to be warned of it as of somebody else's guesses.
            store::sign_in::failures_clear(&tx, account).await?;
            chosen(&tx, account, person, hash).await
        })
        .await?;
    let row = store::sign_in::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    Ok(SignedIn { account, epoch: row.epoch, way: Way::Changed })
}

/// Whether the acting person knows the password, guessed at no faster than at the door.
pub(crate) async fn prove(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    row: &store::sign_in::SignInRow,
    given: &str,
    refusal: Error,
) -> Result<(), Problem> {
    let key = format!("prove {}", row.account());
    entrance.admit(ctx.now().as_microsecond(), &key).await?;
    attempts::few(directory, ctx, &key, attempts::PROOFS).await?;
    if given.len() <= MOST_BYTES && hashing::fits(given, row.password_hash.clone()).await? {
        // Of many tries at the same moment all were let in; those that were wrong are counted by now.
        attempts::few(directory, ctx, &key, attempts::PROOFS).await?;
        entrance.forget(&key).await;
        return Ok(());
    }
    let key = key.as_str();
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            attempts::add(&tx, key).await?;
            Ok(store::sign_in::failure_add(&tx, row.account()).await?)
        })
        .await?;
    Err(refusal.into())
}
