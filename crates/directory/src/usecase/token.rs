//! API tokens: they act with their owner's posts, may be read-only, always end, and are listed and revoked.

use db::Entry;
use jiff::civil::Date;
use kernel::{
    AccountId, Actor, Authorizer, Ctx, PersonId, Problem, Resource, UnitId,
    ids::{TokenId, kinds},
    text::check_name,
};
use serde_json::json;

use super::{power, tell::tell};
use crate::{
    Directory, Error,
    model::secret,
    store::{
        self,
        token::{ListedToken, NewToken},
    },
};

/// Days that a token lives at most: a secret that is copied into another program is forgotten there.
pub const LONGEST_DAYS: i64 = 90;

/// The last day that a token made or used today may have.
pub(crate) fn latest(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().days(LONGEST_DAYS))
}

/// Creates a token for an account and returns its text, which is shown this once.
pub async fn token_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    login: &str,
    name: &str,
    read_only: bool,
    valid_to: Date,
) -> Result<String, Problem> {
    power::person_at_hand(ctx)?;
    authorizer.check(ctx, "token.add", &Resource::installation())?;
    ctx.must_be_fresh()?;
    check_name("name", name)?;
    if name.trim().is_empty() {
        return Err(Error::Empty("name").into());
    }
    if valid_to < ctx.today() {
        return Err(Error::EndBeforeStart.into());
    }
    if valid_to > latest(ctx.today()) {
        return Err(Problem::bad_input("token-too-long").with("most", LONGEST_DAYS));
    }
    let owner = store::account::by_login(&directory.db().read(), login).await?.ok_or_else(Problem::not_found)?;
    if owner.disabled {
        return Err(Error::AccountClosed.into());
    }
    let person = PersonId::from_uuid(owner.person_id);
    let (text, id, account) = (secret::fresh("dinh_")?, ctx.new_id::<kinds::Token>(), AccountId::from_uuid(owner.id));
    let token = &NewToken {
        id,
        account,
        name,
        secret_hash: secret::hash(&text),
        read_only,
        valid_to: valid_to.to_string(),
        made_at: ctx.now().as_microsecond(),
        made_by: ctx.actor.pseudonym(),
    };
    directory
        .db()
        .write(ctx, |tx| async move {
            store::token::insert(&tx, token).await?;
            tell(&tx, person, "token").await?;
            tx.ledger(
                Entry::new("token.add", id).detail(
                    json!({ "account": account.to_string(), "read_only": read_only, "valid_to": token.valid_to }),
                ),
            );
            Ok(())
        })
        .await?;
    Ok(text)
}

/// Tokens in force: of the people that the actor administers.
pub async fn list(directory: &Directory, authorizer: &dyn Authorizer, ctx: &Ctx) -> Result<Vec<ListedToken>, Problem> {
    let (conn, today) = (directory.db().read(), ctx.today().to_string());
    if power::whole_house(directory, authorizer, ctx).is_ok() {
        return Ok(store::token::list(&conn, None, &today).await?);
    }
    let mine: Vec<UnitId> = authorizer
        .scope(ctx)
        .subtree
        .into_iter()
        .filter(|id| authorizer.check(ctx, "person.edit", &Resource::unit(*id)).is_ok())
        .collect();
    Ok(store::token::list(&conn, Some(&mine), &today).await?)
}

/// Whose token it is, where the actor may end it: their own, or one of somebody whom they are above.
pub(crate) async fn endable(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: TokenId,
) -> Result<AccountId, Problem> {
    let conn = directory.db().read();
    let owner = store::token::owner(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let own = match ctx.actor {
        Actor::Person { account, .. } | Actor::Token { account, .. } => account == owner,
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => false,
    };
    if !own {
        let row = store::account::get(&conn, owner).await?.ok_or_else(Problem::not_found)?;
        power::over(directory, authorizer, ctx, &conn, PersonId::from_uuid(row.person_id)).await?;
    }
    Ok(owner)
}

/// Ends a token at once: its holder's own, or one of somebody the actor is above. It cannot be undone; another is made.
pub async fn revoke(directory: &Directory, authorizer: &dyn Authorizer, ctx: &Ctx, id: TokenId) -> Result<(), Problem> {
    endable(directory, authorizer, ctx, id).await?;
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::token::revoke(&tx, id).await? {
                return Err(Error::TokenEnded.into());
            }
            tx.ledger(Entry::new("token.revoke", id));
            Ok(())
        })
        .await
}
