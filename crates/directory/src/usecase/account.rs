//! Accounts, the slips for them, and signing out.

use db::Entry;
use kernel::{
    AccountId, Actor, Authorizer, Ctx, PersonId, PostId, Problem, ProblemKind, Resource, Role, UnitId, ids::kinds,
    text::check_name,
};
use serde_json::json;
use webkit::SessionId;

pub use super::link::first_link;
use super::{
    close::shut,
    link::{RESET, RESET_LIFE_MICROS},
    person::checked_name,
    power::{self, may_give},
    slip,
    tell::tell,
};
use crate::{
    Directory, Error,
    model::{new_login, secret},
    store::{self, account::AccountRow, person::NewPost},
};

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
            store::feed::drop(&tx, account).await?;
            tx.ledger(Entry::new("account.sign_out", account).detail(json!({ "everywhere": true })));
            Ok(())
        })
        .await
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
        checked_name(self.name)?;
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
    let secret = text.as_str();
    directory
        .db()
        .write(ctx, |tx| async move {
            create(&tx, new, ids).await?;
            let code = slip::kept(directory.db(), ids.1, secret);
            store::account::link_insert(&tx, hash, RESET, Some(ids.1), until, Some(code)).await?;
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
    let secret = text.as_str();
    directory
        .db()
        .write(ctx, |tx| async move {
            shut(&tx, account).await?;
            store::account::set_password(&tx, account, None).await?;
            let code = slip::kept(directory.db(), account, secret);
            store::account::link_insert(&tx, hash, RESET, Some(account), until, Some(code)).await?;
            store::sign_in::halfway_end_all(&tx, account).await?;
            store::sign_in::devices_forget(&tx, account).await?;
            tell(&tx, PersonId::from_uuid(row.person_id), "reset").await?;
            tx.ledger(Entry::new("account.reset", account).unit(unit));
            Ok(())
        })
        .await?;
    Ok(text)
}
