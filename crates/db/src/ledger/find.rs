//! Looking for entries: by who, what, on which thing, between which moments; the newest first.

use sea_orm::FromQueryResult;

use super::{
    entry::LedgerRow,
    head::{self, STREAM},
};
use crate::{DbError, Reader, Where, vals};

/// What is looked for; none of a kind means all.
#[derive(Debug, Clone, Default)]
pub struct LedgerFind {
    /// Pseudonyms; one that ends in `:` stands for all that begin so.
    pub actors: Option<Vec<String>>,
    /// Actions as keys of words write them: `plan-approve`.
    pub actions: Option<Vec<String>>,
    pub subjects: Option<Vec<String>>,
    /// Microseconds since 1970: from here on, and before there.
    pub from: Option<i64>,
    pub until: Option<i64>,
    /// Below this number.
    pub before: Option<i64>,
}

/// The number of the first entry at or after a moment, or the one after the last. Time never runs back along the chain, so
/// some twenty looks by number find it among a million, without an index by time that each act would pay for.
async fn first_at(conn: &Reader, at: i64) -> Result<i64, DbError> {
    #[derive(FromQueryResult)]
    struct At {
        at: i64,
    }
    let (mut low, mut high) = (1, head::number(conn).await? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let sql = "SELECT at FROM db_ledger WHERE stream = $1 AND seq = $2";
        let row: Option<At> = conn.one(sql, vals![STREAM, middle]).await?;
        if row.is_some_and(|row| row.at < at) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

fn among(list: &mut Where, column: &str, wanted: Option<&Vec<String>>) {
    if let Some(wanted) = wanted {
        let marks = list.list(wanted.iter().map(String::as_str));
        list.and(&format!("{column} IN ({marks})"));
    }
}

fn acted_by(list: &mut Where, actors: Option<&Vec<String>>) {
    let Some(actors) = actors else { return };
    let (begin, whole): (Vec<&String>, Vec<&String>) = actors.iter().partition(|actor| actor.ends_with(':'));
    let marks = list.list(whole.into_iter().map(String::as_str));
    let mut either = vec![format!("actor IN ({marks})")];
    for begin in begin {
        let mark = list.bind(format!("{begin}%"));
        either.push(format!("actor LIKE {mark}"));
    }
    list.and(&either.join(" OR "));
}

/// The newest that fit, `limit` at most.
pub async fn find(conn: &Reader, wanted: &LedgerFind, limit: i64) -> Result<Vec<LedgerRow>, DbError> {
    let mut list = Where::default();
    let stream = list.bind(STREAM);
    list.and(&format!("stream = {stream}"));
    let low = match wanted.from {
        Some(at) => first_at(conn, at).await?,
        None => 1,
    };
    let high = match wanted.until {
        Some(at) => first_at(conn, at).await?,
        None => i64::MAX,
    };
    let (low, high) = (list.bind(low), list.bind(high.min(wanted.before.unwrap_or(i64::MAX))));
    list.and(&format!("seq >= {low} AND seq < {high}"));
    acted_by(&mut list, wanted.actors.as_ref());
    among(&mut list, "REPLACE(REPLACE(action, '.', '-'), '_', '-')", wanted.actions.as_ref());
    among(&mut list, "subject", wanted.subjects.as_ref());
    let most = list.bind(limit);
    let sql = format!(
        "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger{} ORDER BY seq DESC LIMIT {most}",
        list.sql()
    );
    conn.all(&sql, list.values).await
}
