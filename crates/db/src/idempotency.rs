//! Requests with a key act once: the mark is the first statement of the act's own transaction, so of many that come at
//! the same time one acts and the others wait for it. An act that fails takes its mark back with it.

use kernel::{Ctx, Once, Problem, ProblemKind};
use sea_orm::FromQueryResult;

use crate::{Db, DbError, Reader, Tx, vals};

/// An act without an answer that is older has lost it: its process died in between.
const ANSWERED_WITHIN: i64 = 60_000_000;

#[derive(Debug, FromQueryResult)]
struct Row {
    at: i64,
    method: Option<String>,
    path: Option<String>,
    body_hash: Option<String>,
    status: Option<i64>,
    body: Option<String>,
    headers: Option<String>,
}

impl Row {
    fn is_of(&self, once: &Once) -> bool {
        let same = |own: &Option<String>, other: &str| own.as_deref().is_none_or(|own| own == other);
        same(&self.method, &once.method) && same(&self.path, &once.path) && same(&self.body_hash, &once.body_hash)
    }
}

/// What a request was answered.
#[derive(Debug)]
pub struct Replay {
    pub status: u16,
    pub body: String,
    /// Those that a repeated answer needs.
    pub headers: Vec<(String, String)>,
}

/// What is known of a request's key.
#[derive(Debug)]
pub enum Earlier {
    Nothing,
    /// It has acted, and its answer is on the way.
    Unanswered,
    Answered(Replay),
}

/// Looks for an earlier request with this key; another request under the same key is refused.
pub async fn earlier(conn: &Reader, ctx: &Ctx, once: &Once) -> Result<Earlier, Problem> {
    let sql =
        "SELECT at, method, path, body_hash, status, body, headers FROM db_idempotency WHERE actor = $1 AND key = $2";
    let Some(row) = conn.one::<Row>(sql, vals![once.actor.as_str(), once.key.as_str()]).await? else {
        return Ok(Earlier::Nothing);
    };
    if !row.is_of(once) {
        return Err(Problem::bad_input("idempotency-key-reused"));
    }
    match (row.status, row.body) {
        (Some(status), Some(body)) => {
            let headers = row.headers.and_then(|headers| serde_json::from_str(&headers).ok()).unwrap_or_default();
            Ok(Earlier::Answered(Replay { status: u16::try_from(status).unwrap_or(200), body, headers }))
        }
        _ if row.at + ANSWERED_WITHIN > ctx.now().as_microsecond() => Ok(Earlier::Unanswered),
        _ => Err(Problem::new(ProblemKind::Conflict, "already-done-answer-lost")),
    }
}

/// Claims the key for this act; true where it has to be given back if nothing is done. Waits for an open act that has
/// it, and refuses once that one has acted.
pub(crate) async fn mark(tx: &Tx) -> Result<bool, Problem> {
    let ctx = tx.ctx();
    let Some(once) = ctx.once.as_deref().filter(|once| !once.has_acted()) else { return Ok(false) };
    let sql = "INSERT INTO db_idempotency (actor, key, at, method, path, body_hash) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (actor, key) DO NOTHING";
    let (actor, key, at) = (once.actor.as_str(), once.key.as_str(), ctx.now().as_microsecond());
    let values = vals![actor, key, at, once.method.as_str(), once.path.as_str(), once.body_hash.as_str()];
    if tx.exec(sql, values).await? == 1 {
        return Ok(true);
    }
    earlier(tx, ctx, once).await?;
    Err(Problem::new(ProblemKind::Conflict, "in-progress"))
}

/// After the clock was ahead: an answer that was lost then is lost now, not in a year.
pub(crate) async fn put_right(tx: &Tx) -> Result<(), DbError> {
    let now = tx.ctx().now().as_microsecond();
    tx.exec("UPDATE db_idempotency SET at = $1 WHERE at > $1", vals![now]).await?;
    Ok(())
}

/// Gives the key back: nothing was done.
pub(crate) async fn unmark(tx: &Tx) -> Result<(), DbError> {
    let Some(once) = &tx.ctx().once else { return Ok(()) };
    let sql = "DELETE FROM db_idempotency WHERE actor = $1 AND key = $2";
    tx.exec(sql, vals![once.actor.as_str(), once.key.as_str()]).await?;
    Ok(())
}

/// In the place of an answer that is not kept, or not any more: that it was given.
const UNKEPT: &str = r#"[["cache-control","no-store"]]"#;

/// Takes away what answers said in which this stands (a pattern with `~` before signs that are meant), and of those
/// that are still on their way, which may say it; not of the answer to this very act.
pub(crate) async fn withhold(tx: &Tx, bearing: &str) -> Result<(), DbError> {
    let (actor, key) = tx.ctx().once.as_deref().map_or(("", ""), |once| (once.actor.as_str(), once.key.as_str()));
    let sql = "UPDATE db_idempotency SET status = 200, body = '', headers = $4 WHERE NOT (actor = $2 AND key = $3) AND \
               (path LIKE $1 ESCAPE '~' OR body LIKE $1 ESCAPE '~' OR headers LIKE $1 ESCAPE '~' OR status IS NULL)";
    tx.exec(sql, vals![bearing, actor, key, UNKEPT]).await?;
    Ok(())
}

/// Keeps the answer for those who ask again, unless it was taken away before it came. Losing it is harmless: the mark
/// stands.
pub async fn store_answer(db: &Db, ctx: &Ctx, once: &Once, answer: &Replay) -> Result<(), Problem> {
    let headers = &serde_json::to_string(&answer.headers).map_err(Problem::internal)?;
    db.write(&ctx.with_once(None), |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_idempotency SET status = $3, body = $4, headers = $5 \
                   WHERE actor = $1 AND key = $2 AND status IS NULL";
        let (actor, key, status) = (once.actor.as_str(), once.key.as_str(), i64::from(answer.status));
        tx.exec(sql, vals![actor, key, status, answer.body.as_str(), headers.as_str()]).await?;
        Ok(())
    })
    .await
}
