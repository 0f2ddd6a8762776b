//! Questions that leaders and followers ask of bodies, and the answers.

use crate::ids::{PartId, QuestionId};
use db::{DbError, FromQueryResult, Reader, Row as _, Words, Writer, vals};
use kernel::{Problem, Resource, UnitId};
use uuid::Uuid;

use crate::work::model::question::Question;

pub async fn insert(conn: &Writer, row: &Question, units: &[UnitId]) -> Result<(), DbError> {
    row.insert(conn).await?;
    for unit in units {
        let sql = "INSERT INTO programme_answer (question_id, unit_id) VALUES ($1, $2)";
        conn.exec(sql, vals![row.id.uuid(), unit.uuid()]).await?;
    }
    Ok(())
}

/// Whether it is still to be answered, and stays so until the act is over.
pub async fn is_open(conn: &Writer, id: QuestionId) -> Result<bool, DbError> {
    conn.keep("programme_question", "id = $1 AND closed_at IS NULL", vals![id.uuid()]).await
}

pub async fn of_part(conn: &Reader, part: PartId) -> Result<Vec<Question>, DbError> {
    Question::find(conn, "WHERE part_id = $1 ORDER BY id DESC", vals![part.uuid()]).await
}

/// Questions that wait for an answer of these units.
pub async fn waiting_for(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<Question>, DbError> {
    let tail = format!(
        "WHERE closed_at IS NULL AND id IN (SELECT question_id FROM programme_answer WHERE answered_at IS NULL \
         AND unit_id IN ({})) ORDER BY due_on, id LIMIT {limit}",
        db::marks(1, units.len())
    );
    Question::find(conn, &tail, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// What the right to read it comes from.
pub async fn resource(conn: &Reader, row: &Question) -> Result<Resource, Problem> {
    let involved = answers(conn, row.id).await?.iter().map(AnswerRow::unit).collect();
    let (id, unit) = (row.id.to_string(), Some(row.asked_by));
    Ok(Resource { kind: "Question", id, unit, involved, ..Resource::default() })
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct AnswerRow {
    pub question_id: Uuid,
    pub unit_id: Uuid,
    pub text: Option<Words>,
    pub answered_at: Option<i64>,
    pub actor: Option<String>,
    /// The account behind the actor; none in an answer of before it was kept.
    pub hand: Option<String>,
    /// The body that answered for the one that was asked.
    pub acted_by: Option<Uuid>,
}

impl AnswerRow {
    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }
}

pub async fn answers(conn: &Reader, id: QuestionId) -> Result<Vec<AnswerRow>, DbError> {
    let sql = "SELECT question_id, unit_id, text, answered_at, actor, hand, acted_by FROM programme_answer WHERE question_id = $1 ORDER BY unit_id";
    conn.all(sql, vals![id.uuid()]).await
}

/// The same of one body, as it stays until the act is over; none where it was not asked.
pub async fn answer_held(conn: &Writer, id: QuestionId, unit: UnitId) -> Result<Option<AnswerRow>, DbError> {
    conn.hold("programme_answer", "question_id = $1 AND unit_id = $2", vals![id.uuid(), unit.uuid()]).await?;
    Ok(answers(conn, id).await?.into_iter().find(|row| row.unit() == unit))
}

/// What a body answers.
#[derive(Debug, Clone)]
pub struct Answer {
    pub text: Words,
    pub at: i64,
    pub actor: String,
    pub hand: String,
    pub acted_by: Option<UnitId>,
}

/// Sets a body's answer, or with none takes it back; false when the body was not asked.
pub async fn answer_set(conn: &Writer, id: QuestionId, unit: UnitId, answer: Option<&Answer>) -> Result<bool, DbError> {
    let sql = "UPDATE programme_answer SET text = $3, answered_at = $4, actor = $5, hand = $6, acted_by = $7 \
        WHERE question_id = $1 AND unit_id = $2";
    let values = vals![
        id.uuid(),
        unit.uuid(),
        answer.map(|answer| answer.text.clone()),
        answer.map(|answer| answer.at),
        answer.map(|answer| answer.actor.clone()),
        answer.map(|answer| answer.hand.clone()),
        answer.and_then(|answer| answer.acted_by).map(|unit| unit.uuid()),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}
