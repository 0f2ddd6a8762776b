//! Deletes files that nobody names any more, and nothing else does.
//!
//! Files are shared by content: whether one may go is asked of every column that names blobs, inside a transaction that
//! holds the row which [`crate::Tx::keep_blob`] takes too.

use std::collections::HashSet;

use jiff::Timestamp;
use kernel::{Ctx, Problem, ProblemKind};
use sea_orm::FromQueryResult;

use crate::{BlobHash, Db, DbError, Reader, Tx, Value, marks, vals};

const DAY: i64 = 86_400;
const AT_ONCE: usize = 200;
const STAYS: &str = "blob-stays";

/// Tables and columns that name blobs.
pub(crate) type Columns = [(String, String)];

#[derive(FromQueryResult)]
struct Name {
    hash: String,
}

/// Which of the hashes some row names.
pub(crate) async fn named(conn: &Reader, columns: &Columns, hashes: &[&str]) -> Result<HashSet<String>, DbError> {
    let mut out = HashSet::new();
    for (table, column) in columns {
        let marks = marks(1, hashes.len());
        let sql = format!("SELECT DISTINCT {column} AS hash FROM {table} WHERE {column} IN ({marks})");
        let names: Vec<Name> = conn.all(&sql, hashes.iter().map(|hash| Value::from(*hash)).collect()).await?;
        out.extend(names.into_iter().map(|name| name.hash));
    }
    Ok(out)
}

/// The named hashes after `after`, in order, some at a time; none when there are no more.
pub(crate) async fn next_named(conn: &Reader, columns: &Columns, after: &str) -> Result<Vec<String>, DbError> {
    if columns.is_empty() {
        return Ok(vec![]);
    }
    let part = |(at, (table, column)): (usize, &(String, String))| {
        format!(
            "SELECT hash FROM (SELECT DISTINCT {column} AS hash FROM {table} WHERE {column} > $1 ORDER BY {column} LIMIT {AT_ONCE}) AS part{at}"
        )
    };
    let parts: Vec<String> = columns.iter().enumerate().map(part).collect();
    let sql = format!("{} ORDER BY hash LIMIT {AT_ONCE}", parts.join(" UNION "));
    let names: Vec<Name> = conn.all(&sql, vals![after]).await?;
    Ok(names.into_iter().map(|name| name.hash).collect())
}

/// Deletes files that no column names and that nobody has stored for a day, and half-written ones; returns how many.
pub async fn sweep(db: &Db, ctx: &Ctx, now: Timestamp) -> Result<usize, Problem> {
    let columns = db.blob_columns()?;
    let before = now.as_second() - DAY;
    let old = db.blobs().older(before).await?;
    let mut count = db.blobs().clear_unfinished(before).await?;
    for some in old.chunks(AT_ONCE) {
        let hashes: Vec<&str> = some.iter().map(BlobHash::as_str).collect();
        let named = named(&db.read(), columns, &hashes).await?;
        for hash in some.iter().filter(|hash| !named.contains(hash.as_str())) {
            count += usize::from(swept(db, ctx, hash, Some(before)).await?);
        }
    }
    Ok(count)
}

/// Deletes a file at once whose row has just let go of it, unless another row names it.
pub async fn release(db: &Db, ctx: &Ctx, hash: &BlobHash) -> Result<bool, Problem> {
    swept(db, ctx, hash, None).await
}

async fn swept(db: &Db, ctx: &Ctx, hash: &BlobHash, before: Option<i64>) -> Result<bool, Problem> {
    let columns = db.blob_columns()?;
    let done = db.write(ctx, |tx| async move { sweep_one(&tx, columns, hash, before).await }).await;
    match done {
        Ok(()) => Ok(true),
        Err(problem) if problem.code == STAYS => Ok(false),
        Err(problem) => Err(problem),
    }
}

async fn sweep_one(tx: &Tx, columns: &Columns, hash: &BlobHash, before: Option<i64>) -> Result<(), Problem> {
    tx.bookkeeping();
    // Whoever names this hash at this moment waits here, or we wait for them.
    let hold = "INSERT INTO db_blob (hash, size, media_type, created_at) VALUES ($1, 0, '', 0) ON CONFLICT (hash) DO UPDATE SET size = db_blob.size";
    tx.exec(hold, vals![hash.as_str()]).await?;
    let stays = || Err(Problem::new(ProblemKind::Conflict, STAYS));
    if !named(tx, columns, &[hash.as_str()]).await?.is_empty() {
        return stays();
    }
    let since = tx.blobs().since(hash).await?;
    if before.is_some_and(|before| since.is_some_and(|since| since >= before)) {
        return stays();
    }
    tx.blobs().remove(hash).await?;
    tx.exec("DELETE FROM db_blob_scan WHERE hash = $1", vals![hash.as_str()]).await?;
    tx.exec("DELETE FROM db_blob WHERE hash = $1", vals![hash.as_str()]).await?;
    Ok(())
}
