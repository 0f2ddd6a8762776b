//! The text of live plans, passage by passage, for searching.

use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, matching, search_put_all, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct Passage {
    pub plan_id: Uuid,
    /// Byte of the document's text where it begins.
    pub span_start: i64,
    pub text: String,
}

/// The passages of one plan in their order, each with its id and the byte where it begins.
pub async fn insert_all(conn: &Writer, plan: PlanId, passages: &[(Uuid, i64, Words)]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_passage", "id, plan_id, position, span_start, text");
    for (position, (id, start, text)) in (1_i64..).zip(passages) {
        insert.row(vals![*id, plan.uuid(), position, *start, text]);
    }
    insert.run(conn).await?;
    let texts: Vec<(Uuid, Words)> = passages.iter().map(|(id, _, text)| (*id, text.clone())).collect();
    search_put_all(conn, "programme_passage_search", &texts).await
}

/// Passages that have all these words, marks or no marks, plan by plan.
pub async fn find(conn: &Reader, words: &str, limit: i64) -> Result<Vec<Passage>, DbError> {
    let Some((inside, value)) = matching(conn.backend(), "programme_passage", words, 1) else { return Ok(vec![]) };
    let sql = format!(
        "SELECT plan_id, span_start, text FROM programme_passage WHERE id IN ({inside}) AND plan_id IN (SELECT id FROM programme_plan WHERE state = 'live') ORDER BY plan_id DESC, position LIMIT $2"
    );
    conn.all(&sql, vals![value, limit]).await
}
