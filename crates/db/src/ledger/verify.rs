//! Recomputing the whole ledger and comparing it with everything that repeats it, in one snapshot.

use std::{borrow::Cow, collections::BTreeMap, path::PathBuf};

use kernel::Problem;
use serde::Deserialize;

use super::{
    checkpoint::{is_valid, stored},
    entry::LedgerRow,
    fault::Fault,
    head::{ACCEPT_CLOCK, Head, STREAM, chain},
    points::{self, Checkpoint, FILE, HOUR, WITHOUT_TIME},
    report::{MOST_FAULTS, Verify, VerifyReport},
    rows::{LastSeals, compare, strays},
    stamps::{self, KeptStamp},
};
use crate::{Db, DbError, Reader, vals};

/// Recomputes the whole chain and compares it with its columns, its head, every checkpoint and the sealed rows.
pub async fn verify(db: &Db) -> Result<VerifyReport, Problem> {
    verify_with(db, &Verify::default()).await
}

/// The same with more or less beside it.
pub async fn verify_with(db: &Db, asked: &Verify) -> Result<VerifyReport, Problem> {
    let path = db.data_dir().join(FILE);
    // What was signed before the snapshot must be in it. The file is read again afterwards, because what the snapshot
    // holds of checkpoints must be in the file.
    let promised = points::tail(&path)?.newest.map_or(0, |point| point.seq);
    let stamped = stamps::lines(db).await?;
    let conn = db.snapshot().await?;
    let inside = stored(&conn).await?;
    let (points, unreadable) = lines(path).await?;
    let mut report = VerifyReport { checkpoints: points.len(), ..VerifyReport::default() };
    report.faults.extend(strays(&conn).await?);
    report.faults.extend(unreadable.into_iter().take(20).map(|line| Fault::CheckpointUnreadable { line }));
    if let Some(newest) = inside.last().filter(|newest| !points.iter().any(|point| point.seq == newest.seq)) {
        report.faults.push(Fault::CheckpointsCut { seq: newest.seq });
    }
    let unsigned: Vec<Fault> = signatures(db, &points).into_iter().chain(signatures(db, &inside)).take(20).collect();
    let mut all: Vec<Checkpoint> = points.into_iter().chain(inside).collect();
    all.sort_by_key(|point| point.seq);
    let stamps = stamps::gather(db, &conn, stamped, &asked.stamps, &mut report).await?;
    let mut walk = Walk {
        points: &all,
        stamps: &stamps,
        asked,
        prev: Head::genesis(),
        at_point: 0,
        at_stamp: 0,
        seals: LastSeals::default(),
    };
    let broken = walk.whole(&conn, &mut report).await?;
    if !broken {
        let seals = std::mem::take(&mut walk.seals);
        let is_short = walk.end(&conn, promised, &mut report.faults).await?;
        report.faults.extend(unsigned);
        if !is_short {
            let compared = compare(db, &conn, seals, asked.files, &mut report.faults).await?;
            (report.rows, report.files) = (compared.rows, compared.files);
        }
    }
    if let Some(tx) = conn.into_transaction() {
        tx.rollback().await.map_err(DbError::from)?;
    }
    report.faults.truncate(MOST_FAULTS);
    report.fault = report.faults.first().cloned();
    Ok(report)
}

async fn lines(path: PathBuf) -> Result<(Vec<Checkpoint>, Vec<usize>), Problem> {
    Ok(tokio::task::spawn_blocking(move || points::read(&path)).await.map_err(Problem::internal)??)
}

/// Members of a body that are compared or gathered.
#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    stream: Cow<'a, str>,
    seq: i64,
    at: i64,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    subject: Cow<'a, str>,
    #[serde(default)]
    seals: BTreeMap<String, BTreeMap<String, Option<String>>>,
    #[serde(default)]
    sealing: Vec<String>,
}

/// The way along the chain.
struct Walk<'a> {
    /// In the order of their numbers.
    points: &'a [Checkpoint],
    /// In the order of their numbers.
    stamps: &'a [KeptStamp],
    asked: &'a Verify,
    prev: Head,
    at_point: usize,
    at_stamp: usize,
    seals: LastSeals,
}

