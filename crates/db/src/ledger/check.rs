//! The check that runs by itself each day, and what it found.

use std::sync::{PoisonError, atomic::Ordering};

use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;
use serde::Serialize;

use super::{fault::Fault, head::STREAM, standing::Standing, verify::verify};
use crate::{Db, vals};

/// When the whole ledger was last checked, and what was found.
#[derive(Debug, Clone, Serialize)]
pub struct LastCheck {
    pub at: i64,
    pub entries: i64,
    pub rows: i64,
    pub faults: Vec<Fault>,
}

/// Verifies everything and writes down what was found.
pub async fn check(db: &Db, ctx: &Ctx) -> Result<LastCheck, Problem> {
    let report = verify(db).await?;
    let found =
        LastCheck { at: ctx.now().as_microsecond(), entries: report.entries, rows: report.rows, faults: report.faults };
    let faults = serde_json::to_string(&found.faults).map_err(Problem::internal)?;
    let row = &vals![STREAM, found.at, found.entries, found.rows, faults];
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = "INSERT INTO db_ledger_check (stream, at, entries, rows_compared, faults) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (stream) DO UPDATE SET at = excluded.at, entries = excluded.entries, \
                   rows_compared = excluded.rows_compared, faults = excluded.faults";
        tx.exec(sql, row.clone()).await?;
        Ok(())
    })
    .await?;
    if let Some(fault) = found.faults.first() {
        tracing::error!(?fault, count = found.faults.len(), "the ledger is not whole; see dinh ledger verify");
    }
    db.note_faults(&found);
    Ok(found)
}

/// What the last check found; none where none has run.
pub async fn last_check(db: &Db) -> Result<Option<LastCheck>, Problem> {
    #[derive(FromQueryResult)]
    struct Row {
        at: i64,
        entries: i64,
        rows_compared: i64,
        faults: String,
    }
    let sql = "SELECT at, entries, rows_compared, faults FROM db_ledger_check WHERE stream = $1";
    let Some(row) = db.read().one::<Row>(sql, vals![STREAM]).await? else { return Ok(None) };
    // What cannot be read says nothing; the next check writes it anew.
    let Ok(faults) = serde_json::from_str(&row.faults) else {
        tracing::warn!("what the last check of the ledger found cannot be read");
        return Ok(None);
    };
    let found = LastCheck { at: row.at, entries: row.entries, rows: row.rows_compared, faults };
    db.note_faults(&found);
    Ok(Some(found))
}

impl Db {
    fn note_faults(&self, found: &LastCheck) {
        let count = i64::try_from(found.faults.len()).unwrap_or(i64::MAX);
        self.inner.faults.store(count, Ordering::Relaxed);
    }

    /// Why the head is not signed; none while it is.
    pub(super) fn unsigned(&self) -> Option<Standing> {
        *self.inner.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an administrator must be told on every page; none where all is well.
    pub fn standing(&self) -> Option<Standing> {
        let is_behind = self.inner.clock_behind.load(Ordering::Relaxed);
        let count = self.inner.faults.load(Ordering::Relaxed);
        self.unsigned()
            .or_else(|| is_behind.then_some(Standing::ClockBehind))
            .or_else(|| (count > 0).then_some(Standing::Faults { count }))
    }
}
