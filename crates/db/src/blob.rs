//! Files by content: the name is the SHA-256 of the bytes, so writing twice is writing once.
//!
//! A blob is written before the row that names it; what no row names after a day is swept.

use std::{fmt, path::Path, sync::Arc};

use kernel::Problem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as StorePath};
use sha2::{Digest, Sha256};

use crate::{Conn, DbError, Tx, vals};

/// SHA-256 of the content, in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobHash(String);

impl BlobHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self) -> StorePath {
        StorePath::from(format!("{}/{}", &self.0[..2], &self.0[2..]))
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    pub fn local(folder: &Path) -> Result<Self, DbError> {
        let say = |error: &dyn fmt::Display| DbError::Other(format!("{}: {error}", folder.display()));
        std::fs::create_dir_all(folder).map_err(|error| say(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| say(&error))?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Stores the bytes; safe to repeat.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<BlobHash, Problem> {
        let hash = BlobHash::of(&bytes);
        self.store.put(&hash.path(), PutPayload::from(bytes)).await.map_err(|error| storage(&error))?;
        Ok(hash)
    }

    pub async fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, Problem> {
        let found = self.store.get(&hash.path()).await.map_err(|error| storage(&error))?;
        let bytes = found.bytes().await.map_err(|error| storage(&error))?.to_vec();
        if BlobHash::of(&bytes) == *hash {
            Ok(bytes)
        } else {
            Err(Problem::internal(format!("blob {hash} is damaged")))
        }
    }

    /// Deletes a blob that must not be kept; a missing one is fine.
    pub async fn delete(&self, hash: &BlobHash) -> Result<(), Problem> {
        match self.store.delete(&hash.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(storage(&error)),
        }
    }

    /// Deletes files that no row names and that are older than a day; returns how many.
    pub async fn sweep(&self, conn: &Conn, now: jiff::Timestamp) -> Result<usize, Problem> {
        use futures::TryStreamExt;
        let all: Vec<_> = self.store.list(None).try_collect().await.map_err(|error| storage(&error))?;
        let mut count = 0;
        for file in all {
            let age = now.as_second() - file.last_modified.timestamp();
            let hash = file.location.as_ref().replace('/', "");
            let known = conn.count("SELECT COUNT(*) FROM db_blob WHERE hash = $1", vals![hash]).await?;
            if age > 86_400 && known == 0 {
                self.store.delete(&file.location).await.map_err(|error| storage(&error))?;
                count += 1;
            }
        }
        Ok(count)
    }
}

fn storage(error: &object_store::Error) -> Problem {
    let text = error.to_string();
    let code = if text.contains("No space left") { "disk-full" } else { "storage-unavailable" };
    Problem::new(kernel::ProblemKind::Unavailable, code).because(text)
}

/// When a scanner last found nothing in a blob; none when it was never scanned.
pub async fn scanned_at(conn: &Conn, hash: &BlobHash) -> Result<Option<i64>, DbError> {
    let at = conn.count("SELECT at FROM db_blob_scan WHERE hash = $1", vals![hash.as_str()]).await?;
    Ok((at > 0).then_some(at))
}

impl Tx {
    /// Names a stored blob, so that it is kept.
    pub async fn keep_blob(&self, hash: &BlobHash, size: i64, media_type: &str) -> Result<(), DbError> {
        let sql = "INSERT INTO db_blob (hash, size, media_type, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING";
        self.exec(sql, vals![hash.as_str(), size, media_type, self.ctx().now().as_microsecond()]).await?;
        Ok(())
    }

    /// Remembers that a scanner found nothing in a blob.
    pub async fn blob_scanned(&self, hash: &BlobHash, at: jiff::Timestamp) -> Result<(), DbError> {
        let sql =
            "INSERT INTO db_blob_scan (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO UPDATE SET at = excluded.at";
        self.exec(sql, vals![hash.as_str(), at.as_microsecond()]).await?;
        Ok(())
    }

    /// Forgets a blob; delete the file after the act.
    pub async fn forget_blob(&self, hash: &BlobHash) -> Result<(), DbError> {
        self.exec("DELETE FROM db_blob WHERE hash = $1", vals![hash.as_str()]).await?;
        Ok(())
    }
}
