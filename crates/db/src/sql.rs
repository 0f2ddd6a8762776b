//! Statements as text that both databases read: `$1` placeholders, BIGINT for instants and counts, TEXT for days.

use std::{
    fmt,
    ops::Deref,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};

use crate::DbError;

static LISTENER: OnceLock<fn(&str, &[Value])> = OnceLock::new();

/// From now on `listener` is told of each statement of this process, with its values, before it runs: for tests that read
/// query plans. `cargo xtask tidy` keeps it out of programs.
#[doc(hidden)]
pub fn hear(listener: fn(&str, &[Value])) {
    let _ = LISTENER.set(listener);
}

/// A pool or an open transaction, to read from: stores do not care which.
#[derive(Debug)]
pub struct Reader {
    inner: Inner,
    backend: DbBackend,
    pub(crate) wrote: Arc<AtomicBool>,
    pub(crate) retry: Arc<AtomicBool>,
    /// In an act: notes the sealed rows that it touches.
    watch: Option<Arc<dyn Watching>>,
}

/// Who looks at the changing statements of an act.
#[async_trait]
pub(crate) trait Watching: fmt::Debug + Send + Sync {
    /// Notes whose table a statement changes: a table's name begins with its owner's.
    fn note_owner(&self, table: &str);
    /// Whether a statement changes watched rows; then only [`Watching::exec`] may run it.
    fn is_concerned(&self, sql: &str) -> bool;
    /// Runs a statement on a watched table; returns how many rows it touched.
    async fn exec(&self, conn: &Reader, sql: &str, values: Vec<Value>) -> Result<u64, DbError>;
}

#[derive(Debug)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(DatabaseTransaction),
}

impl Reader {
    pub(crate) fn pool(pool: DatabaseConnection) -> Self {
        let backend = pool.get_database_backend();
        Self { inner: Inner::Pool(pool), backend, wrote: Arc::default(), retry: Arc::default(), watch: None }
    }

    pub(crate) fn transaction(tx: DatabaseTransaction, backend: DbBackend) -> Self {
        Self { inner: Inner::Transaction(tx), backend, wrote: Arc::default(), retry: Arc::default(), watch: None }
    }

    pub(crate) fn into_transaction(self) -> Option<DatabaseTransaction> {
        match self.inner {
            Inner::Transaction(tx) => Some(tx),
            Inner::Pool(_) => None,
        }
    }

