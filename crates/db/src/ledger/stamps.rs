//! Time-stamps of the head: who rewrites the chain, its checkpoints and their key cannot have the moment stamped again.
//!
//! Each is kept twice: in a file beside the checkpoints, which a database that was put back does not take along, and in
//! an entry, which goes with every backup.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use timestamp::{Anchors, Stamp, check_token, claimed_digest, token_of};

use super::{
    entry::Entry,
    fault::Fault,
    head::STREAM,
    letter::SignedHead,
    points,
    report::{Stamped, VerifyReport},
};
use crate::{Db, DbError, Reader, vals, words::mask};

pub(super) const FILE: &str = "ledger-stamps.jsonl";
const STAMPED: &str = "ledger.stamped";

/// A time-stamp as a line and an entry hold it. Members may only be added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeptStamp {
    pub seq: i64,
    /// What is stamped: the hash of that entry.
    pub hash: String,
    /// The moment that the authority wrote.
    pub at: i64,
    pub serial: String,
    pub tsa: String,
    /// The token of RFC 3161, in base64.
    pub token: String,
}

impl KeptStamp {
    fn of(seq: i64, hash: String, stamp: &Stamp) -> Self {
        let token = STANDARD.encode(&stamp.token);
        // As an entry will have it, which masks mail addresses.
        let tsa = mask(&stamp.tsa).into_owned();
        Self { seq, hash, at: stamp.at, serial: stamp.serial.clone(), tsa, token }
    }

    fn is_proven(&self, anchors: &Anchors) -> bool {
        let digest = hex::decode(&self.hash).ok().and_then(|bytes| bytes.try_into().ok());
        let token = STANDARD.decode(&self.token).ok();
        let stamp = digest.zip(token).and_then(|(digest, token)| check_token(&token, &digest, anchors).ok());
        stamp.is_some_and(|stamp| {
            (stamp.at, &stamp.serial, mask(&stamp.tsa).as_ref()) == (self.at, &self.serial, self.tsa.as_str())
        })
    }
}

/// Keeps a stamp of this head.
pub async fn keep_stamp(db: &Db, ctx: &Ctx, head: &SignedHead, stamp: &Stamp) -> Result<(), Problem> {
    let kept = KeptStamp::of(head.seq, head.hash.clone(), stamp);
    {
        let _held = points::lock(db.data_dir())?;
        // The file first: whatever the database has is in the file.
        points::append(&db.data_dir().join(FILE), &kept)?;
    }
    let detail = &serde_json::to_value(&kept).map_err(Problem::internal)?;
    db.write(ctx, |tx| async move {
        tx.ledger(Entry::new(STAMPED, "ledger").detail(detail.clone()));
        Ok(())
    })
    .await
}

#[derive(FromQueryResult)]
struct Row {
    body: String,
}

#[derive(Deserialize)]
struct Body {
    detail: KeptStamp,
}

fn kept_in(row: &Row) -> Option<KeptStamp> {
    serde_json::from_str::<Body>(&row.body).ok().map(|body| body.detail)
}

const ENTRIES: &str =
    "SELECT body FROM db_ledger WHERE stream = $1 AND subject = 'ledger' AND action = $2 ORDER BY seq";

/// The newest that an entry holds.
pub async fn newest_stamp(conn: &Reader) -> Result<Option<KeptStamp>, DbError> {
    let row: Option<Row> = conn.one(&format!("{ENTRIES} DESC LIMIT 1"), vals![STREAM, STAMPED]).await?;
    Ok(row.as_ref().and_then(kept_in))
}

/// The lines of the file, and the numbers of those that cannot be read. Read before the snapshot, which then holds what
/// they are of.
pub(super) async fn lines(db: &Db) -> Result<(Vec<KeptStamp>, Vec<usize>), Problem> {
    let path = db.data_dir().join(FILE);
    let read = move || points::lines(&path, |line| serde_json::from_slice::<KeptStamp>(line).ok());
    Ok(tokio::task::spawn_blocking(read).await.map_err(Problem::internal)??)
}

/// All stamps of this ledger in the order of their numbers; those that prove nothing are faults.
pub(super) async fn gather(
    db: &Db,
    conn: &Reader,
    (lines, unreadable): (Vec<KeptStamp>, Vec<usize>),
    brought: &[Vec<u8>],
    report: &mut VerifyReport,
) -> Result<Vec<KeptStamp>, Problem> {
    let rows: Vec<Row> = conn.all(ENTRIES, vals![STREAM, STAMPED]).await?;
    report.faults.extend(unreadable.into_iter().take(20).map(|line| Fault::StampUnreadable { line }));
    let mut all: BTreeSet<KeptStamp> = lines.into_iter().chain(rows.iter().filter_map(kept_in)).collect();
    for bytes in brought {
        match from_elsewhere(db, conn, bytes).await? {
            Ok(stamp) => {
                all.insert(stamp);
            }
            Err(digest) => report.faults.push(Fault::StampForeign { digest }),
        }
    }
    let anchors = db.inner.stamp_anchors.get().cloned();
    let judge = move || {
        let bad: Vec<i64> = match &anchors {
            Some(anchors) => all.iter().filter(|stamp| !stamp.is_proven(anchors)).map(|stamp| stamp.seq).collect(),
            None => vec![],
        };
        let proven = if anchors.is_some() { all.len() - bad.len() } else { 0 };
        (all, bad, proven)
    };
    let (all, bad, proven) = tokio::task::spawn_blocking(judge).await.map_err(Problem::internal)?;
    report.faults.extend(bad.into_iter().take(20).map(|seq| Fault::StampUnproven { seq }));
    (report.stamps, report.stamps_proven) = (all.len(), proven);
    report.newest_stamp = all.iter().max_by_key(|stamp| stamp.at).map(|stamp| Stamped {
        seq: stamp.seq,
        at: stamp.at,
        serial: stamp.serial.clone(),
        tsa: stamp.tsa.clone(),
    });
    Ok(all.into_iter().collect())
}

/// A token, or the answer it came in. Of no entry here: what it is of. What is no stamp at all is refused.
async fn from_elsewhere(db: &Db, conn: &Reader, bytes: &[u8]) -> Result<Result<KeptStamp, String>, Problem> {
    #[derive(FromQueryResult)]
    struct Seq {
        seq: i64,
    }
    let refused = |refusal: timestamp::Refusal| Problem::bad_input("stamp-refused").because(refusal);
    let anchors = db.inner.stamp_anchors.get().ok_or_else(|| Problem::bad_input("stamp-without-ca"))?;
    let token = token_of(bytes).unwrap_or_else(|_| bytes.to_vec());
    let digest = claimed_digest(&token).map_err(refused)?;
    let stamp = check_token(&token, &digest, anchors).map_err(refused)?;
    let hash = hex::encode(digest);
    let sql = "SELECT seq FROM db_ledger WHERE stream = $1 AND hash = $2";
    let there: Option<Seq> = conn.one(sql, vals![STREAM, hash.as_str()]).await?;
    Ok(there.map(|there| KeptStamp::of(there.seq, hash.clone(), &stamp)).ok_or(hash))
}
