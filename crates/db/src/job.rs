//! Jobs: queued inside the act that needs them, leased, retried with growing pauses, visible with their progress.

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::{Actor, Ctx, JobId, Lang, Problem, ids::kinds};
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{Conn, Db, DbError, Tx, vals};

const LEASE_MICROS: i64 = 600_000_000;
const MAX_ATTEMPTS: i64 = 5;

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

#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    pub state: JobState,
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
#[async_trait]
pub trait JobHandler: Send + Sync + fmt::Debug {
    fn kind(&self) -> &'static str;
    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem>;
    /// Called once when the job has ended in failure, so that what waits for it can say so.
    async fn failed(&self, _db: &Db, _ctx: &Ctx, _job: &Job, _problem: &Problem) -> Result<(), Problem> {
        Ok(())
    }
}

pub(crate) async fn enqueue(
    tx: &Tx,
    ctx: &Ctx,
    kind: &str,
    payload: &Json,
    at: Option<Timestamp>,
) -> Result<JobId, DbError> {
    let id = ctx.new_id::<kinds::Job>();
    let now = ctx.now();
    let run_at = at.unwrap_or(now).as_microsecond();
    let sql = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at) \
               VALUES ($1, $2, $3, 'waiting', $4, 0, 0, 0, $5, $6)";
    tx.exec(sql, vals![id.uuid(), kind, payload.to_string(), run_at, ctx.lang.code(), now.as_microsecond()]).await?;
    Ok(id)
}

/// Queues work that is to be done once a day, in Vietnam's days; whoever looks first on a day queues it.
pub async fn daily(db: &Db, ctx: &Ctx, kinds: &[&str]) -> Result<(), Problem> {
    let day = &ctx.today().to_string();
    for kind in kinds {
        let there = "SELECT COUNT(*) FROM db_daily WHERE kind = $1 AND day = $2";
        if db.read().count(there, vals![*kind, day.as_str()]).await? > 0 {
            continue;
        }
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            let sql = "INSERT INTO db_daily (kind, day) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            if tx.exec(sql, vals![*kind, day.as_str()]).await? == 1 {
                enqueue(&tx, ctx, kind, &Json::Null, None).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// When the next work of this kind starts, in microseconds; none where none waits.
pub async fn queued_at(conn: &Conn, kind: &str) -> Result<Option<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Next {
        at: Option<i64>,
    }
    let sql = "SELECT MIN(run_at) AS at FROM db_job WHERE kind = $1 AND state = 'waiting'";
    let next: Option<Next> = conn.one(sql, vals![kind]).await?;
    Ok(next.and_then(|next| next.at))
}

pub async fn job(conn: &Conn, id: JobId) -> Result<Option<Job>, DbError> {
    let row: Option<Row> = conn.one(&format!("SELECT {COLUMNS} FROM db_job WHERE id = $1"), vals![id.uuid()]).await?;
    Ok(row.map(Job::from))
}

/// Says how far a running job is; its lease begins anew.
pub async fn progress(db: &Db, ctx: &Ctx, id: JobId, done: usize, total: usize) -> Result<(), Problem> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let leased_until = ctx.now().as_microsecond() + LEASE_MICROS;
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_job SET done = $2, total = $3, leased_until = $4 WHERE id = $1";
        tx.exec(sql, vals![id.uuid(), count(done), count(total), leased_until]).await?;
        Ok(())
    })
    .await
}

/// How many unfinished jobs were queued before this one.
pub async fn before(conn: &Conn, id: JobId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) FROM db_job WHERE state IN ('waiting', 'running') AND id < $1";
    conn.count(sql, vals![id.uuid()]).await
}

async fn lease(db: &Db, ctx: &Ctx, holder: &str) -> Result<Option<Job>, Problem> {
    let now = ctx.now().as_microsecond();
    // Mostly there is nothing to do, and finding that out needs no lock.
    let due = "SELECT COUNT(*) FROM db_job WHERE (state = 'waiting' AND run_at <= $1) OR (state = 'running' AND leased_until < $1)";
    if db.read().count(due, vals![now]).await? == 0 {
        return Ok(None);
    }
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let lock = if tx.is_sqlite() { "" } else { " FOR UPDATE SKIP LOCKED" };
        let find = format!(
            "SELECT {COLUMNS} FROM db_job WHERE (state = 'waiting' AND run_at <= $1) \
             OR (state = 'running' AND leased_until < $1) ORDER BY run_at, id LIMIT 1{lock}"
        );
        let Some(row) = tx.one::<Row>(&find, vals![now]).await? else { return Ok(None) };
        let take = "UPDATE db_job SET state = 'running', holder = $2, leased_until = $3, attempts = attempts + 1 WHERE id = $1";
        tx.exec(take, vals![row.id, holder, now + LEASE_MICROS]).await?;
        Ok(Some(Job::from(row)))
    })
    .await
}

async fn finish(
    db: &Db,
    ctx: &Ctx,
    job: &Job,
    outcome: Result<(), Problem>,
    handler: &dyn JobHandler,
) -> Result<(), Problem> {
    let attempts = job.attempts + 1;
    let (state, error, run_at) = match &outcome {
        Ok(()) => ("done", None, None),
        Err(problem) if problem.kind == kernel::ProblemKind::Unavailable && attempts < MAX_ATTEMPTS => {
            let pause = 1_000_000_i64 << attempts;
            ("waiting", Some(problem.code), Some(ctx.now().as_microsecond() + pause))
        }
        Err(problem) => ("failed", Some(problem.code), None),
    };
    if let Err(problem) = &outcome {
        tracing::warn!(job = %job.id, kind = job.kind, %problem, "a job did not succeed");
        if state == "failed" {
            handler.failed(db, ctx, job, problem).await?;
        }
    }
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_job SET state = $2, error = $3, holder = NULL, leased_until = NULL, run_at = COALESCE($4, run_at) WHERE id = $1";
        tx.exec(sql, vals![job.id.uuid(), state, error, run_at]).await?;
        Ok(())
    })
    .await
}

/// Runs due jobs until none is left; returns how many ran. A writing command calls this before it exits.
pub async fn drain(db: &Db, ctx: &Ctx, handlers: &[Arc<dyn JobHandler>]) -> Result<usize, Problem> {
    let by_kind: HashMap<&str, &Arc<dyn JobHandler>> = handlers.iter().map(|h| (h.kind(), h)).collect();
    let mut count = 0;
    while let Some(job) = lease(db, ctx, &ctx.request.to_string()).await? {
        let ctx = ctx.with_actor(Actor::System("jobs")).with_lang(job.lang);
        if let Some(handler) = by_kind.get(job.kind.as_str()) {
            let outcome = handler.run(db, &ctx, &job).await;
            finish(db, &ctx, &job, outcome, handler.as_ref()).await?;
        } else {
            tracing::error!(kind = job.kind, "no handler for this kind of job");
            break;
        }
        count += 1;
    }
    Ok(count)
}

/// Runs jobs for as long as the server lives: after each commit, and at least once a second.
pub async fn run_forever(db: Db, ctx: Ctx, handlers: Vec<Arc<dyn JobHandler>>) {
    let mut changes = db.changes();
    loop {
        match drain(&db, &ctx, &handlers).await {
            Ok(0) => {
                let _ = tokio::time::timeout(Duration::from_secs(1), changes.recv()).await;
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!(%problem, "jobs cannot be looked for");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}
