//! Letters that wait to be delivered, and what became of them.

use crate::ids::MailId;
use db::{DbError, FromQueryResult, Insert, Personal, Reader, Writer, vals};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct OutboxRow {
    pub id: Uuid,
    pub person_id: Option<Uuid>,
    pub channel: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// `waiting`, `sent`, `refused`, or `given_up`.
    pub state: String,
    pub attempts: i64,
    pub next_at: i64,
    pub error: Option<String>,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    /// The hash of the secret that its words carry, or a mark of its writer's: they go when it ends, whatever its end.
    pub carries: Option<String>,
}

impl OutboxRow {
    pub fn id(&self) -> MailId {
        MailId::from_uuid(self.id)
    }
}

const OUTBOX: &str = "id, person_id, channel, address, subject, text, html, state, attempts, next_at, error, created_at, sent_at, carries";

/// The words of a letter that carries a secret go with its end; those of others stay for whoever tries it again.
const UNSAID: &str =
    "text = CASE WHEN carries IS NULL THEN text ELSE '' END, html = CASE WHEN carries IS NULL THEN html ELSE '' END";

pub async fn outbox_insert(conn: &Writer, row: &OutboxRow) -> Result<(), DbError> {
    let mut insert = Insert::into("notify_outbox", OUTBOX);
    insert.row(vals![
        row.id,
        row.person_id,
        row.channel.as_str(),
        row.address.as_str(),
        row.subject.as_str(),
        row.text.as_str(),
        row.html.as_str(),
        row.state.as_str(),
        row.attempts,
        row.next_at,
        row.error.clone(),
        row.created_at,
        row.sent_at,
        row.carries.clone(),
    ]);
    insert.run(conn).await
}

/// What is due to be delivered, in the order in which it was written. What waits for longer than the longest pause was put
/// there under a clock that was ahead, and is due.
pub async fn outbox_due(conn: &Reader, (now, latest): (i64, i64), limit: u64) -> Result<Vec<OutboxRow>, DbError> {
    let sql = format!(
        "SELECT {OUTBOX} FROM notify_outbox WHERE state = 'waiting' AND (next_at <= $1 OR next_at > $2) ORDER BY next_at, id LIMIT {limit}"
    );
    conn.all(&sql, vals![now, latest]).await
}

/// When the next one that waits may be tried; none when none waits.
pub async fn outbox_next(conn: &Reader) -> Result<Option<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        at: Option<i64>,
    }
    let sql = "SELECT MIN(next_at) AS at FROM notify_outbox WHERE state = 'waiting'";
    let row: Option<Row> = conn.one(sql, vals![]).await?;
    Ok(row.and_then(|row| row.at))
}

/// The words of what was delivered are dropped: the outbox is no archive.
pub async fn outbox_sent(conn: &Writer, id: Uuid, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE notify_outbox SET state = 'sent', attempts = attempts + 1, error = NULL, sent_at = $2, text = '', html = '' WHERE id = $1";
    conn.exec(sql, vals![id, at]).await?;
    Ok(())
}

pub async fn outbox_ended(conn: &Writer, id: Uuid, state: &str, error: &str) -> Result<(), DbError> {
    let sql =
        format!("UPDATE notify_outbox SET state = $2, attempts = attempts + 1, error = $3, {UNSAID} WHERE id = $1");
    conn.exec(&sql, vals![id, state, error]).await?;
    Ok(())
}

pub async fn outbox_later(conn: &Writer, id: Uuid, next: i64, error: &str) -> Result<(), DbError> {
    let sql = "UPDATE notify_outbox SET attempts = attempts + 1, next_at = $2, error = $3 WHERE id = $1";
    conn.exec(sql, vals![id, next, error]).await?;
    Ok(())
}

/// Nothing can be delivered by this channel: everything that is due waits as long.
pub async fn outbox_down(
    conn: &Writer,
    channel: &str,
    (now, latest): (i64, i64),
    next: i64,
    error: &str,
) -> Result<(), DbError> {
    let sql = "UPDATE notify_outbox SET attempts = attempts + 1, next_at = $3, error = $4 \
        WHERE state = 'waiting' AND channel = $1 AND (next_at <= $2 OR next_at > $5)";
    conn.exec(sql, vals![channel, now, next, error, latest]).await?;
    Ok(())
}

