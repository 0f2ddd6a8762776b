//! Accounts and their one-time links, signing out. No default password exists anywhere.

use db::Entry;
use kernel::{
    AccountId, Actor, Authorizer, Ctx, PersonId, PostId, Problem, ProblemKind, Resource, Role, UnitId, ids::kinds,
    text::check_name,
};
use serde_json::json;
use webkit::SessionId;

use super::{
    close::shut,
    power::{self, may_give},
    sign_in::tell,
};
use crate::{
    Directory, Error,
    model::{new_login, secret},
    store::{self, account::AccountRow, person::NewPost},
};

const FIRST: &str = "first";
pub(crate) const RESET: &str = "reset";
/// For who has given the password and the second factor, and has to replace the password.
pub(crate) const ANEW: &str = "anew";
const FIRST_LIFE_MICROS: i64 = 24 * 3600 * 1_000_000;
const RESET_LIFE_MICROS: i64 = 7 * 24 * 3600 * 1_000_000;
const OWN_LIFE_MICROS: i64 = 10 * 60 * 1_000_000;

/// What somebody came in by, as the ledger says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Password,
    Link,
    Oidc,
    Code,
    Recovery,
    /// With a second factor that was just set up.
    SetUp,
    /// A new session in the place of the ones that a change of the password ended.
    Changed,
}

impl Way {
    pub fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Oidc => "oidc",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::SetUp => "set_up",
            Self::Changed => "changed",
        }
    }
}

#[derive(Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub epoch: i64,
    pub way: Way,
}

/// Ends the session in which the acting person is, and no other.
pub async fn sign_out(directory: &Directory, ctx: &Ctx, session: SessionId) -> Result<(), Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    directory
        .db()
        .write(ctx, |tx| async move {
            webkit::end_session(&tx, account, session).await?;
            tx.ledger(Entry::new("account.sign_out", account));
            Ok(())
        })
        .await
}

/// Ends all sessions of the acting person's account, everywhere.
pub async fn sign_out_everywhere(directory: &Directory, ctx: &Ctx) -> Result<(), Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::epoch_raise(&tx, account).await?;
            webkit::end_all_sessions(&tx, account).await?;
            store::token::revoke_all(&tx, account).await?;
            tx.ledger(Entry::new("account.sign_out", account).detail(json!({ "everywhere": true })));
            Ok(())
        })
        .await
}

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
            store::account::link_insert(&tx, hash, FIRST, None, until).await?;
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
            store::account::link_insert(&tx, hash, kind, Some(account), until).await?;
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

#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    pub name: &'a str,
    pub login: &'a str,
    pub unit: UnitId,
    pub role: Role,
    pub title: &'a str,
}

impl NewAccount<'_> {
    pub(super) fn checked(&self) -> Result<String, Problem> {
        super::person::checked_name(self.name)?;
        check_name("title", self.title)?;
        Ok(new_login::checked(self.login)?)
    }
}

/// A person with a post and an account, inside an open act.
pub(crate) async fn create(
    tx: &db::Tx,
    new: &NewAccount<'_>,
    ids: (PersonId, AccountId, PostId),
) -> Result<(), Problem> {
    power::person_at_hand(tx.ctx())?;
    let login = new.checked()?;
    if store::account::by_login(tx, &login).await?.is_some() {
        return Err(Error::LoginTaken.into());
    }
    let (person, account, post) = ids;
    store::person::insert(tx, person, new.name.trim()).await?;
    let valid_from = tx.ctx().today().to_string();
    let post = NewPost {
        id: post,
        person,
        unit: new.unit,
        role: new.role,
        title: new.title.trim(),
        valid_from,
        valid_to: None,
        stands_in_for: None,
    };
    store::person::post_insert(tx, &post).await?;
    store::account::insert(tx, account, person, &login).await?;
    tx.ledger(
        Entry::new("account.add", account)
            .unit(new.unit)
            .detail(json!({ "person": person.to_string(), "role": new.role.code() })),
    );
    Ok(())
}

