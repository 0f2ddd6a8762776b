//! Coming in by login and password, and what that leaves behind: counted mistakes, known devices, notices.

use db::{Entry, Tx};
use kernel::{AccountId, Actor, Ctx, Problem, Role};
use webkit::ClientAddr;
use webkit::SessionId;

use super::{
    attempts::{self, KNOWN_DEVICES, UNKNOWN_DEVICES},
    hashing,
    password::MOST_BYTES,
    slip,
    tell::{tell, tell_at},
    way::{SignedIn, Way},
};
use crate::{
    Directory, Entrance, Error,
    entrance::Noticed,
    model::{login::Login, password, secret},
    store::{self, sign_in::SignInRow},
};

/// Who is counted when a name is nobody's.
const NOBODY: &str = "unknown";

/// Somebody at the door.
#[derive(Debug, Clone, Copy)]
pub struct Knock<'a> {
    pub login: &'a str,
    pub password: &'a str,
    pub address: ClientAddr,
    /// The cookie by which a browser is known again.
    pub device: Option<&'a str>,
}

/// How a sign-in went: who it was, as far as it is known, and what an administrator should hear.
#[derive(Debug)]
pub struct Refused {
    pub problem: Problem,
    /// For the log of refusals: a person's pseudonym, never what was typed.
    pub who: String,
    pub noticed: Option<Noticed>,
}

impl<T: Into<Problem>> From<T> for Refused {
    fn from(problem: T) -> Self {
        Self { problem: problem.into(), who: NOBODY.into(), noticed: None }
    }
}

/// Checks login and password. The answer never tells which was wrong. Nobody is in by it: see [`opened`].
pub async fn sign_in(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    knock: Knock<'_>,
) -> Result<SignedIn, Refused> {
    let now = ctx.now().as_microsecond();
    let Some(login) = Login::parse(knock.login).filter(|_| knock.password.len() <= MOST_BYTES) else {
        return Err(impossible(directory, entrance, ctx, knock).await?);
    };
    let conn = directory.db().read();
    let row = store::sign_in::by_login(&conn, login.text()).await?;
    let who = row.as_ref().map_or_else(|| NOBODY.to_owned(), |row| row.person().to_string());
    let (name, known) = (login.hash(), known(directory, knock.device, row.as_ref()).await?);
    // What others guess from elsewhere, or from unknown devices, is no matter of this device.
    let key = if known {
        format!("device {name} {}", device_hash(knock.device))
    } else {
        format!("{name} {}", knock.address.text())
    };
    let told = |problem: Problem| Refused { problem, who: who.clone(), noticed: None };
    entrance.admit(now, &key).await.map_err(told)?;
    let most = if known { KNOWN_DEVICES } else { UNKNOWN_DEVICES };
    let shared = shared_key(&name, known);
    attempts::few(directory, ctx, &shared, most).await.map_err(told)?;
    if !known {
        entrance.slow(now, knock.address).await.map_err(told)?;
    }
    let row = row.filter(|row| !row.disabled);
    let stored = row.as_ref().and_then(|row| row.password_hash.clone());
    let fits = hashing::fits(knock.password, stored).await.map_err(told)?;
    // Who has no password yet comes with the code of a slip; it goes the same way, and is counted alike.
    let by_slip = match row.as_ref().filter(|row| !fits && row.password_hash.is_none()) {
        Some(row) => slip::fits(directory, ctx, row.account(), knock.password).await.map_err(told)?,
        None => false,
    };
    let Some(row) = row.as_ref().filter(|_| fits || by_slip) else {
        return Err(wrong(directory, entrance, ctx, knock, &name, row.as_ref().map(|row| (row, known))).await?);
    };
    // Of many tries at the same moment all were let in; those that were wrong are counted by now.
    attempts::few(directory, ctx, &shared, most).await.map_err(told)?;
    entrance.forget(&key).await;
    let way = if by_slip { Way::Slip } else { Way::Password };
    Ok(SignedIn { account: row.account(), epoch: row.epoch, way })
}

fn device_hash(device: Option<&str>) -> String {
    device.map(secret::hash).unwrap_or_default()
}

/// Known devices have a count of their own, or strangers could use up what is theirs.
fn shared_key(name: &str, known: bool) -> String {
    if known { format!("known {name}") } else { name.to_owned() }
}

async fn known(directory: &Directory, device: Option<&str>, row: Option<&SignInRow>) -> Result<bool, Problem> {
    let (Some(device), Some(row)) = (device, row) else { return Ok(false) };
    Ok(store::sign_in::device_known(&directory.db().read(), &secret::hash(device), row.account()).await?)
}

