//! Ties between accounts and the province's single sign-on: made by their holder's word, listed, ended.

use db::Entry;
use kernel::{AccountId, Authorizer, CLOCK_TOLERANCE_MICROS, Ctx, PersonId, Problem, ProblemKind};
use serde_json::json;

use super::{password, power, tell::tell};
use crate::{
    Directory, Entrance, Error,
    oidc::ExternalId,
    store::{
        self,
        tie::{PendingRow, TieRow},
    },
};

/// How long somebody may think about it after coming back from the provider.
const PENDING_MICROS: i64 = 10 * 60 * 1_000_000;
/// How long an account waits for a first single sign-on.
pub(super) const EXPECTED_MICROS: i64 = 14 * 24 * 3600 * 1_000_000;

fn lost() -> Problem {
    Problem::new(ProblemKind::Conflict, "tie-lost").with("minutes", PENDING_MICROS / 60_000_000)
}

/// Somebody signed in here came back from the provider as `who`: kept until they say that this is them.
pub(crate) async fn propose(directory: &Directory, ctx: &Ctx, who: &ExternalId) -> Result<(), Problem> {
    let (account, _) = power::acting(ctx)?;
    if store::tie::find(&directory.db().read(), &who.issuer, &who.subject).await?.is_some() {
        return Err(Error::TieTaken.into());
    }
    let row = &PendingRow { issuer: who.issuer.clone(), subject: who.subject.clone(), name: who.label() };
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            store::tie::pending_set(&tx, account, row, ctx.now().as_microsecond() + PENDING_MICROS).await?;
            Ok(())
        })
        .await
}

/// Who waits to be tied to the acting person's account.
pub async fn pending(directory: &Directory, ctx: &Ctx) -> Result<Option<PendingRow>, Problem> {
    let ((account, _), now) = (power::acting(ctx)?, ctx.now().as_microsecond());
    let latest = now + PENDING_MICROS + CLOCK_TOLERANCE_MICROS;
    Ok(store::tie::pending(&directory.db().read(), account, now, latest).await?)
}

/// What a person confirms: who they are here, who they are there, and that it is them.
#[derive(Debug, Clone, Copy)]
pub struct Confirmation<'a> {
    pub login: &'a str,
    pub subject: &'a str,
    pub password: &'a str,
}

/// Ties the acting person's account to whom they came back as. Undone by [`untie`].
pub async fn confirm(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    given: Confirmation<'_>,
) -> Result<(), Problem> {
    let (account, person) = power::acting(ctx)?;
    let (conn, now) = (directory.db().read(), ctx.now().as_microsecond());
    let row = store::sign_in::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    let pending = self::pending(directory, ctx).await?.filter(|row| row.subject == given.subject);
    let pending = pending.filter(|_| row.login == given.login).ok_or_else(lost)?;
    if let Err(problem) = password::prove(directory, entrance, ctx, &row, given.password, Error::TiePassword).await {
        if problem.code == "tie-password" {
            forget(directory, ctx, account).await?;
        }
        return Err(problem);
    }
    let tie = &TieRow {
        account_id: account.uuid(),
        issuer: pending.issuer,
        subject: pending.subject,
        name: Some(pending.name),
        tied_at: Some(now),
    };
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::tie::pending_remove(&tx, account).await? {
                return Err(lost());
            }
            if store::tie::find(&tx, &tie.issuer, &tie.subject).await?.is_some() {
                return Err(Error::TieTaken.into());
            }
            store::tie::insert(&tx, tie).await?;
            tell(&tx, person, "tied").await?;
            tx.ledger(Entry::new("account.oidc_link", account).detail(json!({ "issuer": tie.issuer })));
            Ok(())
        })
        .await
}

/// Forgets what waits: a password is guessed once per way through the provider, and whoever came back as somebody else
/// says so.
pub async fn forget(directory: &Directory, ctx: &Ctx, account: AccountId) -> Result<(), Problem> {
    directory
        .db()
        .write(ctx, |tx| async move {
            store::tie::pending_remove(&tx, account).await?;
            tx.ledger(Entry::new("account.oidc_refused", account));
            Ok(())
        })
        .await
}

/// Whose account it is, where the actor may end its ties: their own, or of somebody whom they are above.
pub(crate) async fn endable(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
) -> Result<PersonId, Problem> {
    let conn = directory.db().read();
    let row = store::account::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    if power::acting(ctx).map(|(own, _)| own).ok() != Some(account) {
        power::over(directory, authorizer, ctx, &conn, person).await?;
    }
    Ok(person)
}

/// Ends a tie of one's own account, or of somebody's whom the actor is above.
pub async fn untie(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
    (issuer, subject): (&str, &str),
) -> Result<(), Problem> {
    let person = endable(directory, authorizer, ctx, account).await?;
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::tie::remove(&tx, account, issuer, subject).await? {
                return Err(Problem::not_found());
            }
            tell(&tx, person, "untied").await?;
            tx.ledger(Entry::new("account.oidc_unlink", account).detail(json!({ "issuer": issuer })));
            Ok(())
        })
        .await
}

/// Lets the next single sign-on under the account's login find it, once and for two weeks. Undone with `false`.
/// Never for people who lead or administer: they tie their own.
pub async fn expect(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    account: AccountId,
    expected: bool,
) -> Result<(), Problem> {
    let conn = directory.db().read();
    let row = store::account::get(&conn, account).await?.filter(|row| !row.disabled).ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    power::gives_to(directory, authorizer, ctx, &conn, person).await?;
    ctx.must_be_fresh()?;
    if expected && !power::ordinary(directory, &conn, ctx, person).await? {
        return Err(Problem::new(ProblemKind::Conflict, "expect-ordinary"));
    }
    let until = expected.then(|| ctx.now().as_microsecond() + EXPECTED_MICROS);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::account::expected_set(&tx, account, until).await?;
            tx.ledger(Entry::new("account.expect", account).detail(json!({ "expected": expected })));
            Ok(())
        })
        .await
}
