//! The only SQL of the outbox and the notices.

use crate::ids::MailId;
use db::{DbError, FromQueryResult, Insert, Personal, Reader, Writer, vals};
use kernel::{Lang, PersonId, Told};
use serde::Serialize;
use uuid::Uuid;

/// Where and whether a person wants to be told.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PersonRow {
    pub person_id: Uuid,
    pub address: String,
    pub phone: String,
    pub digest: bool,
    pub lang: String,
    pub refused: Option<String>,
    /// The address that was proved last; letters go nowhere else.
    pub confirmed: Option<String>,
    pub rev: i64,
}

impl PersonRow {
    /// What holds for a person who never chose.
    pub fn of(person: PersonId) -> Self {
        Self {
            person_id: person.uuid(),
            address: String::new(),
            phone: String::new(),
            digest: true,
            lang: Lang::Vi.code().into(),
            refused: None,
            confirmed: None,
            rev: 0,
        }
    }

    /// Whether letters may go to the address.
    pub fn takes_letters(&self) -> bool {
        self.is_proved() && self.refused.is_none()
    }

    pub fn is_proved(&self) -> bool {
        !self.address.is_empty() && self.confirmed.as_ref() == Some(&self.address)
    }

    pub fn lang(&self) -> Lang {
        if self.lang == "en" { Lang::En } else { Lang::Vi }
    }
}

const PERSON: &str = "person_id, address, phone, digest, lang, refused, confirmed, rev";

pub async fn person(conn: &Reader, id: PersonId) -> Result<PersonRow, DbError> {
    let sql = format!("SELECT {PERSON} FROM notify_person WHERE person_id = $1");
    Ok(conn.one(&sql, vals![id.uuid()]).await?.unwrap_or_else(|| PersonRow::of(id)))
}

pub async fn people(conn: &Reader) -> Result<Vec<PersonRow>, DbError> {
    conn.all(&format!("SELECT {PERSON} FROM notify_person"), vals![]).await
}

/// Over revision `row.rev`; false when somebody else was first.
pub async fn person_set(conn: &Writer, row: &PersonRow) -> Result<bool, DbError> {
    let sql = "INSERT INTO notify_person (person_id, address, phone, digest, lang, refused, rev) VALUES ($1, $2, $3, $4, $5, NULL, 1) \
        ON CONFLICT (person_id) DO UPDATE SET address = excluded.address, phone = excluded.phone, digest = excluded.digest, \
        lang = excluded.lang, refused = NULL, rev = notify_person.rev + 1 WHERE notify_person.rev = $6";
    let values = vals![row.person_id, row.address.as_str(), row.phone.as_str(), row.digest, row.lang.as_str(), row.rev];
    Ok(conn.exec(sql, values).await? == 1)
}

/// Removes everything that is kept of a person.
pub async fn erase(conn: &Writer, person: PersonId) -> Result<(), DbError> {
    for table in ["notify_person", "notify_digest", "notify_notice", "notify_outbox"] {
        conn.exec(&format!("DELETE FROM {table} WHERE person_id = $1"), vals![person.uuid()]).await?;
    }
    Ok(())
}

/// The link that proves the address of now; an older one is worth nothing any more.
pub async fn proof_set(conn: &Writer, person: PersonId, hash: &str, until: i64) -> Result<(), DbError> {
    let sql = "UPDATE notify_person SET proof_hash = $2, proof_until = $3 WHERE person_id = $1";
    conn.exec(sql, vals![person.uuid(), hash, until]).await?;
    Ok(())
}

/// Whether a proof is this person's and ends after now, but no later than one of now would.
pub async fn proof_fits(conn: &Reader, person: PersonId, hash: &str, ends: (i64, i64)) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM notify_person WHERE person_id = $1 AND proof_hash = $2 AND proof_until > $3 AND proof_until <= $4";
    Ok(conn.count(sql, vals![person.uuid(), hash, ends.0, ends.1]).await? == 1)
}

/// Takes the proof; false when it is not this person's, too old, or used.
pub async fn proof_use(conn: &Writer, person: PersonId, hash: &str, ends: (i64, i64)) -> Result<bool, DbError> {
    let sql = "UPDATE notify_person SET confirmed = address, proof_hash = NULL, proof_until = NULL \
        WHERE person_id = $1 AND proof_hash = $2 AND proof_until > $3 AND proof_until <= $4";
    Ok(conn.exec(sql, vals![person.uuid(), hash, ends.0, ends.1]).await? == 1)
}

