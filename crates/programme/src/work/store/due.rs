//! What is open and falls due on given days, or to given bodies: the rows of which people are reminded.

use db::{DbError, FromQueryResult, Reader, Value};
use kernel::UnitId;
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

/// What can fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An open part of a live plan.
    Part,
    /// A report that was not issued; its words are the label of the period.
    Report,
    /// A difficulty, at the body whose turn it is.
    Difficulty,
    /// A question, at each body that has not answered.
    Question,
}

impl What {
    pub const ALL: [Self; 4] = [Self::Part, Self::Report, Self::Difficulty, Self::Question];

    /// The statement up to its condition of days, and the columns of the day and of the body.
    fn select(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Part => (PARTS, "p.due_on", "p.unit_id"),
            Self::Report => (REPORTS, "due_on", "unit_id"),
            Self::Difficulty => (DIFFICULTIES, "due_on", "holder_id"),
            Self::Question => (QUESTIONS, "q.due_on", "a.unit_id"),
        }
    }
}

const PARTS: &str = "SELECT p.id AS id, p.unit_id, t.text AS words, p.due_on AS due_on, \
    CAST(CASE WHEN p.clock = 'before' THEN 1 ELSE 0 END AS bigint) AS is_before FROM programme_part p JOIN programme_task t ON t.id = p.task_id \
    JOIN programme_plan l ON l.id = p.plan_id WHERE l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL";
const REPORTS: &str = "SELECT id, unit_id, label AS words, due_on, CAST(0 AS bigint) AS is_before FROM programme_report WHERE state NOT IN ('issued', 'accepted')";
const DIFFICULTIES: &str = "SELECT id, holder_id AS unit_id, text AS words, due_on, CAST(0 AS bigint) AS is_before FROM programme_difficulty WHERE state = 'open' \
    AND holder_id IS NOT NULL";
const QUESTIONS: &str = "SELECT q.id, a.unit_id, q.text AS words, q.due_on, CAST(0 AS bigint) AS is_before FROM programme_question q JOIN programme_answer a ON a.question_id = q.id \
    WHERE q.closed_at IS NULL AND a.answered_at IS NULL";

/// The most of a kind for some bodies.
const MOST: u64 = 2000;

/// Due on one of these days.
pub async fn on_days(conn: &Reader, what: What, days: &[String]) -> Result<Vec<DueRow>, DbError> {
    if days.is_empty() {
        return Ok(vec![]);
    }
    let (select, day, _) = what.select();
    let values: Vec<Value> = days.iter().map(|day| day.as_str().into()).collect();
    conn.all(&format!("{select} AND {day} IN ({})", db::marks(1, days.len())), values).await
}

/// Of these bodies, due from the first day to the last, the next first.
pub async fn of_units(
    conn: &Reader,
    what: What,
    units: &[UnitId],
    (first, last): (&str, &str),
) -> Result<Vec<DueRow>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let (select, day, unit) = what.select();
    let values: Vec<Value> =
        [first.into(), last.into()].into_iter().chain(units.iter().map(|unit| unit.uuid().into())).collect();
    let marks = db::marks(3, units.len());
    let sql = format!("{select} AND {day} >= $1 AND {day} <= $2 AND {unit} IN ({marks}) ORDER BY {day} LIMIT {MOST}");
    conn.all(&sql, values).await
}
