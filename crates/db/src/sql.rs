//! Statements as text that both databases read: `$1` placeholders, BIGINT for instants and counts, TEXT for days.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};

use crate::DbError;

/// A pool or an open transaction: stores do not care which.
#[derive(Debug)]
pub struct Conn {
    inner: Inner,
    backend: DbBackend,
    pub(crate) wrote: Arc<AtomicBool>,
    pub(crate) retry: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(DatabaseTransaction),
}

impl Conn {
    pub(crate) fn pool(pool: DatabaseConnection) -> Self {
        let backend = pool.get_database_backend();
        Self { inner: Inner::Pool(pool), backend, wrote: Arc::default(), retry: Arc::default() }
    }

    pub(crate) fn transaction(tx: DatabaseTransaction, backend: DbBackend) -> Self {
        Self { inner: Inner::Transaction(tx), backend, wrote: Arc::default(), retry: Arc::default() }
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

    /// Runs a changing statement; returns how many rows it touched.
    pub async fn exec(&self, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        self.wrote.store(true, Ordering::Relaxed);
        let statement = self.statement(sql, values);
        let result = match &self.inner {
            Inner::Pool(pool) => pool.execute_raw(statement).await,
            Inner::Transaction(tx) => tx.execute_raw(statement).await,
        };
        self.note(result).map(|done| done.rows_affected())
    }

    pub async fn all<T: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>, DbError> {
        let statement = self.statement(sql, values);
        let rows = match &self.inner {
            Inner::Pool(pool) => pool.query_all_raw(statement).await,
            Inner::Transaction(tx) => tx.query_all_raw(statement).await,
        };
        self.note(rows)?.iter().map(|row| T::from_query_result(row, "").map_err(DbError::from)).collect()
    }

    pub async fn one<T: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Option<T>, DbError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// The first column of the first row as a number; 0 where there is none.
    pub async fn count(&self, sql: &str, values: Vec<Value>) -> Result<i64, DbError> {
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
