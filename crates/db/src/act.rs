//! An act from its first statement to its commit.

use std::sync::{Arc, atomic::Ordering};

use kernel::{Ctx, Problem};
use sea_orm::{DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use crate::{
    Db, DbError, Writer, draft,
    forgotten::Forgotten,
    idempotency,
    ledger::{
        append::append,
        watch::{Told, Watch},
    },
    tx::{Pending, Tx},
};

impl Db {
    /// Runs one act in one transaction: rows, ledger, facts, jobs, or nothing at all.
    ///
    /// The closure may run again after a PostgreSQL conflict, so it does nothing outside `tx` (no mail, no files)
    /// and draws its ids before. An act that changed rows and wrote no ledger entry is refused.
    pub async fn write<T, F, Fut>(&self, ctx: &Ctx, act: F) -> Result<T, Problem>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = Result<T, Problem>> + Send,
    {
        let mut attempt = 0;
        loop {
            let tx = self.begin(ctx).await?;
            let (retry, wrote) = (tx.retry_flag(), tx.wrote_flag());
            let done = match tx.claim().await {
                Ok(()) => act(tx.clone()).await,
                Err(problem) => Err(problem),
            };
            let outcome = match done {
                Ok(value) => tx.commit().await.map(|forgotten| (value, forgotten)),
                Err(problem) => {
                    tx.rollback().await;
                    Err(problem)
                }
            };
            match outcome {
                Ok((value, forgotten)) => {
                    self.inner.forgetting.tell(&forgotten);
                    // Looking for work is no news: who waits for changes would wake itself for ever.
                    if wrote.get() {
                        let _ = self.inner.changes.send(());
                    }
                    return Ok(value);
                }
                Err(_) if retry.get() && attempt < 3 => attempt += 1,
                Err(problem) => return Err(problem),
            }
        }
    }

    async fn begin(&self, ctx: &Ctx) -> Result<Tx, DbError> {
        let immediate = matches!(self.inner.backend, DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: immediate, ..TransactionOptions::default() };
        let inner = self.inner.writer.begin_with_options(options).await?;
        let watch = Arc::new(Watch::over(self.seals()));
        let conn = Writer::transaction(inner, self.inner.backend).watched(Arc::clone(&watch) as _);
        Ok(Tx::new(conn, watch, ctx.clone(), self.inner.blobs.clone(), Arc::clone(&self.inner.clock_behind)))
    }
}

impl Tx {
    /// Claims the request's key, before anything else is done.
    async fn claim(&self) -> Result<(), Problem> {
        let marked = idempotency::mark(self).await?;
        self.pending().marked = marked;
        // The mark alone is no change.
        self.wrote.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// What it forgot, once that is so.
    async fn commit(self) -> Result<Vec<Forgotten>, Problem> {
        let mut pending = std::mem::take(&mut *self.pending());
        let forgotten = std::mem::take(&mut pending.forgotten);
        if self.wrote.load(Ordering::Relaxed) && pending.entries.is_empty() && !pending.unlogged {
            self.rollback().await;
            return Err(Problem::internal("a change without a ledger entry"));
        }
        let acted = !pending.entries.is_empty();
        if let Err(problem) = self.finish(pending).await {
            self.rollback().await;
            return Err(problem);
        }
        let once = acted.then(|| self.ctx().once.clone()).flatten();
        let Some(tx) = self.into_transaction() else { return Err(Problem::internal("a transaction outlived its act")) };
        tx.commit().await.map_err(DbError::from)?;
        if let Some(once) = once {
            once.set_acted();
        }
        Ok(forgotten)
    }

    async fn finish(&self, pending: Pending) -> Result<(), Problem> {
        let mut facts: Vec<Told> = pending.facts.into_values().collect();
        let (mut sealing, told) = self.watch().left(self).await?;
        facts.extend(told);
        if pending.entries.is_empty() {
            if sealing.touches_rows() || !facts.is_empty() {
                return Err(Problem::internal("a change of watched rows without a ledger entry"));
            }
            if pending.marked {
                idempotency::unmark(self).await?;
            }
        } else {
            draft::taken_in(self).await?;
            sealing.begins.extend(pending.sealing);
            append(self, &pending.entries, facts, sealing).await?;
        }
        Ok(())
    }
}
