//! Who read personal data: a log of its own beside the ledger, written in batches, because reading must stay cheap.
//!
//! What waits in memory when the process dies (a second at most) is lost; the ledger of changes never is.

pub(crate) mod waiting;

use std::sync::PoisonError;

use kernel::{Ctx, Problem, ids::kinds};
use sea_orm::FromQueryResult;
use serde::Serialize;
use uuid::Uuid;

use self::waiting::Waiting;
use crate::{Db, DbError, Insert, Reader, Shown, vals};

/// Read-outs that may wait; more than these are written at once.
const MOST_WAITING: usize = 1000;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct AccessRow {
    pub id: Uuid,
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    /// How many people's data was shown.
    pub people: i64,
}

impl Db {
    /// Notes that the actor was shown the data of so many people. `subject` is an id, never a name or what was typed.
    /// With what it answers the data is opened ([`crate::Personal`]).
    pub async fn note_access(
        &self,
        ctx: &Ctx,
        action: &'static str,
        subject: impl ToString,
        people: usize,
    ) -> Result<Shown, Problem> {
        let row = Waiting {
            id: ctx.new_id::<kinds::Request>().uuid(),
            at: ctx.now().as_microsecond(),
            actor: ctx.actor.pseudonym(),
            action,
            subject: subject.to_string(),
            people: i64::try_from(people).unwrap_or(i64::MAX),
        };
        let full = {
            let mut waiting = self.inner.access.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push(row);
            waiting.len() >= MOST_WAITING
        };
        if full {
            self.flush_access(ctx).await?;
        }
        Ok(Shown(()))
    }

    /// Writes what waits.
    pub async fn flush_access(&self, ctx: &Ctx) -> Result<(), Problem> {
        let waiting = std::mem::take(&mut *self.inner.access.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return Ok(());
        }
        let rows = &waiting;
        let written = self
            .write(ctx, |tx| async move {
                tx.bookkeeping();
                let mut insert = Insert::into("db_access", "id, at, actor, action, subject, people");
                for row in rows {
                    insert.row(vals![row.id, row.at, row.actor.as_str(), row.action, row.subject.as_str(), row.people]);
                }
                Ok(tx.insert_all(vec![insert]).await?)
            })
            .await;
        if written.is_err() {
            // Kept for the next time; a log that cannot be written must not grow for ever either.
            let mut later = self.inner.access.lock().unwrap_or_else(PoisonError::into_inner);
            later.splice(0..0, waiting.into_iter().take(MOST_WAITING));
        }
        written
    }
}

/// Newest first, below `before` if given.
pub async fn page(conn: &Reader, before: Option<i64>, limit: i64) -> Result<Vec<AccessRow>, DbError> {
    let sql =
        "SELECT id, at, actor, action, subject, people FROM db_access WHERE at < $1 ORDER BY at DESC, id DESC LIMIT $2";
    conn.all(sql, vals![before.unwrap_or(i64::MAX), limit]).await
}
