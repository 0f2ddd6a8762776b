//! Bringing a schema up to date.

use std::path::PathBuf;

use kernel::{Problem, ProblemKind};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, TransactionTrait};

use super::{
    change::Change,
    migration::{Migration, ModuleMigrations},
    own::OWN,
    steps::{catalogue, steps},
};
use crate::{Db, DbError, installation, ledger::seals::Seals, vals};

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
    let open = steps(modules)
        .filter(|(module, step)| !applied.iter().any(|row| row.module == *module && row.name == step.name));
    Ok(Pending {
        fresh: applied.is_empty(),
        steps: open.map(|(module, step)| format!("{module}/{}", step.name)).collect(),
    })
}

/// Copies a SQLite database beside itself before its schema changes; returns the copy's path.
pub async fn copy_before(db: &Db, pending: &Pending) -> Result<Option<PathBuf>, Problem> {
    let (true, Some(step)) = (matches!(db.backend(), DbBackend::Sqlite), pending.steps.first()) else {
        return Ok(None);
    };
    let path = db.data_dir().join(format!("dinh-before-{}.sqlite", step.replace('/', "-")));
    if !path.exists() {
        db.own().exec("VACUUM INTO $1", vals![path.display().to_string()]).await?;
    }
    Ok(Some(path))
}

/// Brings the schema up to date; running it again changes nothing. Refuses a schema newer than this program, and a
/// folder that belongs to another database.
pub async fn migrate(db: &Db, modules: &[ModuleMigrations]) -> Result<usize, Problem> {
    let applied = applied(db, modules).await?;
    let writer = &db.inner.writer;
    let mut count = 0;
    for (module, step) in steps(modules) {
        if applied.iter().any(|row| row.module == module && row.name == step.name) {
            continue;
        }
        let tx = writer.begin().await.map_err(DbError::from)?;
        lock(&tx, db.backend()).await?;
        apply(&tx, db.backend(), module, step).await?;
        tx.commit().await.map_err(DbError::from)?;
        count += 1;
    }
    // Every start says the same of the same program.
    let _ = db.inner.blob_columns.set(catalogue(db.backend(), modules).blobs);
    installation::tie(db).await?;
    db.declare_seals(Seals::declared(db.backend(), modules)?);
    Ok(count)
}

/// Two programs that start at once: the second waits, then fails on the step's own row.
pub(crate) async fn lock(tx: &DatabaseTransaction, backend: DbBackend) -> Result<(), DbError> {
    if matches!(backend, DbBackend::Postgres) {
        tx.execute_unprepared("LOCK TABLE db_migration IN EXCLUSIVE MODE").await?;
    }
    Ok(())
}

pub(crate) async fn apply(
    tx: &DatabaseTransaction,
    backend: DbBackend,
    module: &str,
    step: &Migration,
) -> Result<(), DbError> {
    let mut change = Change::new(backend);
    (step.up)(&mut change);
    for statement in &change.statements {
        tx.execute_unprepared(statement).await?;
    }
    let record = format!("INSERT INTO db_migration (module, name) VALUES ('{module}', '{}')", step.name);
    tx.execute_unprepared(&record).await?;
    Ok(())
}
