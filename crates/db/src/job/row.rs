//! A job as it is kept.

use kernel::Lang;
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

kernel::id!(OfJob JobId "job");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
}

impl JobState {
    fn parse(text: &str) -> Self {
        match text {
            "waiting" => Self::Waiting,
            "running" => Self::Running,
            "done" => Self::Done,
            _ => Self::Failed,
        }
    }
}

/// Jobs of a lane wait for each other, never for those of the other lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Seconds at most: letters, the morning round, opening a period.
    Short,
    /// Work of a document's size: reading, comparing. People take turns.
    Long,
}

impl Lane {
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];
}

#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    pub state: JobState,
    /// How often it was taken up, this time too.
    pub attempts: i64,
    pub done: i64,
    pub total: i64,
    /// The code of the problem that ended it.
    pub error: Option<String>,
    pub lang: Lang,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub state: String,
    pub attempts: i64,
    pub done: i64,
    pub total: i64,
    pub error: Option<String>,
    pub lang: String,
}

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        Self {
            id: JobId::from_uuid(row.id),
            kind: row.kind,
            payload: serde_json::from_str(&row.payload).unwrap_or(Json::Null),
            state: JobState::parse(&row.state),
            attempts: row.attempts,
            done: row.done,
            total: row.total,
            error: row.error,
            lang: if row.lang == "en" { Lang::En } else { Lang::Vi },
        }
    }
}

pub(super) const COLUMNS: &str = "id, kind, payload, state, attempts, done, total, error, lang";
