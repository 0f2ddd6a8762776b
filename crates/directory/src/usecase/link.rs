//! One-time links by which an account comes in without its password. No default password exists anywhere.

use db::Entry;
use kernel::{AccountId, Ctx, Problem, ProblemKind};

use super::way::{SignedIn, Way};
use crate::{Directory, Error, model::secret, store};

const FIRST: &str = "first";
pub(crate) const RESET: &str = "reset";
/// For who has given the password and the second factor, and has to replace the password.
pub(crate) const ANEW: &str = "anew";
const FIRST_LIFE_MICROS: i64 = 24 * 3600 * 1_000_000;
pub(super) const RESET_LIFE_MICROS: i64 = 7 * 24 * 3600 * 1_000_000;
pub(super) const OWN_LIFE_MICROS: i64 = 10 * 60 * 1_000_000;

/// Before the first account is made: there is no administrator to ask.
pub async fn is_new(directory: &Directory) -> Result<bool, Problem> {
    Ok(!store::account::is_any(&directory.db().read()).await?)
}

/// The link with which the first administrator comes in, for the console. None once an account exists, and none while an
/// earlier one still waits unless a new one is wanted: what stands in an old log must end one day.
pub async fn first_link(directory: &Directory, ctx: &Ctx, anew: bool) -> Result<Option<String>, Problem> {
    let (conn, now) = (directory.db().read(), ctx.now().as_microsecond());
    let waits = store::account::link_waits(&conn, FIRST, now, now + FIRST_LIFE_MICROS).await? && !anew;
    if waits || store::account::is_any(&conn).await? {
        return Ok(None);
    }
    let text = secret::fresh("first_")?;
    let (hash, until) = (&secret::hash(&text), ctx.now().as_microsecond() + FIRST_LIFE_MICROS);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::links_drop(&tx, FIRST, None).await?;
            store::account::link_insert(&tx, hash, FIRST, None, until, None).await?;
            tx.ledger(Entry::new("account.first_link", "installation"));
            Ok(())
        })
        .await?;
    Ok(Some(text))
}

/// A link for who has just given a password that everybody would try: it is replaced before anything else.
/// [`Way::Password`] alone makes a link after which a second factor is still asked for.
pub async fn own_link(directory: &Directory, ctx: &Ctx, signed: &SignedIn) -> Result<String, Problem> {
    let account = signed.account;
    let kind = if signed.way == Way::Password { RESET } else { ANEW };
    let text = secret::fresh("in_")?;
    let (hash, until) = (&secret::hash(&text), ctx.now().as_microsecond() + OWN_LIFE_MICROS);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::links_drop(&tx, RESET, Some(account)).await?;
            store::account::links_drop(&tx, ANEW, Some(account)).await?;
            store::account::link_insert(&tx, hash, kind, Some(account), until, None).await?;
            tx.ledger(Entry::new("account.choose_anew", account));
            Ok(())
        })
        .await?;
    Ok(text)
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    First,
    Reset(AccountId),
    /// Its bearer has given everything else that is asked for.
    Anew(AccountId),
}

pub async fn link(directory: &Directory, ctx: &Ctx, text: &str) -> Result<Link, Problem> {
    let row =
        store::account::link_find(&directory.db().read(), &secret::hash(text), ctx.now().as_microsecond()).await?;
    let life = |kind: &str| match kind {
        FIRST => FIRST_LIFE_MICROS,
        ANEW => OWN_LIFE_MICROS,
        _ => RESET_LIFE_MICROS,
    };
    let Some(row) = row.filter(|row| !ctx.is_ahead(row.until - life(&row.kind))) else {
        return Err(if is_new(directory).await? {
            Problem::new(ProblemKind::NotFound, "first-link-ended")
        } else {
            Error::LinkEnded.into()
        });
    };
    match row.account_id.map(AccountId::from_uuid) {
        Some(account) if row.kind == ANEW => Ok(Link::Anew(account)),
        Some(account) => Ok(Link::Reset(account)),
        None if row.kind == FIRST => Ok(Link::First),
        None => Err(Error::LinkEnded.into()),
    }
}