/// What is older than this is of no use to anybody any more.
pub async fn outbox_give_up(conn: &Writer, before: i64) -> Result<u64, DbError> {
    let sql =
        format!("UPDATE notify_outbox SET state = 'given_up', {UNSAID} WHERE state = 'waiting' AND created_at < $1");
    conn.exec(&sql, vals![before]).await
}

/// Tries again at once; false when it is not there, was delivered, or has no words any more.
pub async fn outbox_retry(conn: &Writer, id: MailId, now: i64) -> Result<bool, DbError> {
    let sql = "UPDATE notify_outbox SET state = 'waiting', next_at = $2, created_at = $2 \
        WHERE id = $1 AND state <> 'sent' AND (carries IS NULL OR state = 'waiting')";
    Ok(conn.exec(sql, vals![id.uuid(), now]).await? == 1)
}

/// Ends the attempts; false when nothing waits there.
pub async fn outbox_drop(conn: &Writer, id: MailId) -> Result<bool, DbError> {
    let sql = format!("UPDATE notify_outbox SET state = 'given_up', {UNSAID} WHERE id = $1 AND state = 'waiting'");
    Ok(conn.exec(&sql, vals![id.uuid()]).await? == 1)
}

/// The secret that it carries opens nothing any more.
pub async fn outbox_call_off(conn: &Writer, carries: &str) -> Result<(), DbError> {
    conn.exec("DELETE FROM notify_outbox WHERE carries = $1 AND state = 'waiting'", vals![carries]).await?;
    Ok(())
}

/// Nobody sees to whom a letter went, or was to go.
pub async fn outbox_forget(conn: &Writer, carries: &str) -> Result<(), DbError> {
    let sql = "UPDATE notify_outbox SET address = '', text = '', html = '', \
        state = CASE WHEN state = 'waiting' THEN 'given_up' ELSE state END WHERE carries = $1";
    conn.exec(sql, vals![carries]).await?;
    Ok(())
}

/// Those of these secrets whose letter was not delivered and is tried no more.
pub async fn outbox_lost(conn: &Reader, carries: &[String]) -> Result<Vec<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        carries: String,
    }
    if carries.is_empty() {
        return Ok(vec![]);
    }
    let marks = db::marks(1, carries.len());
    let sql =
        format!("SELECT carries FROM notify_outbox WHERE carries IN ({marks}) AND state IN ('refused', 'given_up')");
    let rows: Vec<Row> = conn.all(&sql, carries.iter().map(|hash| hash.as_str().into()).collect()).await?;
    Ok(rows.into_iter().map(|row| row.carries).collect())
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct StateCount {
    pub state: String,
    pub count: i64,
}

pub async fn outbox_counts(conn: &Reader) -> Result<Vec<StateCount>, DbError> {
    conn.all("SELECT state, COUNT(*) AS count FROM notify_outbox GROUP BY state ORDER BY state", vals![]).await
}

/// How many wait that were written before a moment, in microseconds.
pub async fn outbox_waiting(conn: &Reader, before: i64) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) FROM notify_outbox WHERE state = 'waiting' AND created_at < $1";
    conn.count(sql, vals![before]).await
}

/// A letter as lists show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ListedMail {
    pub id: Uuid,
    pub channel: String,
    pub address: Personal,
    pub subject: String,
    pub state: String,
    pub attempts: i64,
    pub next_at: i64,
    pub error: Option<String>,
    pub created_at: i64,
    /// It carried a secret and has ended: there are no words to be tried again.
    pub is_over: i64,
}

/// What is not delivered, newest first.
pub async fn outbox_open(conn: &Reader, limit: u64) -> Result<Vec<ListedMail>, DbError> {
    let sql = format!(
        "SELECT id, channel, address, subject, state, attempts, next_at, error, created_at, \
         CAST(CASE WHEN carries IS NOT NULL AND state <> 'waiting' THEN 1 ELSE 0 END AS bigint) AS is_over FROM notify_outbox \
         WHERE state <> 'sent' ORDER BY created_at DESC, id LIMIT {limit}"
    );
    conn.all(&sql, vals![]).await
}
