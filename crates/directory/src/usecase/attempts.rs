//! Wrong attempts on an account, counted by the hour in the database, so for all processes together.
//!
//! ASVS 2.2.1 allows a hundred an hour in all; the ways of guessing share them, so that who guesses at one of them does
//! not use up the others.

use db::Tx;
use kernel::{Ctx, Problem};

use crate::{Directory, Error, store};

const HOUR: i64 = 3600 * 1_000_000;

/// At the door, by devices that the account does not know.
pub(super) const UNKNOWN_DEVICES: i64 = 40;
/// At the door, by devices that it knows.
pub(super) const KNOWN_DEVICES: i64 = 20;
/// Of the password, by a session that is open.
pub(super) const PROOFS: i64 = 20;
/// Of the second factor.
pub(super) const CODES: i64 = 20;

/// Refuses one more under this key when there were enough in this hour.
pub(super) async fn few(directory: &Directory, ctx: &Ctx, key: &str, most: i64) -> Result<(), Problem> {
    let now = ctx.now().as_microsecond();
    if store::sign_in::attempts(&directory.db().read(), key, now / HOUR).await? < most {
        return Ok(());
    }
    let seconds = (HOUR - now % HOUR) / 1_000_000 + 1;
    Err(Error::TooManyAttempts { seconds }.into())
}

/// Counts a wrong one; returns how many there were under this key in this hour.
pub(super) async fn add(tx: &Tx, key: &str) -> Result<i64, Problem> {
    let hour = tx.ctx().now().as_microsecond() / HOUR;
    store::sign_in::attempt_add(tx, key, hour).await?;
    Ok(store::sign_in::attempts(tx, key, hour).await?)
}
