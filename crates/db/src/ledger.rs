//! The activity ledger: a hash chain that anyone can verify, and signed checkpoints beside it.
//!
//! An entry's body is canonical JSON text (RFC 8785) and hash = SHA-256(previous hash || body); every other column
//! repeats the body and is compared by [`verify`]. The last head is signed into a file beside the database, so that
//! a truncated chain shows too. People appear as pseudonyms only.

use std::{io::Write as _, path::Path, sync::LazyLock};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use kernel::{Problem, ProblemKind, UnitId};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{Conn, Db, DbError, Insert, Tx, Value, vals};

pub(crate) const STREAM: &str = "main";
/// A clock further back than this is refused; less is a clock being set and the entry takes the head's time.
const CLOCK_TOLERANCE_MICROS: i64 = 300_000_000;
static GENESIS: LazyLock<String> = LazyLock::new(|| "0".repeat(64));

/// Who did what to what, and why. The actor and the time come from the context.
#[derive(Debug, Clone)]
pub struct Entry {
    pub action: &'static str,
    pub subject: String,
    pub unit: Option<UnitId>,
    pub reason: Option<String>,
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
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
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

fn chain(prev: &str, body: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(prev.as_bytes());
    hasher.update(body.as_bytes());
    hex::encode(hasher.finalize())
}

/// Entries of one statement; SQLite takes 32,766 values.
const AT_ONCE: usize = 2000;

/// Appends at the end of the transaction: the head row is locked last, so chains never wait for work. The facts of
/// the act go with it: on PostgreSQL all of it is one statement, one round trip.
pub(crate) async fn append(tx: &Tx, entries: &[Entry], facts: Vec<Insert>) -> Result<(), Problem> {
    let lock = if tx.is_sqlite() { "" } else { " FOR UPDATE" };
    let find = format!("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1{lock}");
    let mut found: Option<Head> = tx.one(&find, vals![STREAM]).await?;
    if found.is_none() {
        // Nothing to lock yet: the first writers of all meet at this row instead.
        let first =
            "INSERT INTO db_ledger_head (stream, seq, hash, at) VALUES ($1, 0, $2, 0) ON CONFLICT (stream) DO NOTHING";
        tx.exec(first, vals![STREAM, GENESIS.as_str()]).await?;
        found = tx.one(&find, vals![STREAM]).await?;
    }
    let mut head = found.ok_or_else(|| Problem::internal("the ledger has no head"))?;
    let now = tx.ctx().now().as_microsecond();
    if now < head.at - CLOCK_TOLERANCE_MICROS {
        return Err(Problem::new(ProblemKind::Unavailable, "clock-backwards"));
    }
    let mut inserts = facts;
    for some in entries.chunks(AT_ONCE) {
        let mut insert = Insert::into("db_ledger", "stream, seq, at, actor, action, subject, body, hash");
        for entry in some {
            let (next, row) = chained(tx, &head, now.max(head.at), entry)?;
            insert.row(row);
            head = next;
        }
        inserts.push(insert);
    }
    let mut save = Insert::into("db_ledger_head", "stream, seq, hash, at");
    save.row(vals![STREAM, head.seq, head.hash, head.at]);
    save.or("(stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at");
    inserts.push(save);
    tx.insert_all(inserts).await?;
    Ok(())
}

/// The entry's row, and the head after it.
fn chained(tx: &Tx, head: &Head, at: i64, entry: &Entry) -> Result<(Head, Vec<Value>), Problem> {
    let (seq, actor) = (head.seq + 1, tx.ctx().actor.pseudonym());
    let body = canonical(&json!({
        "stream": STREAM, "seq": seq, "at": at, "actor": actor, "action": entry.action, "subject": entry.subject,
        "unit": entry.unit.map(|unit| unit.to_string()), "reason": entry.reason, "detail": entry.detail,
        "request": tx.ctx().request.to_string(),
    }))?;
    let hash = chain(&head.hash, &body);
    let row = vals![STREAM, seq, at, actor, entry.action, entry.subject.as_str(), body, hash.as_str()];
    Ok((Head { seq, hash, at }, row))
}

fn canonical(value: &Json) -> Result<String, Problem> {
    serde_json_canonicalizer::to_string(value).map_err(Problem::internal)
}

/// Newest first, below `before` if given; `subject` narrows to one thing.
pub async fn page(
    conn: &Conn,
    subject: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<LedgerRow>, DbError> {
    let columns = "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger WHERE stream = $1 AND seq < $2";
    let before = before.unwrap_or(i64::MAX);
    match subject {
        Some(subject) => {
            let sql = format!("{columns} AND subject = $4 ORDER BY seq DESC LIMIT $3");
            conn.all(&sql, vals![STREAM, before, limit, subject]).await
        }
        None => conn.all(&format!("{columns} ORDER BY seq DESC LIMIT $3"), vals![STREAM, before, limit]).await,
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Checkpoint {
    stream: String,
    seq: i64,
    hash: String,
    signature: String,
}

fn message(seq: i64, hash: &str) -> String {
    format!("{STREAM}|{seq}|{hash}")
}

pub(crate) fn signing_key(data_dir: &Path) -> Result<SigningKey, DbError> {
    let path = data_dir.join("ledger.key");
    let say = |error: std::io::Error| DbError::Other(format!("{}: {error}", path.display()));
    if let Ok(text) = std::fs::read_to_string(&path) {
        let bytes: Option<[u8; 32]> = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        return bytes
            .map(|bytes| SigningKey::from_bytes(&bytes))
            .ok_or_else(|| DbError::Other(format!("{} is damaged", path.display())));
    }
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(|error| DbError::Other(error.to_string()))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).and_then(|mut file| file.write_all(hex::encode(secret).as_bytes())).map_err(say)?;
    Ok(SigningKey::from_bytes(&secret))
}

impl Db {
    /// Signs the head of the ledger into the append-only file beside the database, if it has moved.
    pub async fn checkpoint(&self) -> Result<(), Problem> {
        let head: Option<Head> =
            self.read().one("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await?;
        let Some(head) = head else { return Ok(()) };
        let path = self.inner.data_dir.join("ledger-checkpoints.jsonl");
        if checkpoints(&path).last().is_some_and(|last| last.seq >= head.seq) {
            return Ok(());
        }
        let signature = hex::encode(self.inner.key.sign(message(head.seq, &head.hash).as_bytes()).to_bytes());
        let point = Checkpoint { stream: STREAM.into(), seq: head.seq, hash: head.hash, signature };
        let line = serde_json::to_string(&point).map_err(Problem::internal)?;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
        file.and_then(|mut file| writeln!(file, "{line}")).map_err(Problem::internal)?;
        Ok(())
    }
}

fn checkpoints(path: &Path) -> Vec<Checkpoint> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// What `dinh ledger verify` found.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyReport {
    pub entries: i64,
    pub checkpoints: usize,
    /// The first thing that is wrong, in words; none when the ledger is whole.
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Fault {
    /// The body no longer gives the hash: edited, or moved from elsewhere.
    Edited { seq: i64 },
    /// A column no longer says what the body says.
    ColumnDiffers { seq: i64 },
    /// A number is missing: deleted.
    Missing { seq: i64 },
    /// The chain ends before its head or before a signed checkpoint.
    Truncated { seq: i64 },
    /// A checkpoint's signature or hash does not fit.
    BadCheckpoint { seq: i64 },
}

/// Recomputes the whole chain and compares it with its columns, its head and every checkpoint.
pub async fn verify(db: &Db) -> Result<VerifyReport, Problem> {
    let conn = db.read();
    let points = checkpoints(&db.inner.data_dir.join("ledger-checkpoints.jsonl"));
    let mut report = VerifyReport { entries: 0, checkpoints: points.len(), fault: None };
    let mut prev = GENESIS.clone();
    loop {
        let sql = "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
        let rows: Vec<LedgerRow> = conn.all(sql, vals![STREAM, report.entries]).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            report.fault = fault_of(&row, report.entries + 1, &prev);
            let point = points.iter().find(|point| point.seq == row.seq);
            if report.fault.is_none() && point.is_some_and(|point| point.hash != row.hash) {
                report.fault = Some(Fault::BadCheckpoint { seq: row.seq });
            }
            if report.fault.is_some() {
                return Ok(report);
            }
            report.entries = row.seq;
            prev = row.hash;
        }
    }
    report.fault = end_fault(db, &report, &prev, &points).await?;
    Ok(report)
}

fn fault_of(row: &LedgerRow, expected: i64, prev: &str) -> Option<Fault> {
    if row.seq != expected {
        return Some(Fault::Missing { seq: expected });
    }
    if chain(prev, &row.body) != row.hash {
        return Some(Fault::Edited { seq: row.seq });
    }
    let body: Json = serde_json::from_str(&row.body).unwrap_or_default();
    let same = body["seq"] == row.seq
        && body["at"] == row.at
        && body["actor"] == row.actor.as_str()
        && body["action"] == row.action.as_str()
        && body["subject"] == row.subject.as_str();
    (!same).then_some(Fault::ColumnDiffers { seq: row.seq })
}

async fn end_fault(
    db: &Db,
    report: &VerifyReport,
    last: &str,
    points: &[Checkpoint],
) -> Result<Option<Fault>, Problem> {
    let head: Option<Head> =
        db.read().one("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await?;
    let head = head.unwrap_or(Head { seq: 0, hash: GENESIS.clone(), at: 0 });
    if head.seq != report.entries || head.hash != last {
        return Ok(Some(Fault::Truncated { seq: report.entries }));
    }
    let key: VerifyingKey = db.inner.key.verifying_key();
    for point in points {
        let signature = hex::decode(&point.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        let valid = signature
            .is_some_and(|signature| key.verify_strict(message(point.seq, &point.hash).as_bytes(), &signature).is_ok());
        if !valid {
            return Ok(Some(Fault::BadCheckpoint { seq: point.seq }));
        }
    }
    Ok(points.iter().find(|point| point.seq > report.entries).map(|point| Fault::Truncated { seq: point.seq }))
}

/// The number of the newest entry. Every act moves it, so what was computed under a number holds as long as it stands.
pub async fn number(conn: &Conn) -> Result<i64, DbError> {
    conn.count("SELECT seq FROM db_ledger_head WHERE stream = $1", vals![STREAM]).await
}
