//! Signing in through the province's single sign-on.

use db::Entry;
use kernel::{AccountId, Actor, Ctx, PersonId, Problem, ProblemKind, Role};
use serde_json::json;

use super::account::SignedIn;
use crate::{
    Directory,
    oidc::{ExternalId, Flow, Oidc},
    store::{self, account::AccountRow},
};

/// What the provider sent the browser back with.
#[derive(Debug, Clone, Default)]
pub struct Back {
    pub code: Option<String>,
    pub state: Option<String>,
    pub issuer: Option<String>,
    pub error: Option<String>,
}

/// Ends the way through the provider: whose account is it?
///
/// A known subject is its account's. A new one is tied for good: to the account of whoever is signed in, else to the
/// account with the same login name; a system administrator's account is never taken by name alone.
pub async fn oidc_sign_in(
    directory: &Directory,
    oidc: &Oidc,
    ctx: &Ctx,
    flow: Option<Flow>,
    back: Back,
) -> Result<SignedIn, Problem> {
    let lost = || Problem::new(ProblemKind::BadInput, "oidc-lost");
    let flow = flow.filter(|flow| back.state.as_ref() == Some(&flow.state)).ok_or_else(lost)?;
    if let Some(error) = back.error {
        return Err(Problem::new(ProblemKind::Forbidden, "oidc-cancelled").because(error));
    }
    let who = oidc.identity(ctx, back.code.ok_or_else(lost)?, back.issuer.as_deref(), flow).await?;
    let conn = directory.db().read();
    let known = store::account::external_find(&conn, &who.issuer, &who.subject).await?;
    let row = match known {
        Some(id) => store::account::get(&conn, AccountId::from_uuid(id)).await?,
        None => first_meeting(directory, ctx, &who).await?,
    };
    let unknown = || {
        let name = who.names.first().cloned().unwrap_or_default();
        Problem::new(ProblemKind::Forbidden, "oidc-unknown-account").with("name", name)
    };
    let row = row.filter(|row| !row.disabled).ok_or_else(unknown)?;
    enter(directory, ctx, &row, &who, known.is_none()).await
}

async fn first_meeting(directory: &Directory, ctx: &Ctx, who: &ExternalId) -> Result<Option<AccountRow>, Problem> {
    let conn = directory.db().read();
    if let Actor::Person { account, .. } = ctx.actor {
        return Ok(store::account::get(&conn, account).await?);
    }
    for name in &who.names {
        let Some(row) = store::account::by_login(&conn, name).await? else { continue };
        let person = PersonId::from_uuid(row.person_id);
        let posts = store::person::posts(&conn, person, &ctx.today().to_string()).await?;
        if posts.iter().any(|post| post.role == Role::SystemAdmin) {
            return Err(Problem::new(ProblemKind::Forbidden, "oidc-administrator"));
        }
        return Ok(Some(row));
    }
    Ok(None)
}

async fn enter(
    directory: &Directory,
    ctx: &Ctx,
    row: &AccountRow,
    who: &ExternalId,
    first: bool,
) -> Result<SignedIn, Problem> {
    let account = AccountId::from_uuid(row.id);
    let person = PersonId::from_uuid(row.person_id);
    let signed = ctx.with_actor(Actor::Person { account, person, posts: vec![] });
    directory
        .db()
        .write(&signed, |tx| async move {
            if first {
                store::account::external_insert(&tx, &who.issuer, &who.subject, account).await?;
                tx.ledger(Entry::new("account.oidc_link", account).detail(json!({ "issuer": who.issuer })));
            }
            tx.ledger(Entry::new("account.sign_in", account).detail(json!({ "way": "oidc" })));
            Ok(())
        })
        .await?;
    Ok(SignedIn { account, epoch: row.epoch })
}