/// What can be nobody's login or password is counted in memory alone, and its sender slowed first: it costs no write.
async fn impossible(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    knock: Knock<'_>,
) -> Result<Refused, Problem> {
    let now = ctx.now().as_microsecond();
    entrance.slow(now, knock.address).await?;
    let noticed = entrance.failed(now, knock.address, "").await;
    if let Some(noticed) = noticed {
        let tell = directory.db().write(ctx, |tx| async move {
            tx.bookkeeping();
            tell_administrators(&tx, noticed).await
        });
        tell.await?;
    }
    Ok(Refused { problem: Error::SignInRefused.into(), who: NOBODY.into(), noticed })
}

async fn tell_administrators(tx: &Tx, noticed: Noticed) -> Result<(), Problem> {
    for person in store::sign_in::holders(tx, Role::SYSTEM_ADMIN, &tx.ctx().today().to_string()).await? {
        tell_at(tx, person, noticed.code(), "/ledger/refusals").await?;
    }
    Ok(())
}

/// Counts a wrong answer, for all processes and for the person to see.
async fn wrong(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    knock: Knock<'_>,
    name: &str,
    account: Option<(&SignInRow, bool)>,
) -> Result<Refused, Problem> {
    let now = ctx.now().as_microsecond();
    let noticed = entrance.failed(now, knock.address, name).await;
    let key = &account.map_or_else(|| NOBODY.to_owned(), |(_, known)| shared_key(name, known));
    directory
        .db()
        .write(ctx, |tx| async move {
            tx.bookkeeping();
            attempts::add(&tx, key).await?;
            if let Some((row, _)) = account {
                store::sign_in::failure_add(&tx, row.account()).await?;
            }
            match noticed {
                Some(noticed) => tell_administrators(&tx, noticed).await,
                None => Ok(()),
            }
        })
        .await?;
    let who = account.map_or_else(|| NOBODY.to_owned(), |(row, _)| row.person().to_string());
    Ok(Refused { problem: Error::SignInRefused.into(), who, noticed })
}

/// What the browser of somebody who came in is given.
#[derive(Debug)]
pub struct Opened {
    /// Wrong attempts since the sign-in before.
    pub failures: i64,
    /// The cookie by which it is known from now on.
    pub device: String,
}

/// Somebody is in: begins anew what is counted until the next sign-in, remembers the device, and says so in the ledger.
pub async fn opened(
    directory: &Directory,
    ctx: &Ctx,
    signed: &SignedIn,
    device: Option<&str>,
) -> Result<Opened, Problem> {
    let (account, conn) = (signed.account, directory.db().read());
    let row = store::sign_in::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    let hash = device_hash(device);
    // Only a cookie that was given out here: another could have been laid there by somebody else.
    let own = store::sign_in::device_exists(&conn, &hash).await?;
    let device = match device.filter(|_| own) {
        Some(device) => device.to_owned(),
        None => secret::fresh("device_")?,
    };
    let is_new = !own || !store::sign_in::device_known(&conn, &hash, account).await?;
    let (hash, tells, person) = (&secret::hash(&device), is_new && !row.invented, row.person());
    let actor = Actor::Person { account, person, posts: vec![] };
    directory
        .db()
        .write(&ctx.with_actor(actor), |tx| async move {
            let way = serde_json::json!({ "way": signed.way.code() });
            tx.ledger(Entry::new("account.sign_in", account).detail(way));
            store::sign_in::failures_clear(&tx, account).await?;
            store::sign_in::device_keep(&tx, hash, account, ctx.now().as_microsecond()).await?;
            // People of the demo share their accounts.
            if tells {
                tell(&tx, person, "new-device").await?;
            }
            Ok(())
        })
        .await?;
    Ok(Opened { failures: row.failures, device })
}

/// Which sessions of one's own are to end.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    One(SessionId),
    /// All but the one that asks.
    Others(SessionId),
}

/// Ends sessions of the acting person; a device that is not at hand any more is not known any more either.
pub async fn end_sessions(directory: &Directory, ctx: &Ctx, which: Which) -> Result<(), Problem> {
    let Actor::Person { account, .. } = ctx.actor else { return Err(Problem::forbidden()) };
    ctx.must_be_fresh()?;
    directory
        .db()
        .write(ctx, |tx| async move {
            match which {
                Which::One(id) => {
                    if !webkit::end_session(&tx, account, id).await? {
                        return Err(Problem::not_found());
                    }
                }
                Which::Others(own) => {
                    webkit::end_other_sessions(&tx, account, own).await?;
                    store::sign_in::devices_forget(&tx, account).await?;
                }
            }
            tx.ledger(Entry::new("account.session_end", account));
            Ok(())
        })
        .await
}

/// Whether the password that was just given has to be replaced: everybody would try it (ASVS 2.1.7).
pub async fn must_choose_anew(directory: &Directory, account: AccountId, given: &str) -> Result<bool, Problem> {
    let row = store::sign_in::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    let tree = directory.tree();
    let province = tree.root().map(|unit| unit.name.as_str()).unwrap_or_default();
    Ok(!row.invented && password::is_common(given, &[province, &row.login]))
}
