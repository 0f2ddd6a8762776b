//! Letters that the program drafts and an officer releases.

use db::{DbError, Reader, vals};
use kernel::Code as _;

use crate::work::model::letter::LetterKind;

/// True when a letter of this kind about this subject was drafted at or after a moment.
pub async fn since(conn: &Reader, kind: LetterKind, subject: &str, at: i64) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM programme_letter WHERE subject = $1 AND kind = $2 AND drafted_at >= $3";
    Ok(conn.count(sql, vals![subject, kind.code(), at]).await? > 0)
}
