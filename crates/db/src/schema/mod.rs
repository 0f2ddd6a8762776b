//! Migrations of many modules, written once with the schema builder and run on both databases.
//!
//! A module lists its migrations in order; each runs in a transaction and is recorded. A database that knows more
//! than this program is refused: an old program must not write into a new schema.

mod change;
mod own;

use std::path::PathBuf;

use kernel::{Problem, ProblemKind};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, TransactionTrait};

pub use self::change::{Change, ColumnKind};
use self::own::OWN;
use crate::{Db, DbError, ledger::seals::Seals, vals};

/// One step of a module's schema. Names never change once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    pub up: fn(&mut Change),
}

#[derive(Debug, Clone, Copy)]
pub struct ModuleMigrations {
    pub module: &'static str,
    pub steps: &'static [Migration],
}

#[derive(FromQueryResult)]
struct Applied {
    module: String,
    name: String,
}

/// How far the schema is behind this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Nothing was ever stored here.
    pub fresh: bool,
    /// `module/step`, in the order in which they would run.
    pub steps: Vec<String>,
}

async fn applied(db: &Db, modules: &[ModuleMigrations]) -> Result<Vec<Applied>, Problem> {
    let create = "CREATE TABLE IF NOT EXISTS db_migration (module text NOT NULL, name text NOT NULL, PRIMARY KEY (module, name))";
    db.inner.writer.execute_unprepared(create).await.map_err(DbError::from)?;
    let applied: Vec<Applied> = db.read().all("SELECT module, name FROM db_migration", vals![]).await?;
    let all: Vec<&ModuleMigrations> = std::iter::once(&OWN).chain(modules).collect();
    let known =
        |row: &Applied| all.iter().any(|m| m.module == row.module && m.steps.iter().any(|s| s.name == row.name));
    if let Some(newer) = applied.iter().find(|row| !known(row)) {
        return Err(Problem::new(ProblemKind::Conflict, "newer-schema")
            .with("step", format!("{}/{}", newer.module, newer.name)));
    }
    Ok(applied)
}

/// What [`migrate`] would do. Refuses a schema newer than this program.
pub async fn pending(db: &Db, modules: &[ModuleMigrations]) -> Result<Pending, Problem> {
    let applied = applied(db, modules).await?;
    let steps = std::iter::once(&OWN).chain(modules).flat_map(|m| m.steps.iter().map(|step| (m.module, step.name)));
    let open = steps.filter(|(module, name)| !applied.iter().any(|row| row.module == *module && row.name == *name));
    Ok(Pending { fresh: applied.is_empty(), steps: open.map(|(module, name)| format!("{module}/{name}")).collect() })
}

/// Copies a SQLite database beside itself before its schema changes; returns the copy's path.
pub async fn copy_before(db: &Db, pending: &Pending) -> Result<Option<PathBuf>, Problem> {
    let (true, Some(step)) = (matches!(db.backend(), DbBackend::Sqlite), pending.steps.first()) else {
        return Ok(None);
    };
    let path = db.data_dir().join(format!("dinh-before-{}.sqlite", step.replace('/', "-")));
    if !path.exists() {
        db.read().exec("VACUUM INTO $1", vals![path.display().to_string()]).await?;
    }
    Ok(Some(path))
}

/// Brings the schema up to date; running it again changes nothing. Refuses a schema newer than this program.
pub async fn migrate(db: &Db, modules: &[ModuleMigrations]) -> Result<usize, Problem> {
    let applied = applied(db, modules).await?;
    let writer = &db.inner.writer;
    let mut count = 0;
    for module in std::iter::once(&OWN).chain(modules) {
        for step in module.steps {
            if applied.iter().any(|row| row.module == module.module && row.name == step.name) {
                continue;
            }
            let mut change = Change::new(db.backend());
            (step.up)(&mut change);
            let tx = writer.begin().await.map_err(DbError::from)?;
            if matches!(db.backend(), DbBackend::Postgres) {
                // Two programs that start at once: the second waits, then fails on the step's own row.
                tx.execute_unprepared("LOCK TABLE db_migration IN EXCLUSIVE MODE").await.map_err(DbError::from)?;
            }
            for statement in &change.statements {
                tx.execute_unprepared(statement).await.map_err(DbError::from)?;
            }
            let record =
                format!("INSERT INTO db_migration (module, name) VALUES ('{}', '{}')", module.module, step.name);
            tx.execute_unprepared(&record).await.map_err(DbError::from)?;
            tx.commit().await.map_err(DbError::from)?;
            count += 1;
        }
    }
    db.declare_seals(Seals::declared(db.backend(), modules));
    Ok(count)
}

/// Every table that the modules make, in an order in which rows can be inserted.
pub(crate) fn catalogue(backend: DbBackend, modules: &[ModuleMigrations]) -> Change {
    let mut change = Change::new(backend);
    for step in std::iter::once(&OWN).chain(modules).flat_map(|module| module.steps) {
        (step.up)(&mut change);
    }
    change
}
