//! Jobs: queued inside the act that needs them, leased by kind, kept alive by a heartbeat, retried with growing pauses,
//! visible with their progress. What kills its process is given up after a few attempts.

mod counts;
mod holder;
mod lease;
mod pulse;
mod queue;
mod run;

use std::fmt;

use async_trait::async_trait;
use kernel::{Ctx, Lang, Problem};
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::Db;

pub use counts::{JobCount, LateJobs, counts, late};
pub use lease::{give_back, release};
pub(crate) use pulse::Pulse;
pub use queue::{before, daily, job, last_failure, progress, queued_at};
pub(crate) use queue::{enqueue, put_right};
pub use run::{drain, run_forever};

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
struct Row {
    id: Uuid,
    kind: String,
    payload: String,
    state: String,
    attempts: i64,
    done: i64,
    total: i64,
    error: Option<String>,
    lang: String,
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

const COLUMNS: &str = "id, kind, payload, state, attempts, done, total, error, lang";

/// Does the work of one kind of job. An error of kind `Unavailable` is retried; any other ends the job.
///
/// It may be dropped at any await, and run again from the start, when its lease is lost.
#[async_trait]
pub trait JobHandler: Send + Sync + fmt::Debug {
    fn kind(&self) -> &'static str;
    fn lane(&self) -> Lane {
        Lane::Short
    }
    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem>;
    /// Whether this was no attempt at the work: what it needs was busy with others. It is tried again however often.
    fn is_uncounted(&self, _problem: &Problem) -> bool {
        false
    }
    /// Called once when the job has ended in failure, so that what waits for it can say so.
    async fn failed(&self, _db: &Db, _ctx: &Ctx, _job: &Job, _problem: &Problem) -> Result<(), Problem> {
        Ok(())
    }
}
