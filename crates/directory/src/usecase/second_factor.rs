//! The second factor: who needs one, setting it up, giving it; taking it away is in a file of its own.

use db::{Entry, Tx};
use kernel::{AccountId, Actor, Ctx, Problem, ProblemKind};

mod away;
mod row;

pub use away::{account_of, may_reset, off, reset};

use self::row::{half_stranger, load, role_asks};
use super::{
    attempts,
    link::ANEW,
    tell::tell,
    way::{SignedIn, Way},
};
use crate::{
    Directory, Entrance, Error, SecondFactor,
    model::{secret, totp},
    store::{
        self,
        person::NewPost,
        sign_in::{HalfwayRow, SignInRow},
    },
};

/// For so long the password need not be given again.
const LIFE: i64 = 10 * 60 * 1_000_000;
const TRIES: i64 = 5;
/// Where a way leads whose password has to be replaced. No path, so nothing that was typed is ever the same.
pub(crate) const CHOOSE_ANEW: &str = "choose-anew";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    Nothing,
    /// A code of the one that is set up.
    Code,
    /// None is set up, and the person's posts ask for one.
    SetUp,
}

pub async fn needed(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    account: AccountId,
) -> Result<Needed, Problem> {
    let row = load(directory, account).await?;
    if row.second_secret.is_some() {
        return Ok(Needed::Code);
    }
    Ok(if role_asks(directory, entrance, ctx, &row).await? { Needed::SetUp } else { Needed::Nothing })
}

/// A post that asks for a second factor is not held by who came in without one: inside the act in which it begins, their
/// sessions end and they are told. True when that was so.
pub(crate) async fn asked_by(tx: &Tx, entrance: &Entrance, post: &NewPost<'_>) -> Result<bool, Problem> {
    if !post.role.needs_second_factor() || entrance.second_factor == SecondFactor::Optional {
        return Ok(false);
    }
    let Some(account) = store::account::of(tx, post.person).await?.map(|row| AccountId::from_uuid(row.id)) else {
        return Ok(false);
    };
    let row = store::sign_in::get(tx, account).await?;
    if row.is_none_or(|row| row.invented || row.second_secret.is_some()) {
        return Ok(false);
    }
    store::account::epoch_raise(tx, account).await?;
    webkit::end_all_sessions(tx, account).await?;
    store::account::links_drop(tx, ANEW, Some(account)).await?;
    tell(tx, post.person, "second-factor-asked").await?;
    Ok(true)
}

/// The state of one's own, for the account page.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Own {
    pub since: Option<i64>,
    pub recovery_left: i64,
    pub required: bool,
    pub invented: bool,
    pub has_password: bool,
    pub password_at: Option<i64>,
}

pub async fn own(directory: &Directory, entrance: &Entrance, ctx: &Ctx) -> Result<Own, Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    let row = load(directory, account).await?;
    Ok(Own {
        since: row.second_secret.as_ref().and(row.second_at),
        recovery_left: store::sign_in::recovery_left(&directory.db().read(), account).await?,
        required: role_asks(directory, entrance, ctx, &row).await?,
        invented: row.invented,
        has_password: row.password_hash.is_some(),
        password_at: row.password_at,
    })
}

/// Begins the second half of a sign-in, or setting one up; returns what the browser keeps meanwhile.
pub async fn begin(
    directory: &Directory,
    ctx: &Ctx,
    account: AccountId,
    set_up: bool,
    next: &str,
) -> Result<String, Problem> {
    let (text, now) = (secret::fresh("half_")?, ctx.now().as_microsecond());
    let fresh = if set_up { Some(totp::fresh()?) } else { None };
    let (hash, fresh) = (&secret::hash(&text), fresh.as_deref());
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            Ok(store::sign_in::halfway_insert(&tx, hash, account, fresh, next, now + LIFE).await?)
        })
        .await?;
    Ok(text)
}

/// Begins setting one up for who is signed in.
pub async fn begin_own(directory: &Directory, ctx: &Ctx) -> Result<String, Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    if load(directory, account).await?.invented {
        return Err(Error::Invented.into());
    }
    ctx.must_be_fresh()?;
    let text = begin(directory, ctx, account, true, "/account/second-factor").await?;
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(Entry::new("account.second_begin", account));
            Ok(())
        })
        .await?;
    Ok(text)
}

/// Gives up setting one up; what was there before stays.
pub async fn cancel_own(directory: &Directory, ctx: &Ctx, text: &str) -> Result<(), Problem> {
    let (_, row) = halfway(directory, ctx, text).await?;
    if half_stranger(ctx, &row) {
        return Err(Error::HalfwayEnded.into());
    }
    let account = row.account();
    let hash = &secret::hash(text);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::sign_in::halfway_end(&tx, hash).await?;
            tx.ledger(Entry::new("account.second_cancel", account));
            Ok(())
        })
        .await
}

/// What is being set up or asked for, and whose it is.
pub async fn halfway(directory: &Directory, ctx: &Ctx, text: &str) -> Result<(HalfwayRow, SignInRow), Problem> {
    let conn = directory.db().read();
    let now = ctx.now().as_microsecond();
    let half = store::sign_in::halfway(&conn, &secret::hash(text), now).await?;
    let half = half.filter(|half| !ctx.is_ahead(half.until - LIFE)).ok_or(Error::HalfwayEnded)?;
    let row = store::sign_in::get(&conn, AccountId::from_uuid(half.account_id)).await?;
    let row = row.filter(|row| !row.disabled).ok_or(Error::HalfwayEnded)?;
    // Set up meanwhile: a second one is not set up by who only knew the password.
    if half.secret.is_some() && row.second_secret.is_some() && half_stranger(ctx, &row) {
        return Err(Error::HalfwayEnded.into());
    }
    Ok((half, row))
}

