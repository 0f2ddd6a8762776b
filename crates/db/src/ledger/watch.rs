//! Every act writes the hashes of the sealed rows that it touched into its last entry, and tells the lake what it left of
//! the mirrored ones.
//!
//! Which rows those are, no use case says and none can forget: a statement on a watched table is asked which rows it
//! touched, and these are read again at the end of the act, as the act leaves them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use kernel::FactTable;
use serde_json::{Value as Json, json};

use super::{
    images::{self, Images, Kept},
    seals::{Key, Seals},
};
use crate::{DbError, Reader, Value, sql::Watching};

/// Facts of one table.
pub(crate) type Told = (&'static FactTable, Vec<Json>);

/// Notes which watched rows an act touches.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    pub seals: Arc<Seals>,
    touched: Mutex<BTreeMap<String, BTreeSet<Key>>>,
    /// What rows were that the act changed, where it can be taken back; none of what was not there.
    before: Mutex<Images>,
    /// They are not to be kept.
    pub forgets: AtomicBool,
    /// The modules whose tables were written to.
    owners: Mutex<BTreeSet<String>>,
}

impl Watch {
    pub fn over(seals: Arc<Seals>) -> Self {
        Self { seals, forgets: AtomicBool::new(false), ..Self::default() }
    }

    fn touched(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, BTreeSet<Key>>> {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn touch(&self, table: &str, keys: impl IntoIterator<Item = Key>) {
        self.touched().entry(table.to_owned()).or_default().extend(keys);
    }

    /// Whose tables the act changed.
    pub fn owners(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.owners.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The hashes and the facts of what was touched, as it is now; what is not there any more has no hash.
    pub async fn left(&self, conn: &Reader) -> Result<(Sealing, Vec<Told>), DbError> {
        let touched = std::mem::take(&mut *self.touched());
        let mut before = std::mem::take(&mut *self.before.lock().unwrap_or_else(PoisonError::into_inner));
        let (mut sealing, mut told) = (Sealing::default(), Vec::new());
        for (table, keys) in touched {
            let Some(sealed) = self.seals.get(&table) else { continue };
            let images = before.remove(&table).filter(|_| !self.forgets.load(Ordering::Relaxed));
            let left = sealed.left(conn, &table, &keys, images.as_ref()).await?;
            told.extend(sealed.facts().map(|facts| (facts, left.facts)));
            sealing.kept.extend(images.and_then(|images| images::kept(&table, images, &left.whole)));
            if sealed.is_sealed() {
                sealing.rows.insert(table, left.hashes);
            }
        }
        Ok((sealing, told))
    }
}

#[async_trait]
impl Watching for Watch {
    fn note_owner(&self, table: &str) {
        let owner = table.split('_').next().unwrap_or(table);
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        if owner != "db" && !owners.contains(owner) {
            owners.insert(owner.to_owned());
        }
    }

    fn is_concerned(&self, sql: &str) -> bool {
        self.seals.target(sql).is_some()
    }

    async fn exec(&self, conn: &Reader, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        let target = self.seals.target(sql);
        let (table, sealed) = target.ok_or_else(|| DbError::Other("no watched table is changed".into()))?;
        let before = if sealed.is_undone() { images::images(conn, table, sealed, sql, &values).await? } else { vec![] };
        let keys = if conn.is_sqlite() && sealed.is_undone() && sealed.keeps_keys(sql) {
            // It has one writer: the rows that were looked at are those that are changed, and need not be named again.
            let (count, looked_at) = (conn.run(sql, values).await?, before.len());
            if count != looked_at as u64 {
                return Err(DbError::Other(format!("{looked_at} rows of {table} were looked at, {count} changed")));
            }
            before.iter().map(|(key, _)| key.clone()).collect()
        } else {
            let rows = conn.rows(&format!("{sql} RETURNING {}", sealed.key_names()), values).await?;
            rows.iter().map(|row| sealed.key_of(row)).collect::<Result<Vec<_>, _>>()?
        };
        if sealed.is_undone() {
            let mut kept = self.before.lock().unwrap_or_else(PoisonError::into_inner);
            let images = kept.entry(table.to_owned()).or_default();
            for (key, image) in before {
                images.entry(key).or_insert(Some(image));
            }
            for key in &keys {
                images.entry(key.clone()).or_insert(None);
            }
        }
        let count = keys.len() as u64;
        if count > 0 {
            self.touch(table, keys);
        }
        Ok(count)
    }
}

/// What the last entry of an act says about sealed rows.
#[derive(Debug, Default)]
pub(crate) struct Sealing {
    /// Tables in which from now on every row has a seal.
    pub begins: BTreeSet<String>,
    rows: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// What the rows were before, beside the entry.
    pub kept: Vec<Kept>,
}

impl Sealing {
    pub fn touches_rows(&self) -> bool {
        !self.rows.is_empty() || !self.kept.is_empty()
    }

    pub(super) fn write(&self, body: &mut Json) {
        if !self.rows.is_empty() {
            body["seals"] = json!(self.rows);
        }
        if !self.begins.is_empty() {
            body["sealing"] = json!(self.begins);
        }
    }
}
