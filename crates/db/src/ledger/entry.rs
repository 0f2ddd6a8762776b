//! Entries: what an act says of itself, and what is kept of it.

use kernel::UnitId;
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value as Json;

use super::head::STREAM;
use crate::{DbError, Reader, Words, vals};

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
