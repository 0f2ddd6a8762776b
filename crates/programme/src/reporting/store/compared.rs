//! What comparing signed files with what was approved showed; once per file.

use crate::ids::ReportId;
use db::{DbError, FromQueryResult, Reader, Writer, vals};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Compared {
    /// SHA-256 of the file that was compared.
    pub of_hash: String,
    /// waiting, done or failed
    pub state: String,
    /// JSON, once done.
    pub differences: Option<String>,
    /// `code|detail` of what kept the file from being read.
    pub problem: Option<String>,
}

pub async fn get(conn: &Reader, report: ReportId) -> Result<Option<Compared>, DbError> {
    let sql = "SELECT of_hash, state, differences, problem FROM programme_compared WHERE report_id = $1";
    conn.one(sql, vals![report.uuid()]).await
}

/// A file is to be compared; what was known of an earlier one is forgotten.
pub async fn wait(conn: &Writer, report: ReportId, hash: &str, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_compared (report_id, of_hash, state, at) VALUES ($1, $2, 'waiting', $3) \
               ON CONFLICT (report_id) DO UPDATE SET of_hash = $2, state = 'waiting', differences = NULL, problem = NULL, at = $3";
    conn.exec(sql, vals![report.uuid(), hash, at]).await?;
    Ok(())
}

/// False when another file came meanwhile.
pub async fn done(conn: &Writer, report: ReportId, hash: &str, differences: &str, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_compared SET state = 'done', differences = $3, at = $4 WHERE report_id = $1 AND of_hash = $2 AND state = 'waiting'";
    Ok(conn.exec(sql, vals![report.uuid(), hash, differences, at]).await? == 1)
}

pub async fn failed(conn: &Writer, report: ReportId, hash: &str, problem: &str, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_compared SET state = 'failed', problem = $3, at = $4 WHERE report_id = $1 AND of_hash = $2 AND state = 'waiting'";
    Ok(conn.exec(sql, vals![report.uuid(), hash, problem, at]).await? == 1)
}

#[derive(Debug, FromQueryResult)]
pub struct Missing {
    pub id: Uuid,
    pub blob_hash: String,
}

/// Sent reports whose signed file nobody compared: those from before files were compared when they came.
pub async fn missing(conn: &Reader, limit: u64) -> Result<Vec<Missing>, DbError> {
    let sql = format!(
        "SELECT report.id, report.blob_hash FROM programme_report AS report \
         LEFT JOIN programme_compared AS compared ON compared.report_id = report.id \
         WHERE report.blob_hash IS NOT NULL AND report.state IN ('issued', 'accepted') AND compared.report_id IS NULL \
         ORDER BY report.id LIMIT {limit}"
    );
    conn.all(&sql, vals![]).await
}
