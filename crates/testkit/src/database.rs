//! One fresh database per test: a file of SQLite, or a database of the PostgreSQL that the environment names.

use std::sync::atomic::{AtomicU64, Ordering};

use db::{Db, Location};
use sea_orm::ConnectionTrait;

static NEXT: AtomicU64 = AtomicU64::new(0);

#[derive(Debug)]
pub struct TestDb {
    pub location: Location,
    pub db: Db,
    _folder: tempfile::TempDir,
}

impl TestDb {
    /// Opens an empty, unmigrated database.
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database_url = match std::env::var("TESTKIT_POSTGRES") {
            Ok(url) => Some(create(&url).await),
            Err(_) => None,
        };
        let location = Location { data_dir: folder.path().join("data"), database_url };
        let db = Db::open(&location).await.expect("database opens");
        Self { location, db, _folder: folder }
    }

    pub fn is_postgres(&self) -> bool {
        self.location.database_url.is_some()
    }
}

async fn create(url: &str) -> String {
    let name = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let server = sea_orm::Database::connect(url).await.expect("TESTKIT_POSTGRES answers");
    server
        .execute_unprepared(&format!("CREATE DATABASE {name} LOCALE 'C' TEMPLATE template0"))
        .await
        .expect("database is created");
    server.close().await.unwrap();
    let (base, _) = url.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{name}")
}
