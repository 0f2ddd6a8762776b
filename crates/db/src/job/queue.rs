//! Jobs on their way in, and what pages ask about them.

use jiff::Timestamp;
use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use super::{
    holder::Holder,
    lease::LEASE_MICROS,
    row::{COLUMNS, Job, JobId, OfJob, Row},
};
use crate::{Db, DbError, Reader, Tx, vals};

async fn enqueue(tx: &Tx, ctx: &Ctx, kind: &str, payload: &Json, at: Option<Timestamp>) -> Result<JobId, DbError> {
    let id = ctx.new_id::<OfJob>();
    let now = ctx.now();
    let run_at = at.unwrap_or(now).as_microsecond();
    let sql = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at, actor) \
               VALUES ($1, $2, $3, 'waiting', $4, 0, 0, 0, $5, $6, $7)";
    let (payload, lang, actor) = (payload.to_string(), ctx.lang.code(), ctx.actor.pseudonym());
    tx.exec(sql, vals![id.uuid(), kind, payload, run_at, lang, now.as_microsecond(), actor]).await?;
    Ok(id)
}

impl Tx {
    /// Queues work that starts when this act is committed.
    pub async fn enqueue(&self, kind: &str, payload: &Json) -> Result<JobId, DbError> {
        enqueue(self, self.ctx(), kind, payload, None).await
    }

    /// Queues work that starts at a later moment; it waits through a restart.
    pub async fn enqueue_at(&self, kind: &str, payload: &Json, at: Timestamp) -> Result<JobId, DbError> {
        enqueue(self, self.ctx(), kind, payload, Some(at)).await
    }
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

/// Nothing is put off for longer.
const LONGEST_DELAY_MICROS: i64 = 24 * 3600 * 1_000_000;

/// After the clock was ahead: what was queued, put off, taken or ended then would wait for that time to come.
pub(crate) async fn put_right(tx: &Tx) -> Result<(), DbError> {
    let now = tx.ctx().now().as_microsecond();
    let waits =
        "UPDATE db_job SET run_at = $1 WHERE state = 'waiting' AND (run_at > $2 OR (run_at > $1 AND created_at > $1))";
    tx.exec(waits, vals![now, now + LONGEST_DELAY_MICROS]).await?;
    let held = "UPDATE db_job SET leased_until = $1 WHERE state = 'running' AND leased_until > $1";
    tx.exec(held, vals![now + LEASE_MICROS]).await?;
    for column in ["created_at", "taken_at", "ended_at"] {
        tx.exec(&format!("UPDATE db_job SET {column} = $1 WHERE {column} > $1"), vals![now]).await?;
    }
    tx.exec("DELETE FROM db_daily WHERE day > $1", vals![tx.ctx().today().to_string()]).await?;
    Ok(())
}

/// When the next work of this kind starts, in microseconds; none where none waits.
pub async fn queued_at(conn: &Reader, kind: &str) -> Result<Option<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Next {
        at: Option<i64>,
    }
    let sql = "SELECT MIN(run_at) AS at FROM db_job WHERE kind = $1 AND state = 'waiting'";
    let next: Option<Next> = conn.one(sql, vals![kind]).await?;
    Ok(next.and_then(|next| next.at))
}

/// With which code the newest work of this kind failed; none where it went well or has not ended yet.
pub async fn last_failure(conn: &Reader, kind: &str) -> Result<Option<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Last {
        error: Option<String>,
    }
    let sql =
        "SELECT error FROM db_job WHERE kind = $1 AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT 1";
    let last: Option<Last> = conn.one(sql, vals![kind]).await?;
    Ok(last.and_then(|last| last.error))
}

pub async fn job(conn: &Reader, id: JobId) -> Result<Option<Job>, DbError> {
    let row: Option<Row> = conn.one(&format!("SELECT {COLUMNS} FROM db_job WHERE id = $1"), vals![id.uuid()]).await?;
    Ok(row.map(Job::from))
}

/// Says how far a running job is; its lease begins anew.
pub async fn progress(db: &Db, ctx: &Ctx, id: JobId, done: usize, total: usize) -> Result<(), Problem> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let leased_until = ctx.now().as_microsecond() + LEASE_MICROS;
    let holder = &Holder::own().to_string();
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_job SET done = $2, total = $3, leased_until = $4 \
                   WHERE id = $1 AND state = 'running' AND holder = $5";
        tx.exec(sql, vals![id.uuid(), count(done), count(total), leased_until, holder.as_str()]).await?;
        Ok(())
    })
    .await
}

/// How many unfinished jobs of its kind have their turn before this one: people take turns.
pub async fn before(conn: &Reader, id: JobId) -> Result<i64, DbError> {
    let sql = "WITH queue AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY COALESCE(actor, '') ORDER BY id) AS turn \
                 FROM db_job WHERE state IN ('waiting', 'running') \
                 AND kind = (SELECT kind FROM db_job WHERE id = $1)) \
               SELECT COUNT(*) FROM queue JOIN queue AS own ON own.id = $1 \
               WHERE queue.turn < own.turn OR (queue.turn = own.turn AND queue.id < own.id)";
    conn.count(sql, vals![id.uuid()]).await
}
