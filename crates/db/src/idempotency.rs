//! Idempotency keys: the mark is written in the act's own transaction, so an act is never done twice, even when the
//! process dies before the answer was stored.

use kernel::{Ctx, Problem, ProblemKind};
use sea_orm::FromQueryResult;

use crate::{Conn, Db, DbError, Tx, vals};

#[derive(Debug, FromQueryResult)]
struct Row {
    status: Option<i64>,
    body: Option<String>,
}

/// What an earlier request with the same key was answered.
#[derive(Debug)]
pub struct Replay {
    pub status: u16,
    pub body: String,
}

/// Looks for an earlier act of this actor with this key. Done but unanswered is a conflict that says so.
pub async fn replay(conn: &Conn, ctx: &Ctx, key: &str) -> Result<Option<Replay>, Problem> {
    let sql = "SELECT status, body FROM db_idempotency WHERE actor = $1 AND key = $2";
    let row: Option<Row> = conn.one(sql, vals![ctx.actor.pseudonym(), key]).await?;
    match row {
        None => Ok(None),
        Some(Row { status: Some(status), body: Some(body) }) => {
            Ok(Some(Replay { status: u16::try_from(status).unwrap_or(200), body }))
        }
        Some(_) => Err(Problem::new(ProblemKind::Conflict, "already-done-answer-lost")),
    }
}

pub(crate) async fn mark(tx: &Tx) -> Result<(), DbError> {
    let ctx = tx.ctx();
    let Some(key) = &ctx.idempotency_key else { return Ok(()) };
    let sql = "INSERT INTO db_idempotency (actor, key, at) VALUES ($1, $2, $3) ON CONFLICT (actor, key) DO NOTHING";
    tx.exec(sql, vals![ctx.actor.pseudonym(), key.as_str(), ctx.now().as_microsecond()]).await?;
    Ok(())
}

/// Keeps the answer for replays. Losing it is harmless: the mark stands.
pub async fn store_response(db: &Db, ctx: &Ctx, key: &str, status: u16, body: &str) -> Result<(), Problem> {
    let quiet = ctx.with_idempotency_key(None);
    db.write(&quiet, |tx| async move {
        tx.bookkeeping();
        let sql = "UPDATE db_idempotency SET status = $3, body = $4 WHERE actor = $1 AND key = $2";
        tx.exec(sql, vals![ctx.actor.pseudonym(), key, i64::from(status), body]).await?;
        Ok(())
    })
    .await
}
