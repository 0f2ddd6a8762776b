//! The text of live plans, passage by passage, for searching.

use db::{Conn, DbError, FromQueryResult, matching, search_put, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Passage {
    pub plan_id: Uuid,
    /// Byte of the document's text where it begins.
    pub span_start: i64,
    pub text: String,
}

pub async fn insert(conn: &Conn, id: Uuid, plan: PlanId, position: i64, start: i64, text: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_passage (id, plan_id, position, span_start, text) VALUES ($1, $2, $3, $4, $5)";
    conn.exec(sql, vals![id, plan.uuid(), position, start, text]).await?;
    search_put(conn, "programme_passage", id, text).await
}

/// Passages that have all these words, marks or no marks, plan by plan.
pub async fn find(conn: &Conn, words: &str, limit: i64) -> Result<Vec<Passage>, DbError> {
    let Some((inside, value)) = matching(conn.backend(), "programme_passage", words, 1) else { return Ok(vec![]) };
    let sql = format!(
        "SELECT plan_id, span_start, text FROM programme_passage WHERE id IN ({inside}) AND plan_id IN (SELECT id FROM programme_plan WHERE state = 'live') ORDER BY plan_id DESC, position LIMIT $2"
    );
    conn.all(&sql, vals![value, limit]).await
}