/// One more letter that a person asked for on a day; false when there were enough.
pub async fn asked_add(conn: &Writer, person: PersonId, day: &str, most: i64) -> Result<bool, DbError> {
    conn.exec("DELETE FROM notify_asked WHERE person_id = $1 AND day < $2", vals![person.uuid(), day]).await?;
    let sql = "INSERT INTO notify_asked (person_id, day, count) VALUES ($1, $2, 1) \
        ON CONFLICT (person_id, day) DO UPDATE SET count = notify_asked.count + 1 WHERE notify_asked.count < $3";
    Ok(conn.exec(sql, vals![person.uuid(), day, most]).await? == 1)
}

/// Remembers that an address does not take letters, so that none is sent until it is corrected.
pub async fn refused_set(conn: &Writer, person: Uuid, address: &str, why: &str) -> Result<(), DbError> {
    let sql = "UPDATE notify_person SET refused = $3 WHERE person_id = $1 AND address = $2";
    conn.exec(sql, vals![person, address, why]).await?;
    Ok(())
}

/// The day of the last round; one that went under a clock that was ahead is none.
pub async fn last_round(conn: &Reader, today: &str) -> Result<Option<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        day: Option<String>,
    }
    let row: Option<Row> = conn.one("SELECT MAX(day) AS day FROM notify_round WHERE day <= $1", vals![today]).await?;
    Ok(row.and_then(|row| row.day))
}

pub async fn round_insert(conn: &Writer, day: &str) -> Result<(), DbError> {
    conn.exec("INSERT INTO notify_round (day) VALUES ($1) ON CONFLICT DO NOTHING", vals![day]).await?;
    Ok(())
}

/// False when this person was already looked at on this day.
pub async fn digest_insert(conn: &Writer, person: PersonId, day: &str) -> Result<bool, DbError> {
    let sql = "INSERT INTO notify_digest (person_id, day) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(conn.exec(sql, vals![person.uuid(), day]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct NoticeRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub day: String,
    pub kind: String,
    pub subject: String,
    pub words: String,
    pub href: String,
    pub due_on: String,
    /// Calendar days left; below zero: days late.
    pub days: i64,
    pub by_mail: bool,
    pub is_read: bool,
}

const NOTICE: &str = "id, person_id, day, kind, subject, words, href, due_on, days, by_mail, is_read";

pub async fn notices_insert(conn: &Writer, rows: &[NoticeRow]) -> Result<(), DbError> {
    let mut insert = Insert::into("notify_notice", NOTICE);
    for row in rows {
        insert.row(vals![
            row.id,
            row.person_id,
            row.day.as_str(),
            row.kind.as_str(),
            row.subject.as_str(),
            row.words.as_str(),
            row.href.as_str(),
            row.due_on.as_str(),
            row.days,
            row.by_mail,
            row.is_read,
        ]);
    }
    insert.run(conn).await
}

pub async fn notices(conn: &Reader, person: PersonId, limit: u64) -> Result<Vec<NoticeRow>, DbError> {
    let sql =
        format!("SELECT {NOTICE} FROM notify_notice WHERE person_id = $1 ORDER BY day DESC, due_on, id LIMIT {limit}");
    conn.all(&sql, vals![person.uuid()]).await
}

pub async fn read_set(conn: &Writer, person: PersonId) -> Result<u64, DbError> {
    let sql = "UPDATE notify_notice SET is_read = TRUE WHERE person_id = $1 AND NOT is_read";
    conn.exec(sql, vals![person.uuid()]).await
}

pub async fn told(conn: &Reader, subjects: &[String]) -> Result<Vec<Told>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        subject: String,
        day: String,
        days: i64,
        people: i64,
        by_mail: i64,
    }
    if subjects.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT subject, day, MIN(days) AS days, COUNT(*) AS people, CAST(SUM(CASE WHEN by_mail THEN 1 ELSE 0 END) AS bigint) AS by_mail \
         FROM notify_notice WHERE subject IN ({}) GROUP BY subject, day ORDER BY day DESC, subject",
        db::marks(1, subjects.len())
    );
    let rows: Vec<Row> = conn.all(&sql, subjects.iter().map(|subject| subject.as_str().into()).collect()).await?;
    let told = |row: Row| Told {
        subject: row.subject,
        day: row.day,
        days: row.days,
        people: row.people,
        by_mail: row.by_mail,
    };
    Ok(rows.into_iter().map(told).collect())
}

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
    /// The hash of the secret that its words carry: they go when it ends, whatever its end.
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
