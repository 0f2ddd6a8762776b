//! Files that were taken in and not yet looked at, by what they belong to.

use db::{BlobHash, DbError, FromQueryResult, Reader, Writer, vals};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct LookRow {
    pub subject_id: Uuid,
    /// `evidence` or `report`.
    pub kind: String,
    pub blob_hash: String,
    pub taken_by: Option<Uuid>,
}

const COLUMNS: &str = "subject_id, kind, blob_hash, taken_by";

pub async fn insert(conn: &Writer, row: &LookRow) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO programme_look ({COLUMNS}) VALUES ($1, $2, $3, $4) ON CONFLICT (subject_id) DO UPDATE SET blob_hash = excluded.blob_hash, taken_by = excluded.taken_by, problem = NULL"
    );
    conn.exec(&sql, vals![row.subject_id, row.kind.as_str(), row.blob_hash.as_str(), row.taken_by]).await?;
    Ok(())
}

pub async fn get(conn: &Reader, subject: Uuid) -> Result<Option<LookRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_look WHERE subject_id = $1"), vals![subject]).await
}

/// Those that wait longest, of which nobody knows that they cannot be looked at.
pub async fn waiting(conn: &Reader, limit: u64) -> Result<Vec<LookRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_look WHERE problem IS NULL ORDER BY subject_id LIMIT {limit}");
    conn.all(&sql, vals![]).await
}

/// Why this file cannot be looked at; false when the subject has another file by now.
pub async fn problem_set(conn: &Writer, subject: Uuid, hash: &BlobHash, code: &str) -> Result<bool, DbError> {
    let sql = "UPDATE programme_look SET problem = $3 WHERE subject_id = $1 AND blob_hash = $2";
    Ok(conn.exec(sql, vals![subject, hash.as_str(), code]).await? == 1)
}

/// Those of a part's evidence.
pub async fn of_part(conn: &Reader, part: Uuid) -> Result<Vec<LookRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_look WHERE subject_id IN (SELECT id FROM programme_evidence WHERE part_id = $1)"
    );
    conn.all(&sql, vals![part]).await
}

/// Nothing more to look at; false when the subject has another file by now.
pub async fn delete(conn: &Writer, subject: Uuid, hash: &BlobHash) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_look WHERE subject_id = $1 AND blob_hash = $2";
    Ok(conn.exec(sql, vals![subject, hash.as_str()]).await? == 1)
}

/// Takes the file from its row; the row stays and says that something was refused.
pub async fn file_drop(conn: &Writer, row: &LookRow, at: i64) -> Result<(), DbError> {
    let (id, hash) = (row.subject_id, row.blob_hash.as_str());
    if row.kind == "report" {
        let sql = "UPDATE programme_report SET file_name = NULL, blob_hash = NULL, file_identities = NULL, rev = rev + 1 WHERE id = $1 AND blob_hash = $2";
        conn.exec(sql, vals![id, hash]).await?;
        return Ok(());
    }
    let sql = "UPDATE programme_evidence SET file_name = NULL, blob_hash = NULL, label = '', number = NULL, link = NULL, removed_at = $3 WHERE id = $1 AND blob_hash = $2";
    conn.exec(sql, vals![id, hash, at]).await?;
    Ok(())
}

/// Numbers of people that were recognised in the pictures of a file, beside those of its text.
pub async fn identities_add(conn: &Writer, row: &LookRow, places: i64) -> Result<(), DbError> {
    let sql = if row.kind == "report" {
        "UPDATE programme_report SET file_identities = COALESCE(file_identities, 0) + $3 WHERE id = $1 AND blob_hash = $2"
    } else {
        "UPDATE programme_evidence SET identities = COALESCE(identities, 0) + $3 WHERE id = $1 AND blob_hash = $2"
    };
    conn.exec(sql, vals![row.subject_id, row.blob_hash.as_str(), places]).await?;
    Ok(())
}