impl Walk<'_> {
    /// Goes along until the end or the first break; true where it broke.
    async fn whole(&mut self, conn: &Reader, report: &mut VerifyReport) -> Result<bool, Problem> {
        let sql = "SELECT seq, at, actor, action, subject, body, hash FROM db_ledger \
                   WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
        loop {
            let rows: Vec<LedgerRow> = conn.all(sql, vals![STREAM, self.prev.seq]).await?;
            if rows.is_empty() {
                return Ok(false);
            }
            for row in rows {
                if let Some(fault) = self.step(&row) {
                    report.faults.push(fault);
                    return Ok(true);
                }
                report.faults.extend(self.beside(&row));
                self.prev = Head { seq: row.seq, hash: row.hash, at: row.at };
                report.entries = row.seq;
            }
        }
    }

    fn step(&mut self, row: &LedgerRow) -> Option<Fault> {
        let (expected, seq) = (self.prev.seq + 1, row.seq);
        if seq != expected {
            return Some(Fault::Missing { seq: expected });
        }
        if chain(&self.prev.hash, &row.body) != row.hash {
            return Some(Fault::Edited { seq });
        }
        let Ok(body) = serde_json::from_str::<Body<'_>>(&row.body) else { return Some(Fault::ColumnDiffers { seq }) };
        let same = body.stream == STREAM
            && body.seq == seq
            && body.at == row.at
            && body.actor == row.actor
            && body.action == row.action
            && body.subject == row.subject;
        if !same {
            return Some(Fault::ColumnDiffers { seq });
        }
        if row.at < self.prev.at && row.action != ACCEPT_CLOCK {
            return Some(Fault::ClockBack { seq });
        }
        self.seals.begin(body.sealing);
        self.seals.note(body.seals);
        None
    }

    /// What was signed or kept elsewhere about this number.
    fn beside(&mut self, row: &LedgerRow) -> Vec<Fault> {
        let mut out = Vec::new();
        while let Some(point) = self.points.get(self.at_point).filter(|point| point.seq <= row.seq) {
            self.at_point += 1;
            if (point.seq, &point.hash) != (row.seq, &row.hash) {
                out.push(Fault::BadCheckpoint { seq: point.seq });
            }
        }
        while let Some(stamp) = self.stamps.get(self.at_stamp).filter(|stamp| stamp.seq <= row.seq) {
            self.at_stamp += 1;
            if (stamp.seq, &stamp.hash) != (row.seq, &row.hash) {
                out.push(Fault::StampDiffers { seq: stamp.seq });
            }
        }
        let named = self.asked.against.iter().filter(|named| named.seq == row.seq && !named.fits(&row.hash));
        out.extend(named.map(|named| Fault::AgainstDiffers { seq: named.seq }));
        out.truncate(20);
        out
    }

    /// The end of the chain must be its head, and not before what was promised; true where it is too short.
    async fn end(&self, conn: &Reader, promised: i64, faults: &mut Vec<Fault>) -> Result<bool, Problem> {
        let head = Head::of(conn).await?.unwrap_or_else(Head::genesis);
        let against = self.asked.against.iter().filter(|named| named.seq > self.prev.seq || named.seq < 1);
        faults.extend(against.map(|named| Fault::AgainstDiffers { seq: named.seq }));
        let beyond = self.stamps.iter().skip(self.at_stamp).take(20);
        faults.extend(beyond.map(|stamp| Fault::StampDiffers { seq: stamp.seq }));
        if head.seq != self.prev.seq || head.hash != self.prev.hash {
            faults.push(Fault::Truncated { seq: self.prev.seq });
            return Ok(true);
        }
        if promised > self.prev.seq {
            faults.push(Fault::Truncated { seq: promised });
            return Ok(true);
        }
        if head.at != self.prev.at {
            faults.push(Fault::HeadDiffers { seq: head.seq });
        }
        Ok(false)
    }
}

/// Each signature is slow to check: one per hour is, and the newest. A later one covers all entries before it.
fn signatures(db: &Db, points: &[Checkpoint]) -> Vec<Fault> {
    let key = db.inner.key.verifying_key();
    let is_chosen = |position: usize, point: &Checkpoint| {
        let next = points.get(position + 1);
        match (point.at, next.and_then(|next| next.at)) {
            (Some(at), Some(later)) => at / HOUR != later / HOUR,
            (Some(_), None) => true,
            (None, _) => next.is_none() || position.is_multiple_of(WITHOUT_TIME),
        }
    };
    let chosen = points.iter().enumerate().filter(|(position, point)| is_chosen(*position, point));
    let bad = chosen.map(|(_, point)| point).filter(|point| !is_valid(&key, point));
    bad.map(|point| Fault::BadCheckpoint { seq: point.seq }).collect()
}
