//! One act: its rows, its ledger entries, its facts and its jobs become true together.

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
    Blobs, Entry, Writer,
    forgotten::Forgotten,
    ledger::{
        seals::{Key, Seals},
        watch::{Told, Watch},
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
    watch: Arc<Watch>,
    ctx: Ctx,
    blobs: Blobs,
    pending: Mutex<Pending>,
    clock_behind: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
pub(crate) struct Pending {
    pub entries: Vec<Entry>,
    pub facts: BTreeMap<&'static str, Told>,
    pub unlogged: bool,
    pub sealing: Vec<String>,
    /// The request's key was claimed by this transaction.
    pub marked: bool,
    pub forgotten: Vec<Forgotten>,
}

impl Deref for Tx {
    type Target = Writer;

    fn deref(&self) -> &Writer {
        &self.0.conn
    }
}

impl Tx {
    pub(crate) fn new(conn: Writer, watch: Arc<Watch>, ctx: Ctx, blobs: Blobs, clock_behind: Arc<AtomicBool>) -> Self {
        Self(Arc::new(Inner { conn, watch, ctx, blobs, pending: Mutex::default(), clock_behind }))
    }

    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
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

    /// For the program's own bookkeeping (sessions, job progress), which nobody needs to find in the ledger.
    pub fn bookkeeping(&self) {
        self.pending().unlogged = true;
    }

    /// Seals rows that this act does not change.
    pub(crate) fn touch(&self, table: &str, keys: Vec<Key>) {
        self.0.watch.touch(table, keys);
    }

    /// What the rows of this act were is not kept: it is not taken back.
    pub fn keep_no_images(&self) {
        self.0.watch.forgets.store(true, Ordering::Relaxed);
    }

    /// Is told, once the act is done, to who keeps words in memory.
    pub(crate) fn forgets(&self, what: impl IntoIterator<Item = Forgotten>) {
        self.pending().forgotten.extend(what);
    }

    /// From this act on every row of the table has a seal.
    pub(crate) fn begin_sealing(&self, table: &str) {
        self.pending().sealing.push(table.to_owned());
    }

    pub(crate) fn seals(&self) -> Arc<Seals> {
        Arc::clone(&self.0.watch.seals)
    }

    pub(crate) fn clock_behind(&self) -> &AtomicBool {
        &self.0.clock_behind
    }

    pub(crate) fn pending(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.0.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn retry_flag(&self) -> Flag {
        Flag(Arc::clone(&self.0.conn.retry))
    }

    pub(crate) fn wrote_flag(&self) -> Flag {
        Flag(Arc::clone(&self.0.conn.wrote))
    }

    pub(crate) async fn rollback(self) {
        if let Some(tx) = self.into_transaction() {
            let _ = tx.rollback().await;
        }
    }

    pub(crate) fn into_transaction(self) -> Option<sea_orm::DatabaseTransaction> {
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
