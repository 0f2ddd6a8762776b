//! The only SQL of the outbox and the notices.

mod outbox;

use db::{DbError, FromQueryResult, Insert, Reader, Writer, vals};
use kernel::{Lang, PersonId, Told};
use serde::Serialize;
use uuid::Uuid;

pub use outbox::{
    OutboxRow, outbox_call_off, outbox_counts, outbox_down, outbox_drop, outbox_due, outbox_ended, outbox_forget,
    outbox_give_up, outbox_insert, outbox_later, outbox_lost, outbox_next, outbox_open, outbox_retry, outbox_sent,
    outbox_waiting,
};

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
