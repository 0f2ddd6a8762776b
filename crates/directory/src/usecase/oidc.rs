//! Signing in through the province's single sign-on.

use db::Entry;
use kernel::{AccountId, Actor, Ctx, PersonId, Problem, ProblemKind};
use serde_json::json;
use webkit::ClientAddr;

use super::{
    power,
    sign_in::Refused,
    tell::tell,
    tie,
    way::{SignedIn, Way},
};
use crate::{
    Directory, Entrance,
    model::secret,
    oidc::{ExternalId, Flow, Oidc},
    store::{self, account::AccountRow, tie::TieRow},
};

/// As long as the browser keeps what it must bring back.
pub(crate) const FLOW_MICROS: i64 = 10 * 60 * 1_000_000;

/// What the provider sent the browser back with.
#[derive(Debug, Clone, Default)]
pub struct Back {
    pub code: Option<String>,
    pub state: Option<String>,
    pub issuer: Option<String>,
    pub error: Option<String>,
}

/// Where the way through the provider ends.
#[derive(Debug)]
pub enum Came {
    In(SignedIn),
    /// Back on the account page, where the tie waits for its holder's word.
    ToTie,
}

/// Ends the way through the provider: whose account is it?
///
/// A known subject is its account's. A new one is nobody's by coming here: it is tied by its holder's word on the account
/// page, or found once by its login name where an administrator expects that.
///
/// A way that nobody began here costs nothing and counts against nobody. On one that was begun, who gets much wrong waits.
pub async fn oidc_back(
    directory: &Directory,
    entrance: &Entrance,
    oidc: &Oidc,
    ctx: &Ctx,
    address: ClientAddr,
    flow: Option<Flow>,
    back: Back,
) -> Result<Came, Refused> {
    let flow = flow.filter(|flow| back.state.as_ref() == Some(&flow.state)).ok_or_else(lost)?;
    let now = ctx.now().as_microsecond();
    entrance.slow_own(now, address).await;
    match begun(directory, oidc, ctx, flow, back).await {
        Err(problem) if problem.kind.status() < 500 => {
            let noticed = entrance.failed(now, address, "").await;
            Err(Refused { noticed, ..Refused::from(problem) })
        }
        came => Ok(came?),
    }
}

fn lost() -> Problem {
    Problem::new(ProblemKind::BadInput, "oidc-lost").with("minutes", FLOW_MICROS / 60_000_000)
}

async fn begun(directory: &Directory, oidc: &Oidc, ctx: &Ctx, flow: Flow, back: Back) -> Result<Came, Problem> {
    let tying = flow.ties;
    if tying.is_some() && power::acting(ctx).ok().map(|(account, _)| account) != tying {
        return Err(lost());
    }
    let _seat = oidc.seat().await?;
    take(directory, ctx, &flow).await?;
    if let Some(error) = back.error {
        return Err(Problem::new(ProblemKind::Forbidden, "oidc-cancelled").because(error));
    }
    let who = oidc.identity(ctx, back.code.ok_or_else(lost)?, back.issuer.as_deref(), flow).await?;
    if tying.is_some() {
        tie::propose(directory, ctx, &who).await?;
        return Ok(Came::ToTie);
    }
    let conn = directory.db().read();
    let known = store::tie::find(&conn, &who.issuer, &who.subject).await?;
    let row = match known {
        Some(id) => store::account::get(&conn, id).await?,
        None => expected(directory, ctx, &who).await?,
    };
    let row = row.filter(|row| !row.disabled).ok_or_else(|| unknown(&who))?;
    let account = AccountId::from_uuid(row.id);
    if known.is_none() {
        meet(directory, ctx, &row, &who).await?;
    }
    Ok(Came::In(SignedIn { account, epoch: row.epoch, way: Way::Oidc }))
}

/// One answer drives one call to the provider: a cookie that is sent again has lost its meaning.
async fn take(directory: &Directory, ctx: &Ctx, flow: &Flow) -> Result<(), Problem> {
    let (state, now) = (&secret::hash(&flow.state), ctx.now().as_microsecond());
    let first = directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            Ok(store::tie::answer_use(&tx, state, now, now + FLOW_MICROS).await?)
        })
        .await?;
    if first { Ok(()) } else { Err(lost()) }
}

/// The same words for a name that nobody has, one that is not expected, and one that may never be taken so.
fn unknown(who: &ExternalId) -> Problem {
    Problem::new(ProblemKind::Forbidden, "oidc-unknown-account").with("name", who.label())
}

/// The account that an administrator expects under one of these names.
async fn expected(directory: &Directory, ctx: &Ctx, who: &ExternalId) -> Result<Option<AccountRow>, Problem> {
    let (conn, now) = (directory.db().read(), ctx.now().as_microsecond());
    for name in &who.names {
        let Some(row) = store::account::by_login(&conn, name).await? else { continue };
        let waits = row.expected_until.is_some_and(|until| until > now && !ctx.is_ahead(until - tie::EXPECTED_MICROS));
        let ordinary = power::ordinary(directory, &conn, ctx, PersonId::from_uuid(row.person_id)).await?;
        return Ok(Some(row).filter(|_| waits && ordinary));
    }
    Ok(None)
}

/// The first meeting, which an administrator expects: ties the subject to the account.
async fn meet(directory: &Directory, ctx: &Ctx, row: &AccountRow, who: &ExternalId) -> Result<(), Problem> {
    let account = AccountId::from_uuid(row.id);
    let person = PersonId::from_uuid(row.person_id);
    let signed = ctx.with_actor(Actor::Person { account, person, posts: vec![] });
    let now = ctx.now().as_microsecond();
    let (issuer, subject, name) = (who.issuer.clone(), who.subject.clone(), Some(who.label()));
    let tie = &TieRow { account_id: account.uuid(), issuer, subject, name, tied_at: Some(now) };
    directory
        .db()
        .write(&signed, |tx| async move {
            if !store::account::expected_use(&tx, account, now).await? {
                return Err(unknown(who));
            }
            store::tie::insert(&tx, tie).await?;
            tell(&tx, person, "tied").await?;
            tx.ledger(Entry::new("account.oidc_link", account).detail(json!({ "issuer": who.issuer })));
            Ok(())
        })
        .await
}
