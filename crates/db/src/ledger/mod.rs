//! The activity ledger: a hash chain that anyone can verify, and signed checkpoints beside it.
//!
//! An entry's body is canonical JSON text (RFC 8785) and hash = SHA-256(previous hash || body); every other column
//! repeats the body and is compared by [`verify()`]. The order is that of `seq`; `at` is what the machine's clock
//! claimed. Rows of sealed tables ([`crate::Change::seals`]) are covered by hashes in the bodies. The head is signed
//! into a file and a table ([`checkpoint`]), so that a truncated chain shows too. People appear as pseudonyms only.

mod accept;
mod append;
mod check;
mod checkpoint;
mod fault;
mod letter;
mod points;
mod rows;
pub(crate) mod seals;
mod stamps;
pub(crate) mod undo;
mod verify;
pub(crate) mod watch;

use std::sync::LazyLock;

use kernel::UnitId;
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

pub use self::{
    accept::{accept_clock, accept_head},
    check::{LastCheck, check, last_check},
    checkpoint::Standing,
    fault::Fault,
    letter::{Named, SignedHead, signed_head},
    stamps::{KeptStamp, Stamped, keep_stamp, newest_stamp},
    verify::{Verify, VerifyReport, verify, verify_with},
    watch::seal_rows,
};
pub(crate) use self::{
    append::append,
    checkpoint::{Signing, signing_key},
};
use crate::{DbError, Reader, Where, Words, vals};

pub(crate) const STREAM: &str = "main";
/// From this entry on the clock may be behind the entries before: somebody said so, with a reason.
pub(crate) const ACCEPT_CLOCK: &str = "ledger.accept_clock";
/// From here on the head is signed anew, though it does not descend from what was signed before.
const ACCEPT_HEAD: &str = "ledger.accept_head";
static GENESIS: LazyLock<String> = LazyLock::new(|| "0".repeat(64));

/// Who did what to what, and why. The actor and the time come from the context.
#[derive(Debug, Clone)]
pub struct Entry {
    pub action: &'static str,
    pub subject: String,
    pub unit: Option<UnitId>,
    pub reason: Option<Words>,
    /// What changed, without personal data.
    pub detail: Json,
}

impl Entry {
    pub fn new(action: &'static str, subject: impl ToString) -> Self {
        Self { action, subject: subject.to_string(), unit: None, reason: None, detail: Json::Null }
    }

    #[must_use]
    pub fn unit(mut self, unit: UnitId) -> Self {
        self.unit = Some(unit);
        self
    }

    #[must_use]
    pub fn reason(mut self, reason: impl Into<Words>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: Json) -> Self {
        self.detail = detail;
        self
    }
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct LedgerRow {
    pub seq: i64,
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub body: String,
    pub hash: String,
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Head {
    pub seq: i64,
    pub hash: String,
    pub at: i64,
}

impl Head {
    /// Before the first entry.
    fn genesis() -> Self {
        Self { seq: 0, hash: GENESIS.clone(), at: 0 }
    }

    async fn of(conn: &Reader) -> Result<Option<Self>, DbError> {
        conn.one("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await
    }
}

fn chain(prev: &str, body: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(prev.as_bytes());
    hasher.update(body.as_bytes());
    hex::encode(hasher.finalize())
}

/// One entry.
pub async fn get(conn: &Reader, seq: i64) -> Result<Option<LedgerRow>, DbError> {
    let sql = "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger WHERE stream = $1 AND seq = $2";
    conn.one(sql, vals![STREAM, seq]).await
}

/// Newest first, below `before` if given; `subject` narrows to one thing.
pub async fn page(
    conn: &Reader,
    subject: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<LedgerRow>, DbError> {
    let columns = "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger \
                   WHERE stream = $1 AND seq > 0 AND seq < $2";
    let before = before.unwrap_or(i64::MAX);
    match subject {
        Some(subject) => {
            let sql = format!("{columns} AND subject = $4 ORDER BY seq DESC LIMIT $3");
            conn.all(&sql, vals![STREAM, before, limit, subject]).await
        }
        None => conn.all(&format!("{columns} ORDER BY seq DESC LIMIT $3"), vals![STREAM, before, limit]).await,
    }
}

/// The number of the newest entry. Every act moves it, so what was computed under a number holds as long as it stands.
pub async fn number(conn: &Reader) -> Result<i64, DbError> {
    conn.count("SELECT seq FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await
}

/// The number of the newest entry that changed rows of one of these modules.
pub async fn change_number(conn: &Reader, modules: &[&str]) -> Result<i64, DbError> {
    let mut list = Where::default();
    let (stream, names) = (list.bind(STREAM), list.list(modules.iter().copied()));
    list.and(&format!("stream = {stream} AND module IN ({names})"));
    conn.count(&format!("SELECT MAX(seq) FROM db_changed{}", list.sql()), list.values).await
}

/// Whether an act of this moment, in microseconds, would be refused because the clock is behind the newest entry.
pub async fn clock_is_behind(conn: &Reader, now: i64) -> Result<bool, DbError> {
    let head = Head::of(conn).await?;
    Ok(head.is_some_and(|head| now < head.at - append::CLOCK_TOLERANCE_MICROS))
}
