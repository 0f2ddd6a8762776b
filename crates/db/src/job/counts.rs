//! How many jobs there are, and which wait for too long.

use sea_orm::FromQueryResult;

use crate::{DbError, Reader, vals};

/// Jobs of a kind in one state.
#[derive(Debug, Clone, FromQueryResult)]
pub struct JobCount {
    pub kind: String,
    pub state: String,
    pub count: i64,
}

/// Jobs of a kind that should have been done long ago.
#[derive(Debug, Clone, FromQueryResult)]
pub struct LateJobs {
    pub kind: String,
    pub count: i64,
}

/// Of ended jobs those that are still kept.
pub async fn counts(conn: &Reader) -> Result<Vec<JobCount>, DbError> {
    let sql = "SELECT kind, state, COUNT(*) AS count FROM db_job GROUP BY kind, state ORDER BY kind, state";
    conn.all(sql, vals![]).await
}

/// Jobs that were due before a moment, in microseconds, and are not taken up; or were, by a process that is no more.
pub async fn late(conn: &Reader, before: i64) -> Result<Vec<LateJobs>, DbError> {
    let sql = "SELECT kind, COUNT(*) AS count FROM db_job WHERE (state = 'waiting' AND run_at < $1) \
               OR (state = 'running' AND leased_until < $1) GROUP BY kind ORDER BY kind";
    conn.all(sql, vals![before]).await
}
