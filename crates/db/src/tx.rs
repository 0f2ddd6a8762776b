//! One act: its rows, its ledger entries, its facts and its jobs become true together.

use crate::JobId;
use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use kernel::{Ctx, FactKind, FactTable, Problem};
use serde_json::Value as Json;

use crate::{
    Blobs, DbError, Entry, Writer, idempotency, job,
    ledger::{
        self,
        seals::{Key, Seals},
        watch::Told,
    },
};

/// An open transaction of [`crate::Db::write`]; derefs to [`Writer`] for statements.
///
/// A handle: clones stand for the same transaction, and none may outlive the act.
#[derive(Debug, Clone)]
pub struct Tx(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    conn: Writer,
    ctx: Ctx,
    blobs: Blobs,
    pending: Mutex<Pending>,
    clock_behind: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct Pending {
    entries: Vec<Entry>,
    facts: BTreeMap<&'static str, Told>,
    unlogged: bool,
    sealing: Vec<String>,
    /// The request's key was claimed by this transaction.
    marked: bool,
}

impl Deref for Tx {
    type Target = Writer;

    fn deref(&self) -> &Writer {
        &self.0.conn
    }
}

impl Tx {
    pub(crate) fn new(conn: Writer, ctx: Ctx, blobs: Blobs, clock_behind: Arc<AtomicBool>) -> Self {
        Self(Arc::new(Inner { conn, ctx, blobs, pending: Mutex::default(), clock_behind }))
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    pub fn ctx(&self) -> &Ctx {
        &self.0.ctx
    }

    /// Records who did what and why. At least one entry per act that changes rows.
    pub fn ledger(&self, entry: Entry) {
        self.pending().entries.push(entry);
    }

    /// Tells the lake what happened. What became of a row nobody tells: the floor sees it.
    pub fn fact(&self, table: &'static FactTable, row: Json) -> Result<(), Problem> {
        let Json::Object(columns) = &row else { return Err(Problem::internal("a fact is an object")) };
        if table.kind == FactKind::State || !table.accepts(columns) {
            return Err(Problem::internal(format!("fact of {} has undeclared or missing columns", table.name)));
        }
        self.pending().facts.entry(table.name).or_insert_with(|| (table, Vec::new())).1.push(row);
        Ok(())
    }

    /// Queues work that starts when this act is committed.
    pub async fn enqueue(&self, kind: &str, payload: &Json) -> Result<JobId, DbError> {
        job::enqueue(self, &self.0.ctx, kind, payload, None).await
    }

    /// Queues work that starts at a later moment; it waits through a restart.
    pub async fn enqueue_at(&self, kind: &str, payload: &Json, at: jiff::Timestamp) -> Result<JobId, DbError> {
        job::enqueue(self, &self.0.ctx, kind, payload, Some(at)).await
    }

    /// For the program's own bookkeeping (sessions, job progress), which nobody needs to find in the ledger.
    pub fn bookkeeping(&self) {
        self.pending().unlogged = true;
    }

    /// Seals rows that this act does not change.
    pub(crate) fn touch(&self, table: &str, keys: Vec<Key>) {
        if let Some(watch) = self.watch() {
            watch.touch(table, keys);
        }
    }

    /// What the rows of this act were is not kept.
    pub(crate) fn keep_no_images(&self) {
        if let Some(watch) = self.watch() {
            watch.forgets.store(true, Ordering::Relaxed);
        }
    }

    /// From this act on every row of the table has a seal.
    pub(crate) fn begin_sealing(&self, table: &str) {
        self.pending().sealing.push(table.to_owned());
    }

    pub(crate) fn seals(&self) -> Arc<Seals> {
        self.watch().map(|watch| Arc::clone(&watch.seals)).unwrap_or_default()
    }

    pub(crate) fn clock_behind(&self) -> &AtomicBool {
        &self.0.clock_behind
    }

    /// Claims the request's key, before anything else is done.
    pub(crate) async fn claim(&self) -> Result<(), Problem> {
        let marked = idempotency::mark(self).await?;
        self.pending().marked = marked;
        // The mark alone is no change.
        self.0.conn.wrote.store(false, Ordering::Relaxed);
        Ok(())
    }

    fn pending(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.0.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn retry_flag(&self) -> Flag {
        Flag(Arc::clone(&self.0.conn.retry))
    }

    pub(crate) fn wrote_flag(&self) -> Flag {
        Flag(Arc::clone(&self.0.conn.wrote))
    }

    pub(crate) async fn commit(self) -> Result<(), Problem> {
        let pending = std::mem::take(&mut *self.pending());
        if self.0.conn.wrote.load(Ordering::Relaxed) && pending.entries.is_empty() && !pending.unlogged {
            self.rollback().await;
            return Err(Problem::internal("a change without a ledger entry"));
        }
        let acted = !pending.entries.is_empty();
        if let Err(problem) = self.finish(pending).await {
            self.rollback().await;
            return Err(problem);
        }
        let once = acted.then(|| self.0.ctx.once.clone()).flatten();
        let Some(tx) = self.into_transaction() else { return Err(Problem::internal("a transaction outlived its act")) };
        tx.commit().await.map_err(DbError::from)?;
        if let Some(once) = once {
            once.set_acted();
        }
        Ok(())
    }

    async fn finish(&self, pending: Pending) -> Result<(), Problem> {
        let mut facts: Vec<Told> = pending.facts.into_values().collect();
        let (mut sealing, told) = match self.watch() {
            Some(watch) => watch.left(self).await?,
            None => Default::default(),
        };
        facts.extend(told);
        if pending.entries.is_empty() {
            if sealing.touches_rows() || !facts.is_empty() {
                return Err(Problem::internal("a change of watched rows without a ledger entry"));
            }
            if pending.marked {
                idempotency::unmark(self).await?;
            }
        } else {
            sealing.begins.extend(pending.sealing);
            ledger::append(self, &pending.entries, facts, sealing).await?;
        }
        Ok(())
    }

    pub(crate) async fn rollback(self) {
        if let Some(tx) = self.into_transaction() {
            let _ = tx.rollback().await;
        }
    }

    fn into_transaction(self) -> Option<sea_orm::DatabaseTransaction> {
        Arc::into_inner(self.0).and_then(|inner| inner.conn.into_transaction())
    }
}

/// What became known of a transaction, to be asked when it is over.
pub(crate) struct Flag(Arc<AtomicBool>);

impl Flag {
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
