//! The newest entry, by which the next one is chained.

use std::sync::LazyLock;

use kernel::CLOCK_TOLERANCE_MICROS;
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};

use crate::{DbError, Reader, Where, vals};

pub(crate) const STREAM: &str = "main";
/// From this entry on the clock may be behind the entries before: somebody said so, with a reason.
pub(super) const ACCEPT_CLOCK: &str = "ledger.accept_clock";
/// From here on the head is signed anew, though it does not descend from what was signed before.
pub(super) const ACCEPT_HEAD: &str = "ledger.accept_head";
pub(super) static GENESIS: LazyLock<String> = LazyLock::new(|| "0".repeat(64));

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Head {
    pub seq: i64,
    pub hash: String,
    pub at: i64,
}

impl Head {
    /// Before the first entry.
    pub(super) fn genesis() -> Self {
        Self { seq: 0, hash: GENESIS.clone(), at: 0 }
    }

    pub(super) async fn of(conn: &Reader) -> Result<Option<Self>, DbError> {
        conn.one("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await
    }
}

pub(super) fn chain(prev: &str, body: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(prev.as_bytes());
    hasher.update(body.as_bytes());
    hex::encode(hasher.finalize())
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
    Ok(head.is_some_and(|head| now < head.at - CLOCK_TOLERANCE_MICROS))
}
