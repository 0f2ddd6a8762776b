//! Leases: who works on a job, for how long without a sign of life, and what becomes of those whose holder died.

use kernel::{Ctx, Problem, ProblemKind};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    holder::Holder,
    row::{COLUMNS, Job, Lane, Row},
};
use crate::{Db, marks, vals};

pub(super) const LEASE_MICROS: i64 = 90_000_000;
pub(super) const MAX_ATTEMPTS: i64 = 5;
/// Whose turn it is is decided by who was served within this time.
const TURNS_MICROS: i64 = 3_600_000_000;
/// What was busy is asked again after this time.
const UNCOUNTED_MICROS: i64 = 30_000_000;
/// Found at once, so that two processes seldom reach for the same one.
const CANDIDATES: usize = 8;

const DUE: &str = "((state = 'waiting' AND run_at <= $1) OR (state = 'running' AND leased_until < $1))";

#[derive(FromQueryResult)]
struct Candidate {
    id: Uuid,
}

/// The order in which jobs are taken: the oldest, in the long lane of who waited longest since their last one. `$1` is
/// now, `$2` since when being served counts, then come the kinds.
fn candidates(lane: Lane, kinds: usize) -> String {
    let kinds = marks(3, kinds);
    let turn = match lane {
        Lane::Short => "due.run_at",
        Lane::Long => "COALESCE(served.at, 0)",
    };
    format!(
        "SELECT due.id FROM (SELECT id, run_at, COALESCE(actor, '') AS who FROM db_job WHERE {DUE} AND kind IN ({kinds})) AS due \
         LEFT JOIN (SELECT COALESCE(actor, '') AS who, MAX(taken_at) AS at FROM db_job \
           WHERE taken_at > $2 AND kind IN ({kinds}) GROUP BY COALESCE(actor, '')) AS served ON served.who = due.who \
         ORDER BY {turn}, due.run_at, due.id LIMIT {CANDIDATES}"
    )
}

/// Takes the next job of a lane, if one is due that this process has a handler for.
pub(super) async fn lease(db: &Db, ctx: &Ctx, lane: Lane, kinds: &[&str]) -> Result<Option<Job>, Problem> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let now = ctx.now().as_microsecond();
    let find = candidates(lane, kinds.len());
    let mut values = vals![now, now - TURNS_MICROS];
    values.extend(kinds.iter().map(|kind| crate::Value::from(*kind)));
    // Mostly there is nothing to do, and finding that out needs no lock.
    if db.read().one::<Candidate>(&find, values.clone()).await?.is_none() {
        return Ok(None);
    }
    let (find, values, holder) = (&find, &values, &Holder::own().to_string());
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let lock = if tx.is_sqlite() { "" } else { " FOR UPDATE SKIP LOCKED" };
        for Candidate { id } in tx.all::<Candidate>(find, values.clone()).await? {
            let still = format!("SELECT {COLUMNS} FROM db_job WHERE {DUE} AND id = $2{lock}");
            let Some(mut row) = tx.one::<Row>(&still, vals![now, id]).await? else { continue };
            row.attempts += 1;
            let take = "UPDATE db_job SET state = 'running', holder = $2, leased_until = $3, attempts = $4, taken_at = $5 WHERE id = $1";
            tx.exec(take, vals![id, holder.as_str(), now + LEASE_MICROS, row.attempts, now]).await?;
            return Ok(Some(Job::from(row)));
        }
        Ok(None)
    })
    .await
}

/// The lease begins anew; false when somebody else has the job by now.
pub(super) async fn renew(db: &Db, ctx: &Ctx, job: &Job) -> Result<bool, Problem> {
    let (holder, until) = (&Holder::own().to_string(), ctx.now().as_microsecond() + LEASE_MICROS);
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql =
            "UPDATE db_job SET leased_until = $4 WHERE id = $1 AND state = 'running' AND holder = $2 AND attempts = $3";
        Ok(tx.exec(sql, vals![job.id.uuid(), holder.as_str(), job.attempts, until]).await? == 1)
    })
    .await
}

pub(super) enum End {
    Done,
    Again {
        at: i64,
        code: &'static str,
    },
    /// Tried again, and this was no attempt.
    Uncounted {
        at: i64,
        code: &'static str,
    },
    Failed {
        code: &'static str,
    },
}

impl End {
    pub fn uncounted(ctx: &Ctx, outcome: &Result<(), Problem>) -> Self {
        let code = outcome.as_ref().err().map_or("", |problem| problem.code);
        Self::Uncounted { at: ctx.now().as_microsecond() + UNCOUNTED_MICROS, code }
    }

    pub fn of(ctx: &Ctx, job: &Job, outcome: &Result<(), Problem>) -> Self {
        match outcome {
            Ok(()) => Self::Done,
            Err(problem) if problem.kind == ProblemKind::Unavailable && job.attempts < MAX_ATTEMPTS => {
                let pause = 1_000_000_i64 << job.attempts;
                Self::Again { at: ctx.now().as_microsecond() + pause, code: problem.code }
            }
            Err(problem) => Self::Failed { code: problem.code },
        }
    }
}

/// Lets go of a job that this process holds; one that somebody else has taken by now is theirs to end.
pub(super) async fn end(db: &Db, ctx: &Ctx, job: &Job, end: &End) -> Result<(), Problem> {
    let now = ctx.now().as_microsecond();
    let (state, error, run_at, ended_at) = match end {
        End::Done => ("done", None, None, Some(now)),
        End::Again { at, code } | End::Uncounted { at, code } => ("waiting", Some(*code), Some(*at), None),
        End::Failed { code } => ("failed", Some(*code), None, Some(now)),
    };
    let uncounted = i64::from(matches!(end, End::Uncounted { .. }));
    let holder = &Holder::own().to_string();
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_job SET state = $2, error = $3, holder = NULL, leased_until = NULL, run_at = COALESCE($4, run_at), ended_at = $5, \
                   attempts = attempts - $8 WHERE id = $1 AND holder = $6 AND attempts = $7";
        let values = vals![job.id.uuid(), state, error, run_at, ended_at, holder.as_str(), job.attempts, uncounted];
        tx.exec(sql, values).await?;
        Ok(())
    })
    .await
}

/// At the start of a process: jobs of processes of this machine that died wait again. Returns how many.
pub async fn give_back(db: &Db, ctx: &Ctx) -> Result<u64, Problem> {
    #[derive(FromQueryResult)]
    struct Held {
        holder: String,
    }
    let sql = "SELECT DISTINCT holder FROM db_job WHERE state = 'running' AND holder IS NOT NULL";
    let held: Vec<Held> = db.read().all(sql, vals![]).await?;
    let dead = held.into_iter().filter(|held| Holder::parse(&held.holder).is_some_and(|holder| holder.is_dead()));
    let mut count = 0;
    for Held { holder } in dead {
        count += free(db, ctx, &holder, 0).await?;
    }
    Ok(count)
}

/// At the orderly end of a process: its jobs wait again, and this was no attempt.
pub async fn release(db: &Db, ctx: &Ctx) -> Result<u64, Problem> {
    free(db, ctx, &Holder::own().to_string(), 1).await
}

async fn free(db: &Db, ctx: &Ctx, holder: &str, uncounted: i64) -> Result<u64, Problem> {
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_job SET state = 'waiting', holder = NULL, leased_until = NULL, attempts = attempts - $2 \
                   WHERE state = 'running' AND holder = $1";
        Ok(tx.exec(sql, vals![holder, uncounted]).await?)
    })
    .await
}