/// Somebody whose code was right.
#[derive(Debug)]
pub struct Passed {
    pub signed: SignedIn,
    pub next: String,
    /// Shown this once, when a second factor was set up.
    pub recovery: Vec<String>,
}

/// Takes the code that ends a way that is half gone.
pub async fn pass(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    text: &str,
    code: &str,
) -> Result<Passed, Problem> {
    let hash = &secret::hash(text);
    let (half, row) = halfway(directory, ctx, text).await?;
    counted(directory, ctx, hash, &row).await?;
    let (way, recovery) = match &half.secret {
        Some(fresh) => (Way::SetUp, set_up(directory, ctx, &row, hash, fresh, code).await?),
        None => (take(directory, ctx, &row, code, Some(hash.as_str())).await?, vec![]),
    };
    entrance.forget(&format!("prove {}", row.account())).await;
    Ok(Passed { signed: SignedIn { account: row.account(), epoch: row.epoch, way }, next: half.next, recovery })
}

/// Counts a try before it is looked at.
async fn counted(directory: &Directory, ctx: &Ctx, hash: &str, row: &SignInRow) -> Result<(), Problem> {
    attempts::few(directory, ctx, &key(row), attempts::CODES).await?;
    let left = directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            Ok(store::sign_in::halfway_try(&tx, hash, TRIES).await?)
        })
        .await?;
    if left { Ok(()) } else { Err(Error::HalfwayEnded.into()) }
}

fn key(row: &SignInRow) -> String {
    format!("code {}", row.account())
}

async fn code_wrong(directory: &Directory, ctx: &Ctx, row: &SignInRow) -> Result<Problem, Problem> {
    let key = &key(row);
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            store::sign_in::failure_add(&tx, row.account()).await?;
            // Whoever gets this far knows the password.
            if attempts::add(&tx, key).await? == TRIES {
                tell(&tx, row.person(), "second-factor-guessed").await?;
            }
            Ok(())
        })
        .await?;
    Ok(Error::CodeWrong.into())
}

async fn set_up(
    directory: &Directory,
    ctx: &Ctx,
    row: &SignInRow,
    hash: &str,
    fresh: &str,
    code: &str,
) -> Result<Vec<String>, Problem> {
    let Some(step) = totp::step(fresh, code, ctx.now().as_second()) else {
        return Err(code_wrong(directory, ctx, row).await?);
    };
    let (recovery, account) = (totp::recovery()?, row.account());
    let hashes = &recovery.iter().map(|code| totp::recovery_hash(code)).collect::<Vec<_>>();
    let signed = ctx.with_actor(Actor::Person { account, person: row.person(), posts: vec![] });
    directory
        .db()
        .write(&signed, |tx| async move {
            if !store::sign_in::halfway_end(&tx, hash).await? {
                return Err(Error::HalfwayEnded.into());
            }
            store::sign_in::halfway_end_all(&tx, account).await?;
            let at = ctx.now().as_microsecond();
            store::sign_in::second_set(&tx, account, Some(fresh), Some(step), Some(at)).await?;
            store::sign_in::recovery_set(&tx, account, hashes).await?;
            tell(&tx, row.person(), "second-factor").await?;
            tx.ledger(Entry::new("account.second_factor", account));
            Ok(())
        })
        .await?;
    Ok(recovery)
}

/// Uses a code of the telephone or of the paper up; says which it was.
pub(crate) async fn take(
    directory: &Directory,
    ctx: &Ctx,
    row: &SignInRow,
    code: &str,
    half: Option<&str>,
) -> Result<Way, Problem> {
    attempts::few(directory, ctx, &key(row), attempts::CODES).await?;
    let secret = row.second_secret.as_deref().unwrap_or_default();
    let (step, paper) = (totp::step(secret, code, ctx.now().as_second()), &totp::recovery_hash(code));
    let way = directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            let by_step = match step {
                Some(step) => store::sign_in::step_use(&tx, row.account(), step).await?,
                None => false,
            };
            let by_paper = !by_step && store::sign_in::recovery_use(&tx, row.account(), paper).await?;
            if by_paper {
                tell(&tx, row.person(), "recovery-used").await?;
            }
            if let Some(half) = half.filter(|_| by_step || by_paper)
                && !store::sign_in::halfway_end(&tx, half).await?
            {
                return Err(Error::HalfwayEnded.into());
            }
            Ok(match (by_step, by_paper) {
                (true, _) => Some(Way::Code),
                (false, true) => Some(Way::Recovery),
                (false, false) => None,
            })
        })
        .await?;
    match way {
        Some(way) => Ok(way),
        None => Err(code_wrong(directory, ctx, row).await?),
    }
}

/// Ten new codes on paper; the old ones are worth nothing any more.
pub async fn recovery_anew(directory: &Directory, ctx: &Ctx) -> Result<Vec<String>, Problem> {
    let Actor::Person { account, person, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    ctx.must_be_fresh()?;
    if load(directory, account).await?.second_secret.is_none() {
        return Err(Problem::new(ProblemKind::Conflict, "no-second-factor"));
    }
    let recovery = totp::recovery()?;
    let hashes = &recovery.iter().map(|code| totp::recovery_hash(code)).collect::<Vec<_>>();
    directory
        .db()
        .write(ctx, |tx| async move {
            store::sign_in::recovery_set(&tx, account, hashes).await?;
            tell(&tx, person, "recovery-anew").await?;
            tx.ledger(Entry::new("account.recovery", account));
            Ok(())
        })
        .await?;
    Ok(recovery)
}
