//! One fresh database per test: a file of SQLite, or a database of the PostgreSQL that the environment names.

use db::{Db, Location, ModuleMigrations};
use sea_orm::{ConnectionTrait, DbErr};
use tempfile::TempDir;

#[derive(Debug)]
pub struct TestDb {
    pub location: Location,
    pub db: Db,
    _server: Option<OnServer>,
    _folder: TempDir,
}

/// A database of the server, which goes when its test has ended: a run leaves a thousand of them, each as large as its tables.
#[derive(Debug)]
struct OnServer {
    name: String,
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A test's own runtime cannot be waited for while it ends.
        let gone = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(TestDb::on_server(&sql))
        });
        // A server that is gone by now took its databases along.
        let _ = gone.join();
    }
}

impl TestDb {
    /// Opens an empty, unmigrated database.
    pub async fn open() -> Self {
        let database_url = match Self::server() {
            Some(_) => Some(Self::create("template0").await.expect("database is created")),
            None => None,
        };
        Self::at(tempfile::tempdir().unwrap(), database_url).await
    }

    pub(crate) async fn at(folder: TempDir, database_url: Option<String>) -> Self {
        let location = Location { data_dir: folder.path().join("data"), database_url };
        let db = Db::open(&location).await.expect("database opens");
        let named = |url: &String| OnServer { name: url.rsplit_once('/').expect("a URL with a database").1.to_owned() };
        let of_server = location.database_url.as_ref().map(named);
        Self { location, db, _server: of_server, _folder: folder }
    }

    pub fn is_postgres(&self) -> bool {
        self.location.database_url.is_some()
    }

    pub(crate) fn server() -> Option<String> {
        std::env::var("TESTKIT_POSTGRES").ok()
    }

    pub(crate) async fn on_server(sql: &str) -> Result<(), DbErr> {
        let server = sea_orm::Database::connect(Self::server().unwrap()).await.expect("TESTKIT_POSTGRES answers");
        let done = server.execute_unprepared(sql).await.map(|_| ());
        server.close().await.unwrap();
        done
    }

    /// A new database like another one, which nobody is connected to; returns its URL.
    pub(crate) async fn create(template: &str) -> Result<String, DbErr> {
        // A server outlives many runs, and numbers of processes come again.
        let name = format!("t_{}", uuid::Uuid::now_v7().simple());
        let locale = if template == "template0" { " LOCALE 'C'" } else { "" };
        Self::on_server(&format!("CREATE DATABASE {name}{locale} TEMPLATE {template}")).await?;
        let url = Self::server().unwrap();
        let (base, _) = url.rsplit_once('/').expect("a URL with a database");
        Ok(format!("{base}/{name}"))
    }
}

/// The steps of all modules as they were before this one of a module's.
pub fn steps_before(all: &[ModuleMigrations], module: &str, step: &str) -> Vec<ModuleMigrations> {
    let cut = |one: &ModuleMigrations| {
        let found = one.steps.iter().position(|known| known.name == step).expect("a step of this name");
        ModuleMigrations { steps: &one.steps[..found], ..*one }
    };
    all.iter().map(|one| if one.module == module { cut(one) } else { *one }).collect()
}
