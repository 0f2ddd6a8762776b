//! The workers: one per lane, each with one job at a time.

use std::{collections::HashMap, sync::Arc, time::Duration};

use kernel::{Actor, Ctx, Problem, ProblemKind};

use super::{
    handler::JobHandler,
    lease::{self, End, MAX_ATTEMPTS},
    row::{Job, Lane},
};
use crate::Db;

const HEARTBEAT: Duration = Duration::from_secs(30);
/// How often saying that a job failed may fail itself.
const FAREWELLS: i64 = 5;

type Handlers<'a> = HashMap<&'static str, &'a Arc<dyn JobHandler>>;

fn of_lane(handlers: &[Arc<dyn JobHandler>], lane: Lane) -> Handlers<'_> {
    handlers.iter().filter(|handler| handler.lane() == lane).map(|handler| (handler.kind(), handler)).collect()
}

/// Shows that the job is worked on; comes back only when somebody else has it.
async fn beat(db: &Db, ctx: &Ctx, job: &Job, lane: Lane) {
    loop {
        tokio::time::sleep(HEARTBEAT).await;
        match lease::renew(db, ctx, job).await {
            Ok(true) => db.beat(lane),
            Ok(false) => return,
            Err(problem) => tracing::warn!(job = %job.id, %problem, "a job's lease could not be renewed"),
        }
    }
}

async fn work(db: &Db, ctx: &Ctx, job: &Job, handler: &dyn JobHandler) -> Result<(), Problem> {
    // A job during which its process died each time would take every process down.
    if job.attempts > MAX_ATTEMPTS {
        let problem = Problem::new(ProblemKind::Internal, "job-given-up").because("its process died each time");
        return finish(db, ctx, job, Err(problem), handler).await;
    }
    let outcome = tokio::select! {
        outcome = handler.run(db, ctx, job) => outcome,
        () = beat(db, ctx, job, handler.lane()) => {
            tracing::warn!(job = %job.id, kind = job.kind, "a job was taken over by another process");
            return Ok(());
        }
    };
    finish(db, ctx, job, outcome, handler).await
}

async fn finish(
    db: &Db,
    ctx: &Ctx,
    job: &Job,
    outcome: Result<(), Problem>,
    handler: &dyn JobHandler,
) -> Result<(), Problem> {
    let is_uncounted = outcome.as_ref().is_err_and(|problem| handler.is_uncounted(problem));
    let end = if is_uncounted { End::uncounted(ctx, &outcome) } else { End::of(ctx, job, &outcome) };
    if let Err(problem) = &outcome {
        tracing::warn!(job = %job.id, kind = job.kind, %problem, "a job did not succeed");
        // Only who holds the job says that it failed.
        if matches!(end, End::Failed { .. }) && lease::renew(db, ctx, job).await? {
            let told = handler.failed(db, ctx, job, problem).await;
            if job.attempts < MAX_ATTEMPTS + FAREWELLS {
                told?;
            }
        }
    }
    lease::end(db, ctx, job, &end).await
}

/// Runs the due jobs of a lane until none is left.
async fn drain_lane(db: &Db, ctx: &Ctx, lane: Lane, handlers: &Handlers<'_>) -> Result<usize, Problem> {
    let kinds: Vec<&str> = handlers.keys().copied().collect();
    let mut count = 0;
    loop {
        let leased = lease::lease(db, ctx, lane, &kinds).await?;
        db.beat(lane);
        let Some(job) = leased else { return Ok(count) };
        let ctx = ctx.with_actor(Actor::System("jobs")).with_lang(job.lang);
        let handler = handlers.get(job.kind.as_str()).ok_or_else(|| Problem::internal("a job of another lane"))?;
        work(db, &ctx, &job, handler.as_ref()).await?;
        count += 1;
    }
}

/// Runs due jobs until none is left; returns how many ran. A writing command calls this before it exits.
pub async fn drain(db: &Db, ctx: &Ctx, handlers: &[Arc<dyn JobHandler>]) -> Result<usize, Problem> {
    let mut count = 0;
    loop {
        let mut round = 0;
        for lane in Lane::ALL {
            round += drain_lane(db, ctx, lane, &of_lane(handlers, lane)).await?;
        }
        if round == 0 {
            return Ok(count);
        }
        count += round;
    }
}

/// Runs jobs for as long as the server lives: after each commit, and at least once a second.
pub async fn run_forever(db: Db, ctx: Ctx, handlers: Vec<Arc<dyn JobHandler>>) {
    match lease::give_back(&db, &ctx).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "jobs of a process that died are done again"),
        Err(problem) => tracing::warn!(%problem, "jobs of dead processes could not be looked for"),
    }
    tokio::join!(kept(&db, &ctx, Lane::Short, &handlers), kept(&db, &ctx, Lane::Long, &handlers));
}

/// A lane is a task of its own, so that computing holds no other one; it ends with this future, and begins anew when a
/// handler panics.
async fn kept(db: &Db, ctx: &Ctx, lane: Lane, handlers: &[Arc<dyn JobHandler>]) {
    loop {
        let mut task = tokio::task::JoinSet::new();
        task.spawn(lane_forever(db.clone(), ctx.clone(), lane, handlers.to_vec()));
        let ended = task.join_next().await;
        tracing::error!(?lane, ?ended, "the jobs of a lane ended and begin anew");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn lane_forever(db: Db, ctx: Ctx, lane: Lane, handlers: Vec<Arc<dyn JobHandler>>) {
    let handlers = of_lane(&handlers, lane);
    let mut changes = db.changes();
    loop {
        match drain_lane(&db, &ctx, lane, &handlers).await {
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
