//! Opening the database: SQLite with one writer and many readers, or PostgreSQL.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use ed25519_dalek::SigningKey;
use kernel::{Ctx, Problem};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::broadcast;

use crate::{Blobs, Conn, DbError, Tx, access::Waiting, ledger};

/// Where the data lives: a folder (SQLite, blobs, keys) and, if given, a PostgreSQL URL for the rows.
#[derive(Debug, Clone)]
pub struct Location {
    pub data_dir: PathBuf,
    pub database_url: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
    pub backend: DbBackend,
    pub data_dir: PathBuf,
    pub key: SigningKey,
    pub blobs: Blobs,
    pub changes: broadcast::Sender<()>,
    pub access: Mutex<Vec<Waiting>>,
}

impl Db {
    /// Opens (and for SQLite creates) the database. Does not migrate.
    pub async fn open(location: &Location) -> Result<Self, DbError> {
        let data_dir = location.data_dir.clone();
        std::fs::create_dir_all(&data_dir)
            .map_err(|error| DbError::Other(format!("{}: {error}", data_dir.display())))?;
        let (writer, reader) = match &location.database_url {
            Some(url) => {
                let pool = postgres(url).await?;
                (pool.clone(), pool)
            }
            None => (sqlite(&data_dir, 1, true).await?, sqlite(&data_dir, 8, false).await?),
        };
        let backend = writer.get_database_backend();
        let key = ledger::signing_key(&data_dir)?;
        let blobs = Blobs::local(&data_dir.join("blobs"))?;
        let (changes, _) = broadcast::channel(64);
        Ok(Self {
            inner: Arc::new(Inner { writer, reader, backend, data_dir, key, blobs, changes, access: Mutex::default() }),
        })
    }

    pub fn backend(&self) -> DbBackend {
        self.inner.backend
    }

    pub fn data_dir(&self) -> &Path {
        &self.inner.data_dir
    }

    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// A connection for reading; sees what was committed before each statement.
    pub fn read(&self) -> Conn {
        Conn::pool(self.inner.reader.clone())
    }

    /// Tells that something was committed; carries no content, the listener looks for itself.
    pub fn changes(&self) -> broadcast::Receiver<()> {
        self.inner.changes.subscribe()
    }

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
                Ok(value) => tx.commit().await.map(|()| value),
                Err(problem) => {
                    tx.rollback().await;
                    Err(problem)
                }
            };
            match outcome {
                Ok(value) => {
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
        Ok(Tx::new(Conn::transaction(inner, self.inner.backend), ctx.clone()))
    }

    pub async fn close(self) {
        let _ = self.inner.writer.close_by_ref().await;
        let _ = self.inner.reader.close_by_ref().await;
    }
}

async fn sqlite(data_dir: &Path, connections: u32, create: bool) -> Result<DatabaseConnection, DbError> {
    let url = format!("sqlite://{}?mode={}", data_dir.join("dinh.sqlite").display(), if create { "rwc" } else { "rw" });
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", "-16384")
        });
    Ok(Database::connect(options).await?)
}

async fn postgres(url: &str) -> Result<DatabaseConnection, DbError> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(16).min_connections(1).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}