    pub fn backend(&self) -> DbBackend {
        self.backend
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.backend, DbBackend::Sqlite)
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        if let Some(listener) = LISTENER.get() {
            listener(sql, &values);
        }
        Statement::from_sql_and_values(self.backend, sql, values)
    }

    fn note<T>(&self, result: Result<T, sea_orm::DbErr>) -> Result<T, DbError> {
        result.map_err(|error| {
            let error = DbError::from(error);
            if matches!(error, DbError::Retry(_)) {
                self.retry.store(true, Ordering::Relaxed);
            }
            error
        })
    }

    async fn exec(&self, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        self.wrote.store(true, Ordering::Relaxed);
        if let Some(watch) = &self.watch {
            watch.note_owner(Self::table_of(sql)?);
            if watch.is_concerned(sql) {
                return watch.exec(self, sql, values).await;
            }
        }
        self.run(sql, values).await
    }

    pub(crate) async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        let statement = self.statement(sql, values);
        let result = match &self.inner {
            Inner::Pool(pool) => pool.execute_raw(statement).await,
            Inner::Transaction(tx) => tx.execute_raw(statement).await,
        };
        self.note(result).map(|done| done.rows_affected())
    }

    pub async fn all<T: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>, DbError> {
        Self::only_reads(sql)?;
        let statement = self.statement(sql, values);
        let rows = match &self.inner {
            Inner::Pool(pool) => pool.query_all_raw(statement).await,
            Inner::Transaction(tx) => tx.query_all_raw(statement).await,
        };
        self.note(rows)?.iter().map(|row| T::from_query_result(row, "").map_err(DbError::from)).collect()
    }

    /// What changes rows goes through [`Writer::exec`], which notes it.
    fn only_reads(sql: &str) -> Result<(), DbError> {
        let is = |word: &str, known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
        let verb = sql.split_ascii_whitespace().next().unwrap_or_default();
        let mut words = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let changes = is(verb, &["WITH"]) && words.any(|word| is(word, &["INSERT", "UPDATE", "DELETE", "MERGE"]));
        if is(verb, &["SELECT", "WITH", "EXPLAIN", "PRAGMA"]) && !changes {
            return Ok(());
        }
        Err(DbError::Other(format!("{verb} is no reading")))
    }

    /// An act changes rows in statements of one form, so that the watch sees which table each one is on.
    fn table_of(sql: &str) -> Result<&str, DbError> {
        let mut words = sql.split_ascii_whitespace();
        let table = match words.next() {
            Some("UPDATE") => words.next(),
            Some("INSERT") => words.next().filter(|word| *word == "INTO").and_then(|_| words.next()),
            Some("DELETE") => words.next().filter(|word| *word == "FROM").and_then(|_| words.next()),
            _ => None,
        };
        let name = table.map(|table| table.split('(').next().unwrap_or(table));
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if let Some(name) = name.filter(|name| !name.is_empty() && is_name(name) && !sql.contains(';')) {
            return Ok(name);
        }
        let begin: String = sql.chars().take(40).collect();
        Err(DbError::Other(format!("an act does not change rows by: {begin}")))
    }

    pub async fn one<T: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Option<T>, DbError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Whether a table is there.
    pub(crate) async fn has_table(&self, name: &str) -> Result<bool, DbError> {
        let sql = if self.is_sqlite() {
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1"
        } else {
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = $1 AND table_schema = current_schema()"
        };
        Ok(self.count(sql, crate::vals![name]).await? > 0)
    }

    /// Whether a table, which may not be there, holds anything.
    pub(crate) async fn has_rows(&self, table: &str) -> Result<bool, DbError> {
        let first = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS first_row");
        Ok(self.has_table(table).await? && self.count(&first, vec![]).await? > 0)
    }

    /// The first column of the first row as a number; 0 where there is none.
    pub async fn count(&self, sql: &str, values: Vec<Value>) -> Result<i64, DbError> {
        Self::only_reads(sql)?;
        let statement = self.statement(sql, values);
        let row = match &self.inner {
            Inner::Pool(pool) => pool.query_one_raw(statement).await,
            Inner::Transaction(tx) => tx.query_one_raw(statement).await,
        };
        match self.note(row)? {
            Some(row) => Ok(row.try_get_by_index::<Option<i64>>(0)?.unwrap_or(0)),
            None => Ok(0),
        }
    }

    pub(crate) async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<sea_orm::QueryResult>, DbError> {
        let statement = self.statement(sql, values);
        let rows = match &self.inner {
            Inner::Pool(pool) => pool.query_all_raw(statement).await,
            Inner::Transaction(tx) => tx.query_all_raw(statement).await,
        };
        self.note(rows)
    }
}

/// What changes rows: only an open act is one, and the restore of a backup.
#[derive(Debug)]
pub struct Writer(Reader);

impl Deref for Writer {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl Writer {
    pub(crate) fn pool(pool: DatabaseConnection) -> Self {
        Self(Reader::pool(pool))
    }

    pub(crate) fn transaction(tx: DatabaseTransaction, backend: DbBackend) -> Self {
        Self(Reader::transaction(tx, backend))
    }

    pub(crate) fn watched(self, watch: Arc<dyn Watching>) -> Self {
        Self(Reader { watch: Some(watch), ..self.0 })
    }

    pub(crate) fn into_transaction(self) -> Option<DatabaseTransaction> {
        self.0.into_transaction()
    }

    /// Runs a changing statement; returns how many rows it touched.
    pub async fn exec(&self, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        self.0.exec(sql, values).await
    }

    /// Several statements as one text, of the floor's own tables.
    pub(crate) async fn exec_many(&self, sql: &str, values: Vec<Value>) -> Result<(), DbError> {
        self.0.wrote.store(true, Ordering::Relaxed);
        self.0.run(sql, values).await.map(|_| ())
    }

    /// Holds rows of a table until the act is over, so that what is decided from them is decided from what they will be:
    /// nobody changes them meanwhile, and what is read after this is what they are. SQLite has one writer anyway.
    pub async fn hold(&self, table: &'static str, which: &str, values: Vec<Value>) -> Result<(), DbError> {
        if !self.is_sqlite() {
            self.rows(&format!("SELECT 1 FROM {table} WHERE {which} FOR NO KEY UPDATE"), values).await?;
        }
        Ok(())
    }

    /// Whether such rows are there, and stay as they are until the act is over; others may keep them too.
    pub async fn keep(&self, table: &'static str, which: &str, values: Vec<Value>) -> Result<bool, DbError> {
        let lock = if self.is_sqlite() { "" } else { " FOR SHARE" };
        Ok(!self.rows(&format!("SELECT 1 FROM {table} WHERE {which}{lock}"), values).await?.is_empty())
    }
}
