//! What is open and falls due on given days: the rows of which people are reminded.

use db::{DbError, FromQueryResult, Reader, Value};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct DueRow {
    pub id: Uuid,
    pub unit_id: Uuid,
    pub words: String,
    pub due_on: String,
    /// 1 where it is said as before the day after it.
    pub is_before: i64,
}

const PARTS: &str = "SELECT p.id AS id, p.unit_id, t.text AS words, p.due_on AS due_on, \
    CAST(CASE WHEN p.clock = 'before' THEN 1 ELSE 0 END AS bigint) AS is_before FROM programme_part p JOIN programme_task t ON t.id = p.task_id \
    JOIN programme_plan l ON l.id = p.plan_id WHERE l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL AND p.due_on";
const REPORTS: &str = "SELECT id, unit_id, label AS words, due_on, CAST(0 AS bigint) AS is_before FROM programme_report WHERE state NOT IN ('issued', 'accepted') AND due_on";
const DIFFICULTIES: &str = "SELECT id, holder_id AS unit_id, text AS words, due_on, CAST(0 AS bigint) AS is_before FROM programme_difficulty WHERE state = 'open' \
    AND holder_id IS NOT NULL AND due_on";
const QUESTIONS: &str = "SELECT q.id, a.unit_id, q.text AS words, q.due_on, CAST(0 AS bigint) AS is_before FROM programme_question q JOIN programme_answer a ON a.question_id = q.id \
    WHERE q.closed_at IS NULL AND a.answered_at IS NULL AND q.due_on";

async fn due(conn: &Reader, select: &str, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    if days.is_empty() {
        return Ok(vec![]);
    }
    let values: Vec<Value> = days.iter().map(|day| day.as_str().into()).collect();
    conn.all(&format!("{select} IN ({})", db::marks(1, days.len())), values).await
}

/// Open parts of live plans.
pub async fn parts(conn: &Reader, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    due(conn, PARTS, days).await
}

/// Reports that were not issued; their words are the label of the period.
pub async fn reports(conn: &Reader, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    due(conn, REPORTS, days).await
}

/// Difficulties, at the body whose turn it is.
pub async fn difficulties(conn: &Reader, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    due(conn, DIFFICULTIES, days).await
}

/// Questions, at each body that has not answered.
pub async fn questions(conn: &Reader, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    due(conn, QUESTIONS, days).await
}
