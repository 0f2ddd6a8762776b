//! Looking for entries: by who, what, on which thing, between which moments; the newest first.

use sea_orm::FromQueryResult;

use super::{
    entry::LedgerRow,
    head::{self, ACCEPT_CLOCK, STREAM},
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

impl LedgerFind {
    /// Nobody bears the name, or nothing is called so: there is nothing to look for.
    fn is_of_nothing(&self) -> bool {
        [&self.actors, &self.actions, &self.subjects].into_iter().flatten().any(Vec::is_empty)
    }
}

/// What was found of it.
#[derive(Debug, Clone, Default)]
pub struct LedgerFound {
    pub rows: Vec<LedgerRow>,
    /// It was looked through down to this number, and there is more below.
    pub looked_to: Option<i64>,
}

/// Entries that are looked through for one answer where it is asked for names or acts, which no index knows.
const AT_ONCE: i64 = 50_000;

/// The number of the first entry of a stretch at or after a moment, or the one after the last. Time never runs back along a
/// stretch, so some twenty looks by number find it among a million, without an index by time that each act would pay for.
async fn first_at(conn: &Reader, (mut low, mut high): (i64, i64), at: i64) -> Result<i64, DbError> {
    #[derive(FromQueryResult)]
    struct At {
        at: i64,
    }
    while low < high {
        let middle = low + (high - low) / 2;
        let sql = "SELECT at FROM db_ledger WHERE stream = $1 AND seq = $2";
        let row: Option<At> = conn.one(sql, vals![STREAM, middle]).await?;
        if row.is_some_and(|row| row.at < at) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// Where stretches of the chain begin along which time never runs back, the newest first: at its beginning, and wherever
/// somebody went on under a clock that was behind.
async fn begins(conn: &Reader) -> Result<Vec<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Seam {
        seq: i64,
    }
    // By its subject, which has an index.
    let sql = "SELECT seq FROM db_ledger WHERE stream = $1 AND subject = $2 AND action = $3 ORDER BY seq DESC";
    let seams: Vec<Seam> = conn.all(sql, vals![STREAM, "ledger", ACCEPT_CLOCK]).await?;
    Ok(seams.into_iter().map(|seam| seam.seq).filter(|seq| *seq > 1).chain([1]).collect())
}

/// The numbers between which the wanted days lie, from the first to before the second, the newest first.
async fn stretches(conn: &Reader, wanted: &LedgerFind) -> Result<Vec<(i64, i64)>, DbError> {
    let before = wanted.before.unwrap_or(i64::MAX);
    if wanted.from.is_none() && wanted.until.is_none() {
        return Ok([(1, before)].into_iter().filter(|(low, high)| low < high).collect());
    }
    let (mut out, mut end) = (Vec::new(), head::number(conn).await? + 1);
    for begin in begins(conn).await? {
        let low = match wanted.from {
            Some(at) => first_at(conn, (begin, end), at).await?,
            None => begin,
        };
        let high = match wanted.until {
            Some(at) => first_at(conn, (begin, end), at).await?,
            None => end,
        };
        out.push((low, high.min(before)));
        end = begin;
    }
    out.retain(|(low, high)| low < high);
    Ok(out)
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
        // Letter by letter: what stands in it means nothing but itself.
        let mark = list.bind(begin.as_str());
        either.push(format!("SUBSTR(actor, 1, {}) = {mark}", begin.chars().count()));
    }
    list.and(&either.join(" OR "));
}

/// The newest that fit between two numbers, `limit` at most.
async fn between(
    conn: &Reader,
    wanted: &LedgerFind,
    (low, high): (i64, i64),
    limit: i64,
) -> Result<Vec<LedgerRow>, DbError> {
    let mut list = Where::default();
    let stream = list.bind(STREAM);
    list.and(&format!("stream = {stream}"));
    let (low, high) = (list.bind(low), list.bind(high));
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

/// The newest that fit, `limit` at most. A rare name is not looked for among a million at once: what was not looked through
/// is said.
pub async fn find(conn: &Reader, wanted: &LedgerFind, limit: i64) -> Result<LedgerFound, DbError> {
    if wanted.is_of_nothing() {
        return Ok(LedgerFound::default());
    }
    let walks = wanted.subjects.is_none() && (wanted.actors.is_some() || wanted.actions.is_some());
    let (end, mut left) = if walks { (head::number(conn).await? + 1, AT_ONCE) } else { (i64::MAX, i64::MAX) };
    let mut rows: Vec<LedgerRow> = Vec::new();
    for (low, high) in stretches(conn, wanted).await? {
        let high = high.min(end);
        let from = low.max(high.saturating_sub(left));
        let room = limit - i64::try_from(rows.len()).unwrap_or(limit);
        rows.extend(between(conn, wanted, (from, high), room).await?);
        if i64::try_from(rows.len()).is_ok_and(|count| count >= limit) {
            break;
        }
        if from > low {
            return Ok(LedgerFound { rows, looked_to: Some(from) });
        }
        left = left.saturating_sub(high.saturating_sub(from));
    }
    Ok(LedgerFound { rows, looked_to: None })
}
