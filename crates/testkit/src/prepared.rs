//! What takes a while to make is made once for a test binary and copied for each test: the folder and the SQLite file in it,
//! or a template database of PostgreSQL.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use crate::TestDb;

/// The mark of what is ready to be copied; holds the number that its maker gave.
const READY: &str = "ready";

impl TestDb {
    /// A copy of what `make` made of an empty database, and the number that it gave. Whichever test comes first makes it, and
    /// others wait; a newer binary makes its own.
    pub async fn prepared(name: &str, make: impl AsyncFnOnce(Self) -> (Self, u64)) -> (Self, u64) {
        let (place, template) = place(name);
        if let Some(number) = ready(&place)
            && let Some(copy) = Self::copy(&place, &template).await
        {
            return (copy, number);
        }
        let lock = File::create(place.with_extension("lock")).unwrap();
        lock.lock().unwrap();
        if ready(&place).is_none() || Self::copy(&place, &template).await.is_none() {
            let (made, number) = make(Self::open().await).await;
            let _ = fs::remove_dir_all(&place);
            made.keep(&place, &template).await;
            fs::write(place.join(READY), number.to_string()).unwrap();
        }
        drop(lock);
        // PostgreSQL copies no database that somebody is still leaving.
        for _ in 0..40 {
            if let Some(copy) = Self::copy(&place, &template).await {
                return (copy, ready(&place).unwrap());
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        panic!("{template} cannot be copied");
    }

    /// Lays the folder down to be copied, and gives the database its name.
    async fn keep(self, place: &Path, template: &str) {
        self.db.close().await;
        copy_folder(&self.location.data_dir, &place.join("data"));
        if let Some(url) = &self.location.database_url {
            let name = url.rsplit_once('/').unwrap().1;
            // What was cut off half way.
            Self::on_server(&format!("DROP DATABASE IF EXISTS {template}")).await.unwrap();
            Self::on_server(&format!("ALTER DATABASE {name} RENAME TO {template}")).await.unwrap();
        }
    }

    /// None where the server has no such template: another one than last time.
    async fn copy(place: &Path, template: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let database_url = match Self::server() {
            Some(_) => Some(Self::create(template).await.ok()?),
            None => None,
        };
        copy_folder(&place.join("data"), &folder.path().join("data"));
        Some(Self::at(folder, database_url).await)
    }
}

/// Where it lies, and what a template database is called.
fn place(name: &str) -> (PathBuf, String) {
    let program = std::env::current_exe().unwrap();
    let made = fs::metadata(&program).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    let kind = if TestDb::server().is_some() { "postgres" } else { "sqlite" };
    let stem = program.file_name().unwrap().to_string_lossy().into_owned();
    let all = std::env::temp_dir().join("dinh-prepared").join(&stem);
    let own = all.join(made.to_string());
    // Tests of one binary are processes that begin at once.
    let lock = File::create(std::env::temp_dir().join(format!("dinh-prepared-{stem}.lock"))).unwrap();
    lock.lock().unwrap();
    if !own.exists() {
        // What an earlier build of this binary made is nobody's any more.
        let _ = fs::remove_dir_all(&all);
        fs::create_dir_all(&own).unwrap();
    }
    (own.join(format!("{name}-{kind}")), format!("p_{name}_{made}"))
}

fn ready(place: &Path) -> Option<u64> {
    fs::read_to_string(place.join(READY)).ok()?.parse().ok()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
}
