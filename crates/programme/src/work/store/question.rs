//! Questions that leaders and followers ask of bodies, and the answers.

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{
    UnitId,
    ids::{PartId, QuestionId},
};
use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct QuestionRow {
    pub id: Uuid,
    pub plan_id: Option<Uuid>,
    /// The line that must be explained; none for a question at large.
    pub part_id: Option<Uuid>,
    pub asked_by: Uuid,
    pub actor: String,
    /// The account behind the actor.
    pub hand: Option<String>,
    pub text: Words,
    pub due_on: Option<String>,
    pub asked_at: i64,
    pub closed_at: Option<i64>,
    pub rev: i64,
}

const COLUMNS: &str = "id, plan_id, part_id, asked_by, actor, hand, text, due_on, asked_at, closed_at, rev";

pub async fn insert(conn: &Writer, row: &QuestionRow, units: &[UnitId]) -> Result<(), DbError> {
    let sql =
        format!("INSERT INTO programme_question ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    let values = vals![
        row.id,
        row.plan_id,
        row.part_id,
        row.asked_by,
        row.actor.as_str(),
        row.hand.clone(),
        row.text.as_str(),
        row.due_on.clone(),
        row.asked_at,
        row.closed_at,
        row.rev,
    ];
    conn.exec(&sql, values).await?;
    for unit in units {
        let sql = "INSERT INTO programme_answer (question_id, unit_id) VALUES ($1, $2)";
        conn.exec(sql, vals![row.id, unit.uuid()]).await?;
    }
    Ok(())
}

pub async fn get(conn: &Reader, id: QuestionId) -> Result<Option<QuestionRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_question WHERE id = $1"), vals![id.uuid()]).await
}

/// Whether it is still to be answered, and stays so until the act is over.
pub async fn is_open(conn: &Writer, id: QuestionId) -> Result<bool, DbError> {
    conn.keep("programme_question", "id = $1 AND closed_at IS NULL", vals![id.uuid()]).await
}

pub async fn of_part(conn: &Reader, part: PartId) -> Result<Vec<QuestionRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_question WHERE part_id = $1 ORDER BY id DESC");
    conn.all(&sql, vals![part.uuid()]).await
}

/// Open or lately closed questions that these units asked, the newest first; of all where none is named.
pub async fn asked_by(conn: &Reader, units: Option<&[UnitId]>, limit: u64) -> Result<Vec<QuestionRow>, DbError> {
    let (filter, values) = match units {
        Some([]) => return Ok(vec![]),
        Some(units) => (
            format!("WHERE asked_by IN ({})", db::marks(1, units.len())),
            units.iter().map(|unit| unit.uuid().into()).collect(),
        ),
        None => (String::new(), vec![]),
    };
    conn.all(&format!("SELECT {COLUMNS} FROM programme_question {filter} ORDER BY id DESC LIMIT {limit}"), values).await
}

/// Questions that wait for an answer of these units.
pub async fn waiting_for(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<QuestionRow>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_question WHERE closed_at IS NULL AND id IN \
         (SELECT question_id FROM programme_answer WHERE answered_at IS NULL AND unit_id IN ({})) ORDER BY due_on, id LIMIT {limit}",
        db::marks(1, units.len())
    );
    conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

pub async fn closed_set(conn: &Writer, id: QuestionId, rev: i64, at: Option<i64>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_question SET closed_at = $3, rev = rev + 1 WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![id.uuid(), rev, at]).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct AnswerRow {
    pub question_id: Uuid,
    pub unit_id: Uuid,
    pub text: Option<Words>,
    pub answered_at: Option<i64>,
    pub actor: Option<String>,
}

pub async fn answers(conn: &Reader, id: QuestionId) -> Result<Vec<AnswerRow>, DbError> {
    let sql = "SELECT question_id, unit_id, text, answered_at, actor FROM programme_answer WHERE question_id = $1 ORDER BY unit_id";
    conn.all(sql, vals![id.uuid()]).await
}

/// Sets a body's answer, or with none takes it back; false when the body was not asked.
pub async fn answer_set(
    conn: &Writer,
    id: QuestionId,
    unit: UnitId,
    text: Option<&str>,
    at: Option<i64>,
    actor: Option<&str>,
) -> Result<bool, DbError> {
    let sql =
        "UPDATE programme_answer SET text = $3, answered_at = $4, actor = $5 WHERE question_id = $1 AND unit_id = $2";
    let values = vals![id.uuid(), unit.uuid(), text.map(Words::new), at, actor.map(str::to_owned)];
    Ok(conn.exec(sql, values).await? == 1)
}
