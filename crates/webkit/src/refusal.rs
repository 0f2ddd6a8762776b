//! What was refused: wrong sign-ins and acts that somebody has no right to. Counted, so that nobody can fill the disk.
//!
//! One row per hour, person, reason, place and address; what waits in memory when the process dies (a second) is lost.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use db::{Change, Db, FromQueryResult, Reader, vals};
use kernel::{Ctx, Problem};
use serde::Serialize;

use crate::ClientAddr;

const HOUR: i64 = 3600 * 1_000_000;
/// Rows of one hour; what is beyond them is counted in one.
const MOST: usize = 1000;
const MORE: &str = "more";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    hour: i64,
    who: String,
    what: String,
    place: String,
    address: String,
}

#[derive(Debug, Default)]
struct Waiting {
    /// How often, since this hour began in this process, and how much of it is not yet written.
    seen: BTreeMap<Key, (i64, i64)>,
}

/// The refusals of this process.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Waiting>);

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct RefusalRow {
    pub hour: i64,
    /// The pseudonym of a person, `anonymous`, or `unknown` for a login that is nobody's.
    pub who: String,
    /// The code of the problem.
    pub what: String,
    /// The route as it is written in the list, never what was typed.
    pub place: String,
    pub address: String,
    pub count: i64,
}

pub(crate) fn table(change: &mut Change) {
    change.table("web_refusal", |t| {
        t.integer("hour");
        t.text("who");
        t.text("what");
        t.text("place");
        t.text("address");
        t.integer("count");
        t.primary(&["hour", "who", "what", "place", "address"]);
    });
}

impl Refusals {
    pub fn note(&self, ctx: &Ctx, who: &str, what: &str, place: &str, address: ClientAddr) {
        let hour = ctx.now().as_microsecond() / HOUR;
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.seen.retain(|key, (_, unwritten)| key.hour >= hour || *unwritten > 0);
        let full = waiting.seen.len() >= MOST;
        let key = Key { hour, who: who.into(), what: what.into(), place: place.into(), address: address.text() };
        let key = if full && !waiting.seen.contains_key(&key) {
            Key { who: MORE.into(), what: MORE.into(), place: String::new(), address: String::new(), ..key }
        } else {
            key
        };
        let (count, unwritten) = waiting.seen.entry(key).or_default();
        *count += 1;
        *unwritten += 1;
        // The first, the second, the fourth ...: a log is not to be filled either.
        if u64::try_from(*count).is_ok_and(u64::is_power_of_two) && !full {
            tracing::warn!(target: "security", who, what, place, count, "a request was refused");
        }
    }

    /// Writes what waits.
    pub async fn flush(&self, db: &Db, ctx: &Ctx) -> Result<(), Problem> {
        let rows: Vec<(Key, i64)> = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let unwritten = waiting.seen.iter_mut().filter(|(_, (_, unwritten))| *unwritten > 0);
            unwritten.map(|(key, (_, unwritten))| (key.clone(), std::mem::take(unwritten))).collect()
        };
        if rows.is_empty() {
            return Ok(());
        }
        let rows = &rows;
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            for (key, count) in rows {
                let sql = "INSERT INTO web_refusal (hour, who, what, place, address, count) VALUES ($1, $2, $3, $4, $5, $6) \
                    ON CONFLICT (hour, who, what, place, address) DO UPDATE SET count = web_refusal.count + excluded.count";
                let (who, what) = (key.who.as_str(), key.what.as_str());
                let values = vals![key.hour, who, what, key.place.as_str(), key.address.as_str(), *count];
                tx.exec(sql, values).await?;
            }
            Ok(())
        })
        .await
    }
}

/// The newest first.
pub async fn page(conn: &Reader, limit: i64) -> Result<Vec<RefusalRow>, Problem> {
    let sql = "SELECT hour * 3600000000 AS hour, who, what, place, address, count FROM web_refusal \
        ORDER BY web_refusal.hour DESC, count DESC, who, what, place, address LIMIT $1";
    Ok(conn.all(sql, vals![limit]).await?)
}
