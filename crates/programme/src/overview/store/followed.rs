//! Plans whose work a board counts although other bodies do it.

use db::{DbError, Reader};
use kernel::UnitId;

/// How many live plans these units issued or follow.
pub async fn count(conn: &Reader, own: &[UnitId]) -> Result<i64, DbError> {
    if own.is_empty() {
        return Ok(0);
    }
    let marks = db::marks(1, own.len());
    let sql = format!(
        "SELECT COUNT(*) FROM programme_plan WHERE state = 'live' AND (follower_id IN ({marks}) OR issuer_id IN ({marks}))"
    );
    conn.count(&sql, own.iter().map(|unit| unit.uuid().into()).collect()).await
}
