//! Why parts are late: what was raised, asked and last said about them.

use db::{DbError, FromQueryResult, Reader, Value};
use uuid::Uuid;

/// Words about a part.
#[derive(Debug, Clone, FromQueryResult)]
pub struct AboutPart {
    pub part_id: Uuid,
    pub text: String,
    pub at: i64,
    /// Whose turn it is, for a difficulty.
    pub unit_id: Option<Uuid>,
    pub due_on: Option<String>,
}

async fn about(conn: &Reader, sql: &str, parts: &[Uuid]) -> Result<Vec<AboutPart>, DbError> {
    if parts.is_empty() {
        return Ok(vec![]);
    }
    let values: Vec<Value> = parts.iter().map(|part| (*part).into()).collect();
    conn.all(&sql.replace("{parts}", &db::marks(1, parts.len())), values).await
}

/// Open difficulties of these parts, the newest first.
pub async fn difficulties(conn: &Reader, parts: &[Uuid]) -> Result<Vec<AboutPart>, DbError> {
    let sql = "SELECT part_id, text, raised_at AS at, holder_id AS unit_id, due_on FROM programme_difficulty \
        WHERE state = 'open' AND part_id IN ({parts}) ORDER BY id DESC";
    about(conn, sql, parts).await
}

/// Explanations that were asked for and not closed, the newest first.
pub async fn questions(conn: &Reader, parts: &[Uuid]) -> Result<Vec<AboutPart>, DbError> {
    let sql = "SELECT part_id, text, asked_at AS at, asked_by AS unit_id, due_on FROM programme_question \
        WHERE closed_at IS NULL AND part_id IN ({parts}) ORDER BY id DESC";
    about(conn, sql, parts).await
}

/// The last words of the body on each of these parts.
pub async fn last_words(conn: &Reader, parts: &[Uuid]) -> Result<Vec<AboutPart>, DbError> {
    let sql = "SELECT part_id, text, at, CAST(NULL AS uuid) AS unit_id, CAST(NULL AS text) AS due_on FROM \
        (SELECT part_id, text, at, ROW_NUMBER() OVER (PARTITION BY part_id ORDER BY id DESC) AS place FROM programme_entry \
        WHERE part_id IN ({parts}) AND undone_at IS NULL AND text <> '') AS said WHERE place = 1";
    about(conn, sql, parts).await
}
