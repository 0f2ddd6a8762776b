//! The head for those who keep it elsewhere: whoever has it can show that the ledger of later descends from it.

use std::str::FromStr;

use kernel::Problem;
use serde::Serialize;

use super::points::{self, FILE};
use crate::Db;

/// The head that was signed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedHead {
    pub seq: i64,
    pub hash: String,
    /// When the entry was written; none for what an older version signed.
    pub at: Option<i64>,
    /// Ed25519 over `main|<seq>|<hash>`, in hex.
    pub signature: String,
    /// The public key, in hex.
    pub key: String,
}

impl SignedHead {
    /// What `dinh ledger verify --against` takes.
    pub fn named(&self) -> String {
        format!("{}:{}", self.seq, self.hash)
    }

    /// The hash as it is stamped.
    pub fn digest(&self) -> Result<[u8; 32], Problem> {
        let bytes = hex::decode(&self.hash).map_err(Problem::internal)?;
        bytes.try_into().map_err(|_| Problem::internal("the head's hash is no SHA-256"))
    }
}

/// The head that was signed last; none where nothing was.
pub async fn signed_head(db: &Db) -> Result<Option<SignedHead>, Problem> {
    db.checkpoint().await?;
    let key = hex::encode(db.inner.key.verifying_key().as_bytes());
    let tail = points::tail(&db.data_dir().join(FILE))?.newest;
    Ok(tail.map(|point| SignedHead { seq: point.seq, hash: point.hash, at: point.at, signature: point.signature, key }))
}

/// A head as a letter names it: `<seq>:<hash>`; of the hash at least sixteen characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub seq: i64,
    hash: String,
}

impl Named {
    pub(super) fn fits(&self, hash: &str) -> bool {
        hash.starts_with(&self.hash)
    }
}

impl FromStr for Named {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "SỐ:MÃ như trong thư / NUMBER:HASH as in the letter";
        let (seq, hash) = text.trim().split_once(':').ok_or(wrong)?;
        let hash = hash.trim().to_ascii_lowercase();
        let is_hash = (16..=64).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let seq = seq.trim().parse().ok().filter(|seq| *seq > 0 && is_hash).ok_or(wrong)?;
        Ok(Self { seq, hash })
    }
}
