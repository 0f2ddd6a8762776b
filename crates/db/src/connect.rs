//! Opening the database: SQLite with one writer and many readers, or PostgreSQL.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, AtomicI64},
    },
    time::Duration,
};

use ed25519_dalek::SigningKey;
use kernel::Problem;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, IsolationLevel, TransactionTrait};
use tokio::sync::broadcast;

use crate::{
    Blobs, DbError, Reader, Standing, Writer,
    access::waiting::Waiting,
    folder,
    forgotten::{Forgetting, Listeners},
    job::Pulse,
    ledger::{self, Signing, seals::Seals},
    restoring,
};

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
    /// Tables and columns that name blobs, as the schema says; known once it was migrated.
    pub blob_columns: OnceLock<Vec<(String, String)>>,
    /// Sealed tables, known once the schema is.
    pub seals: RwLock<Arc<Seals>>,
    pub signing: tokio::sync::Mutex<Signing>,
    pub standing: Mutex<Option<Standing>>,
    /// The last act was refused because the clock is behind the ledger.
    pub clock_behind: Arc<AtomicBool>,
    /// How many faults the last check of the ledger found.
    pub faults: AtomicI64,
    pub stamp_anchors: OnceLock<timestamp::Anchors>,
    pub pulse: Pulse,
    pub forgetting: Listeners,
}

impl Db {
    /// A secret of this installation for one purpose, which says nothing of its others.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &self.inner.key.to_bytes());
        let mut secret = [0; 32];
        secret.copy_from_slice(ring::hmac::sign(&key, purpose.as_bytes()).as_ref());
        secret
    }

    /// Opens (and for SQLite creates) the database. Does not migrate.
    pub async fn open(location: &Location) -> Result<Self, DbError> {
        let data_dir = location.data_dir.clone();
        folder::prepare(&data_dir, location.database_url.is_none())?;
        let (writer, reader) = match &location.database_url {
            Some(url) => (postgres(url, false).await?, postgres(url, true).await?),
            None => (sqlite(&data_dir, 1, true).await?, sqlite(&data_dir, 8, false).await?),
        };
        let backend = writer.get_database_backend();
        restoring::finish(&data_dir, &reader).await?;
        let key = ledger::signing_key(&data_dir)?;
        let blobs = Blobs::local(&data_dir.join("blobs"))?;
        let (changes, _) = broadcast::channel(64);
        let inner = Inner {
            writer,
            reader,
            backend,
            data_dir,
            key,
            blobs,
            changes,
            access: Mutex::default(),
            blob_columns: OnceLock::new(),
            seals: RwLock::default(),
            signing: tokio::sync::Mutex::default(),
            standing: Mutex::default(),
            clock_behind: Arc::default(),
            faults: AtomicI64::new(0),
            stamp_anchors: OnceLock::new(),
            pulse: Pulse::default(),
            forgetting: Listeners::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    pub fn backend(&self) -> DbBackend {
        self.inner.backend
    }

    /// Tells who keeps words in this process what an act forgot, for as long as they are there.
    pub fn on_forgetting(&self, who: Weak<dyn Forgetting>) {
        self.inner.forgetting.add(who);
    }

    /// Under which certificates the kept time-stamps of the ledger are checked; said once, at the start.
    pub fn trust_stamps(&self, anchors: timestamp::Anchors) {
        let _ = self.inner.stamp_anchors.set(anchors);
    }

    pub fn data_dir(&self) -> &Path {
        &self.inner.data_dir
    }

    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// A way past the ledger, for tests that tamper and benches that fill. `cargo xtask tidy` keeps it out of programs.
    #[doc(hidden)]
    pub fn unguarded(&self) -> Writer {
        self.own()
    }

    /// For what the floor keeps beside the ledger: the installation's id, checkpoints, copies of the database.
    pub(crate) fn own(&self) -> Writer {
        Writer::pool(self.inner.writer.clone())
    }

    /// A connection for reading, which cannot change anything; sees what was committed before each statement.
    pub fn read(&self) -> Reader {
        Reader::pool(self.inner.reader.clone())
    }

    /// A connection for reading that sees one moment, whatever is committed meanwhile; the moment is its first
    /// statement.
    pub async fn snapshot(&self) -> Result<Reader, DbError> {
        let level = matches!(self.inner.backend, DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let tx = self.inner.reader.begin_with_config(level, None).await?;
        Ok(Reader::transaction(tx, self.inner.backend))
    }

    /// Which columns name blobs. Nothing is swept before the schema has said it.
    pub(crate) fn blob_columns(&self) -> Result<&[(String, String)], Problem> {
        self.inner.blob_columns.get().map(Vec::as_slice).ok_or_else(|| Problem::internal("the schema is not known yet"))
    }

    pub(crate) fn seals(&self) -> Arc<Seals> {
        Arc::clone(&self.inner.seals.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn declare_seals(&self, seals: Seals) {
        *self.inner.seals.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(seals);
    }

    /// Tells that something was committed; carries no content, the listener looks for itself.
    pub fn changes(&self) -> broadcast::Receiver<()> {
        self.inner.changes.subscribe()
    }

    pub async fn close(self) {
        let _ = self.inner.writer.close_by_ref().await;
        let _ = self.inner.reader.close_by_ref().await;
    }
}

/// Whether somebody has worked here before. Only looks: what is not there is not made.
pub async fn exists(location: &Location) -> Result<bool, DbError> {
    let has = |name: &str| std::fs::metadata(location.data_dir.join(name)).is_ok_and(|file| file.len() > 0);
    let Some(url) = &location.database_url else { return Ok(has("dinh.sqlite")) };
    if !["ledger.key", "installation", "ledger-checkpoints.jsonl"].into_iter().any(has) {
        return Ok(false);
    }
    let pool = postgres(url, true).await?;
    let conn = Reader::pool(pool.clone());
    let found = conn.has_rows("db_migration").await;
    let _ = pool.close_by_ref().await;
    found
}

async fn sqlite(data_dir: &Path, connections: u32, create: bool) -> Result<DatabaseConnection, DbError> {
    let url = format!("sqlite://{}?mode={}", data_dir.join("dinh.sqlite").display(), if create { "rwc" } else { "rw" });
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", "-16384")
                .pragma("query_only", if create { "off" } else { "on" })
        });
    Ok(Database::connect(options).await?)
}

async fn postgres(url: &str, reads: bool) -> Result<DatabaseConnection, DbError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(if reads { 12 } else { 6 })
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options.map_sqlx_postgres_opts(move |options| {
        let read_only = if reads { "on" } else { "off" };
        options.options([("default_transaction_read_only", read_only)])
    });
    Ok(Database::connect(options).await?)
}