/// The name and the login of an account's person, for pages that act on it.
pub async fn whose(directory: &Directory, account: AccountId) -> Result<Option<(String, String)>, Problem> {
    let conn = directory.db().read();
    let Some(row) = store::account::get(&conn, account).await? else { return Ok(None) };
    Ok(store::person::name(&conn, PersonId::from_uuid(row.person_id)).await?.map(|name| (name, row.login)))
}

/// The account of a login, for the console.
pub async fn named(directory: &Directory, login: &str) -> Result<AccountId, Problem> {
    let row = store::account::by_login(&directory.db().read(), &login.trim().to_lowercase()).await?;
    let row = row.ok_or_else(|| Problem::bad_input("unknown-login").with("login", login))?;
    Ok(AccountId::from_uuid(row.id))
}

pub(crate) fn new_ids(ctx: &Ctx) -> (PersonId, AccountId, PostId) {
    (ctx.new_id::<kinds::Person>(), ctx.new_id::<kinds::Account>(), ctx.new_id::<kinds::Post>())
}

/// Adds a colleague and returns the one-time link for the sign-in slip.
pub async fn account_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    new: &NewAccount<'_>,
) -> Result<String, Problem> {
    new.checked()?;
    may_give(authorizer, ctx, new.unit, new.role)?;
    power::in_force(directory, ctx, new.unit)?;
    let text = secret::fresh("in_")?;
    let (hash, until, ids) = (&secret::hash(&text), ctx.now().as_microsecond() + RESET_LIFE_MICROS, new_ids(ctx));
    directory
        .db()
        .write(ctx, |tx| async move {
            create(&tx, new, ids).await?;
            store::account::link_insert(&tx, hash, RESET, Some(ids.1), until).await?;
            Ok(())
        })
        .await?;
    Ok(text)
}

/// Whether the actor may give this account a new slip. Never oneself: one's own password is changed, not taken away.
pub async fn may_reset(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    unit: UnitId,
    account: AccountId,
) -> Result<AccountRow, Problem> {
    authorizer.check(ctx, "person.edit", &Resource::unit(unit))?;
    let conn = directory.db().read();
    let row = store::account::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    if power::acting(ctx).is_ok_and(|(own, _)| own == account) {
        return Err(Problem::new(ProblemKind::Forbidden, "slip-own"));
    }
    // Who resets must be above all that the account is, or a unit's administrator could take over a higher one.
    power::gives_to(directory, authorizer, ctx, &conn, PersonId::from_uuid(row.person_id)).await?;
    if row.disabled {
        return Err(Error::AccountClosed.into());
    }
    Ok(row)
}

/// When a slip that is made now ends.
pub fn slip_ends(ctx: &Ctx) -> i64 {
    ctx.now().as_microsecond() + RESET_LIFE_MICROS
}

/// A new link for somebody who has lost the password: the unit's own administrator hands it over.
pub async fn reset(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    unit: UnitId,
    account: AccountId,
) -> Result<String, Problem> {
    let row = may_reset(directory, authorizer, ctx, unit, account).await?;
    ctx.must_be_fresh()?;
    let text = secret::fresh("in_")?;
    let (hash, until) = (&secret::hash(&text), ctx.now().as_microsecond() + RESET_LIFE_MICROS);
    directory
        .db()
        .write(ctx, |tx| async move {
            shut(&tx, account).await?;
            store::account::set_password(&tx, account, None).await?;
            store::account::link_insert(&tx, hash, RESET, Some(account), until).await?;
            store::sign_in::halfway_end_all(&tx, account).await?;
            store::sign_in::devices_forget(&tx, account).await?;
            tell(&tx, PersonId::from_uuid(row.person_id), "reset").await?;
            tx.ledger(Entry::new("account.reset", account).unit(unit));
            Ok(())
        })
        .await?;
    Ok(text)
}
