//! What an act says of blobs.

use kernel::Problem;

use super::BlobHash;
use crate::{DbError, Tx, vals};

impl Tx {
    /// Names a stored blob, so that it is kept; every act that writes a hash into a row does this first.
    ///
    /// The row's lock keeps the sweep away until the act is done. A file that was swept before is told, so that no row
    /// ever names what is not there.
    pub async fn keep_blob(&self, hash: &BlobHash, size: i64, media_type: &str) -> Result<(), Problem> {
        let sql = "INSERT INTO db_blob (hash, size, media_type, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO UPDATE SET size = excluded.size";
        self.exec(sql, vals![hash.as_str(), size, media_type, self.ctx().now().as_microsecond()]).await?;
        match self.blobs().since(hash).await? {
            Some(_) => Ok(()),
            None => Err(Problem::new(kernel::ProblemKind::Unavailable, "upload-lost")),
        }
    }

    /// Remembers that a scanner found nothing in a blob.
    pub async fn blob_scanned(&self, hash: &BlobHash, at: jiff::Timestamp) -> Result<(), DbError> {
        let sql =
            "INSERT INTO db_blob_scan (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO UPDATE SET at = excluded.at";
        self.exec(sql, vals![hash.as_str(), at.as_microsecond()]).await?;
        Ok(())
    }
}
