//! Signing the head, into a file beside the database and a table inside it; never one that does not descend from the
//! head that was signed last.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use kernel::Problem;
use sea_orm::FromQueryResult;

use super::{
    head::{ACCEPT_HEAD, Head, STREAM},
    points::{self, Checkpoint, FILE, HOUR, message},
    signing::Signing,
    stamps,
    standing::Standing,
};
use crate::{Db, DbError, Reader, Writer, vals};

#[derive(FromQueryResult)]
struct Stored {
    seq: i64,
    hash: String,
    at: i64,
    signature: String,
}

/// The checkpoints in the database, one per hour.
pub(super) async fn stored(conn: &Reader) -> Result<Vec<Checkpoint>, DbError> {
    let sql = "SELECT seq, hash, at, signature FROM db_checkpoint WHERE stream = $1 ORDER BY seq";
    let rows: Vec<Stored> = conn.all(sql, vals![STREAM]).await?;
    let point = |row: Stored| Checkpoint {
        stream: STREAM.into(),
        seq: row.seq,
        hash: row.hash,
        signature: row.signature,
        at: Some(row.at),
    };
    Ok(rows.into_iter().map(point).collect())
}

pub(super) fn is_valid(key: &VerifyingKey, point: &Checkpoint) -> bool {
    let signature = hex::decode(&point.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    signature.is_some_and(|signature| key.verify_strict(message(point.seq, &point.hash).as_bytes(), &signature).is_ok())
}

impl Db {
    /// Signs the head of the ledger, if it has moved and descends from the head that was signed last.
    pub async fn checkpoint(&self) -> Result<(), Problem> {
        let mut signing = self.inner.signing.lock().await;
        let conn = self.read();
        let Some(head) = Head::of(&conn).await?.filter(|head| head.seq > 0) else { return Ok(()) };
        let is_same = |last: &Checkpoint| last.seq == head.seq && last.hash == head.hash;
        if signing.is_known && signing.last.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        let _held = points::lock(self.data_dir())?;
        let standing = match self.catch_up(&conn, &mut signing).await? {
            None => descends(&conn, &head, signing.last.as_ref()).await?,
            found => found,
        };
        self.stand(standing);
        if standing.is_some() || signing.last.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        let signature = hex::encode(self.inner.key.sign(message(head.seq, &head.hash).as_bytes()).to_bytes());
        let point = Checkpoint { stream: STREAM.into(), seq: head.seq, hash: head.hash, signature, at: Some(head.at) };
        // The file first: whatever the database has is in the file.
        signing.size = points::append(&self.data_dir().join(FILE), &point)?;
        store(&self.own(), &point).await?;
        signing.last = Some(point);
        Ok(())
    }

    /// Looks for what was signed last, at the start and when another process has signed.
    async fn catch_up(&self, conn: &Reader, signing: &mut Signing) -> Result<Option<Standing>, DbError> {
        let path = self.data_dir().join(FILE);
        let size = std::fs::metadata(&path).map_or(0, |file| file.len());
        if signing.is_known && size == signing.size {
            return Ok(None);
        }
        let tail = points::tail(&path)?;
        let key = self.inner.key.verifying_key();
        if let Some(point) = tail.newest.as_ref().filter(|point| !is_valid(&key, point)) {
            return Ok(Some(Standing::OtherKey { seq: point.seq }));
        }
        let in_file = tail.newest.as_ref().map_or(0, |point| point.seq);
        let in_rows = stored(conn).await?.last().map_or(0, |point| point.seq);
        let remembered = signing.last.as_ref().map_or(0, |point| point.seq);
        let newest = in_rows.max(remembered);
        if tail.is_spoilt {
            return Ok(Some(Standing::CheckpointsCut { seq: newest.max(in_file) }));
        }
        if in_file < newest && !(in_file >= in_rows && was_accepted(conn, remembered, in_file).await?) {
            return Ok(Some(Standing::CheckpointsCut { seq: newest }));
        }
        *signing = Signing { last: tail.newest, size: tail.size, is_known: true };
        Ok(None)
    }

    fn stand(&self, standing: Option<Standing>) {
        let mut known = self.inner.standing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *known != standing {
            match standing {
                Some(standing) => tracing::error!(
                    ?standing,
                    "the ledger's head is not signed any more; see dinh ledger verify, then dinh ledger accept-head"
                ),
                None => tracing::warn!("the ledger's head is signed again"),
            }
        }
        *known = standing;
    }

    /// Thins the checkpoint file out; returns how many lines were left out.
    pub async fn thin_checkpoints(&self) -> Result<usize, Problem> {
        let mut signing = self.inner.signing.lock().await;
        let folder = self.data_dir().to_owned();
        let fewer = tokio::task::spawn_blocking(move || points::thin(&folder)).await.map_err(Problem::internal)??;
        if fewer > 0 && signing.is_known {
            signing.size = std::fs::metadata(self.data_dir().join(FILE)).map_or(0, |file| file.len());
        }
        Ok(fewer)
    }

    /// Begins signing anew, after somebody has said why; what was signed before is laid aside.
    pub(super) async fn sign_anew(&self, before: i64) -> Result<(), Problem> {
        let mut signing = self.inner.signing.lock().await;
        let held = points::lock(self.data_dir())?;
        for file in [FILE, stamps::FILE] {
            let path = self.data_dir().join(file);
            if path.exists() {
                let aside = path.with_extension(format!("before-{before}.jsonl"));
                let put = std::fs::rename(&path, aside);
                put.map_err(|error| DbError::Other(format!("{}: {error}", path.display())))?;
            }
        }
        self.own().exec("DELETE FROM db_checkpoint", vals![]).await?;
        *signing = Signing::default();
        drop((held, signing));
        self.checkpoint().await
    }
}

/// The entry that was signed last must be there, with that hash.
async fn descends(conn: &Reader, head: &Head, last: Option<&Checkpoint>) -> Result<Option<Standing>, DbError> {
    #[derive(FromQueryResult)]
    struct Hash {
        hash: String,
    }
    let Some(last) = last else { return Ok(None) };
    let sql = "SELECT hash FROM db_ledger WHERE stream = $1 AND seq = $2";
    let there: Option<Hash> = conn.one(sql, vals![STREAM, last.seq]).await?;
    let is_there = there.is_some_and(|there| there.hash == last.hash) && head.seq >= last.seq;
    let is_same = head.seq != last.seq || head.hash == last.hash;
    Ok((!(is_there && is_same)).then_some(Standing::NotDescended { seq: last.seq }))
}

/// Whether somebody let another process sign anew, after what this one remembers.
async fn was_accepted(conn: &Reader, remembered: i64, in_file: i64) -> Result<bool, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM db_ledger WHERE stream = $1 AND subject = 'ledger' AND action = $2 AND seq <= $3";
    let rows: Vec<Row> = conn.all(sql, vals![STREAM, ACCEPT_HEAD, in_file]).await?;
    let bodies = rows.iter().filter_map(|row| serde_json::from_str::<serde_json::Value>(&row.body).ok());
    Ok(bodies.filter_map(|body| body["detail"]["signed"].as_i64()).any(|signed| signed >= remembered))
}

async fn store(conn: &Writer, point: &Checkpoint) -> Result<(), DbError> {
    let at = point.at.unwrap_or(0);
    let sql = "INSERT INTO db_checkpoint (stream, hour, seq, hash, at, signature) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (stream, hour) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, \
               signature = excluded.signature";
    conn.exec(sql, vals![STREAM, at / HOUR, point.seq, point.hash.as_str(), at, point.signature.as_str()]).await?;
    Ok(())
}
