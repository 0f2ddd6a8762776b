//! Restoring a backup: checked whole, then all of it or nothing.

use std::{collections::BTreeSet, path::Path};

use kernel::{Problem, ProblemKind};
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, FromQueryResult, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

use super::{
    archive::Archive,
    manifest::{BEFORE, CHECKPOINTS, KEY, LOCAL, SEALED_KEY, damaged},
    rows,
    schema_of::{Steps, steps_of},
};
use crate::{
    Db, DbError, ModuleMigrations, Writer, installation, migrate, pending, restoring,
    schema::{Change, apply, catalogue, catalogue_of, lock, steps},
    seal::unseal,
    vals,
};

/// What came back, and which files the backup did not have.
#[derive(Debug)]
pub struct Restored {
    pub rows: u64,
    pub lacking: Vec<String>,
    /// Whether the passphrase vouches for all of it; of an earlier format it opens the ledger's key only.
    pub is_sealed: bool,
}

/// Restores a backup into an empty database of either kind.
///
/// A wrong passphrase, and whatever is not as it was written, is told before the first row. Rows of an older schema are
/// brought up to date like those of an older database. Without a passphrase the ledger comes back unsigned: from then on
/// a new key signs it.
pub async fn restore(
    db: &Db,
    modules: &[ModuleMigrations],
    path: &Path,
    passphrase: Option<&str>,
) -> Result<Restored, Problem> {
    restore_if(db, modules, path, passphrase, async |_| Ok(())).await
}

/// The same, unless `whole` refuses the rows as they will be: then nothing is restored.
pub async fn restore_if(
    db: &Db,
    modules: &[ModuleMigrations],
    path: &Path,
    passphrase: Option<&str>,
    whole: impl AsyncFn(&Writer) -> Result<(), Problem>,
) -> Result<Restored, Problem> {
    let _held = db.hold_alone()?;
    let mut archive = Archive::open(path, passphrase)?;
    let keys = keys(&mut archive, passphrase)?;
    let made = steps_of(&mut archive, modules)?;
    let is_fresh = empty(db, modules, &made).await?;
    let change = catalogue_of(db.backend(), made.iter().copied());
    let checked = check(&mut archive, &change, db.backend())?;
    for hash in archive.blobs() {
        db.blobs().put(archive.read(&format!("blobs/{hash}"))?).await?;
    }
    let token = restoring::lay_aside(db.data_dir(), &keys)?;
    let work = Work { db, modules, made: &made, change: &change, is_fresh, token: &token };
    if let Err(problem) = work.run(&mut archive, whole).await {
        restoring::forget(db.data_dir());
        return Err(problem);
    }
    restoring::put_in_place(db.data_dir())?;
    migrate(db, modules).await?;
    Ok(checked)
}

/// The ledger's key and checkpoints, where the passphrase opens them.
fn keys(archive: &mut Archive, passphrase: Option<&str>) -> Result<Vec<(&'static str, Vec<u8>)>, Problem> {
    let Some(passphrase) = passphrase else { return Ok(vec![]) };
    let key = if archive.is_sealed {
        archive.read(KEY)?
    } else if archive.manifest.format == BEFORE && archive.has(SEALED_KEY) {
        let secret = unseal(&archive.read(SEALED_KEY)?, passphrase);
        secret.ok_or_else(|| Problem::bad_input("backup-passphrase-wrong"))?
    } else {
        return Err(Problem::bad_input("backup-without-keys"));
    };
    Ok(vec![(KEY, key), (CHECKPOINTS, archive.read(CHECKPOINTS)?)])
}

/// Whether nothing was ever stored here; refuses a database that holds anything, or tables of another schema.
async fn empty(db: &Db, modules: &[ModuleMigrations], made: &Steps) -> Result<bool, Problem> {
    let used = || Problem::new(ProblemKind::Conflict, "restore-into-used");
    let pending = pending(db, modules).await?;
    if pending.fresh {
        return Ok(true);
    }
    if !pending.steps.is_empty() || made.len() != steps(modules).count() {
        return Err(used());
    }
    let change = catalogue(db.backend(), modules);
    for table in change.order.iter().filter(|table| !LOCAL.contains(&table.as_str())) {
        if db
            .read()
            .count(&format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS first_row"), vals![])
            .await?
            > 0
        {
            return Err(used());
        }
    }
    Ok(false)
}

/// Compares every row with the schema, and the names of blobs with the blobs.
fn check(archive: &mut Archive, change: &Change, backend: DbBackend) -> Result<Restored, Problem> {
    let there = archive.tables();
    let known: Vec<&String> = change.order.iter().filter(|table| !LOCAL.contains(&table.as_str())).collect();
    if let Some(extra) = there.iter().find(|table| !known.contains(table)) {
        return Err(damaged(extra));
    }
    let (mut rows, mut named) = (0, BTreeSet::new());
    for table in known {
        if !there.contains(table) {
            return Err(damaged(table));
        }
        let columns = &change.tables[table].columns;
        let of_blobs: Vec<usize> = change
            .blobs
            .iter()
            .filter(|(owner, _)| owner == table)
            .filter_map(|(_, name)| columns.iter().position(|column| column.name == *name))
            .collect();
        for line in archive.lines(table)? {
            let values = rows::parsed(table, columns, &line?)?;
            if matches!(backend, DbBackend::Postgres)
                && let Some(at) = values.iter().position(has_nul)
            {
                return Err(damaged(format!("{table}.{}", columns[at].name)).because("U+0000"));
            }
            let hash = |at: &usize| text(&values[*at]).and_then(crate::BlobHash::parse);
            named.extend(of_blobs.iter().filter_map(hash).map(|hash| hash.to_string()));
            rows += 1;
        }
    }
    let lacking: Vec<String> = named.into_iter().filter(|hash| !archive.has(&format!("blobs/{hash}"))).collect();
    let is_told = |hash: &&String| archive.manifest.lacking.contains_key(*hash) || archive.manifest.format == BEFORE;
    match lacking.iter().find(|hash| !is_told(hash)) {
        Some(hash) => Err(damaged(format!("blobs/{hash}"))),
        None => Ok(Restored { rows, lacking, is_sealed: archive.is_sealed }),
    }
}

fn text(value: &crate::Value) -> Option<&str> {
    match value {
        crate::Value::String(Some(text)) => Some(text.as_str()),
        _ => None,
    }
}

fn has_nul(value: &crate::Value) -> bool {
    text(value).is_some_and(|text| text.contains('\0'))
}

/// Tables, rows and later steps of the schema in one transaction.
struct Work<'a> {
    db: &'a Db,
    modules: &'a [ModuleMigrations],
    made: &'a Steps,
    change: &'a Change,
    is_fresh: bool,
    token: &'a str,
}

impl Work<'_> {
    async fn run(
        &self,
        archive: &mut Archive,
        whole: impl AsyncFn(&Writer) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let backend = self.db.backend();
        let immediate = matches!(backend, DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: immediate, ..TransactionOptions::default() };
        let tx = self.db.inner.writer.begin_with_options(options).await.map_err(DbError::from)?;
        lock(&tx, backend).await?;
        if self.is_fresh {
            for (module, step) in self.made {
                apply(&tx, backend, module, step).await?;
            }
        }
        let references = References::loosen(&tx, backend).await?;
        let conn = Writer::transaction(tx, backend);
        for table in self.change.order.iter().filter(|table| !LOCAL.contains(&table.as_str())) {
            self.fill(&conn, archive, table).await?;
        }
        let gone = || Problem::internal("the restore lost its transaction");
        let tx = conn.into_transaction().ok_or_else(gone)?;
        references.fasten(&tx, backend).await?;
        let is_made = |module: &str, name: &str| self.made.iter().any(|(m, step)| *m == module && step.name == name);
        for (module, step) in steps(self.modules).filter(|(module, step)| !is_made(module, step.name)) {
            apply(&tx, backend, module, step).await?;
        }
        let conn = Writer::transaction(tx, backend);
        whole(&conn).await?;
        self.sign(&conn).await?;
        let tx = conn.into_transaction().ok_or_else(gone)?;
        Ok(tx.commit().await.map_err(DbError::from)?)
    }

    async fn fill(&self, conn: &Writer, archive: &mut Archive, table: &str) -> Result<(), Problem> {
        let columns = &self.change.tables[table].columns;
        let mut some = Vec::new();
        for line in archive.lines(table)? {
            some.push(rows::parsed(table, columns, &line?)?);
            if some.len() == rows::at_once(columns) {
                rows::insert(conn, table, columns, std::mem::take(&mut some)).await?;
            }
        }
        rows::insert(conn, table, columns, some).await
    }

    /// Ties the database to this folder, and says that the keys which lie aside are its own.
    async fn sign(&self, conn: &Writer) -> Result<(), Problem> {
        let id = installation::of_folder(self.db.data_dir())?;
        let tie = "INSERT INTO db_house (name, value) VALUES ('installation', $1) ON CONFLICT (name) DO NOTHING";
        conn.exec(tie, vals![id]).await?;
        let done = "INSERT INTO db_house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        conn.exec(done, vals![restoring::WORD, self.token]).await?;
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Reference {
    owner: String,
    name: String,
}

/// A row may refer to one that comes later (a unit under a younger one): references are looked at when all rows are in.
struct References(Vec<Reference>);

impl References {
    async fn loosen(tx: &DatabaseTransaction, backend: DbBackend) -> Result<Self, DbError> {
        if matches!(backend, DbBackend::Sqlite) {
            tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
            return Ok(Self(vec![]));
        }
        let find = "SELECT CAST(CAST(conrelid AS regclass) AS text) AS owner, quote_ident(conname) AS name FROM pg_constraint \
            WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)";
        let statement = sea_orm::Statement::from_string(backend, find);
        let found = Reference::find_by_statement(statement).all(tx).await?;
        for Reference { owner, name } in &found {
            let sql = format!("ALTER TABLE {owner} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED");
            tx.execute_unprepared(&sql).await?;
        }
        Ok(Self(found))
    }

    async fn fasten(self, tx: &DatabaseTransaction, backend: DbBackend) -> Result<(), Problem> {
        if matches!(backend, DbBackend::Sqlite) {
            let statement = sea_orm::Statement::from_string(backend, "PRAGMA foreign_key_check");
            let row = tx.query_one_raw(statement).await.map_err(DbError::from)?;
            return match row {
                None => Ok(()),
                Some(row) => Err(damaged(row.try_get_by_index::<String>(0).map_err(DbError::from)?)),
            };
        }
        if let Err(error) = tx.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE").await {
            return match DbError::from(error) {
                DbError::Constraint(why) => Err(damaged(&why)),
                other => Err(other.into()),
            };
        }
        for Reference { owner, name } in &self.0 {
            let sql = format!("ALTER TABLE {owner} ALTER CONSTRAINT {name} NOT DEFERRABLE");
            tx.execute_unprepared(&sql).await.map_err(DbError::from)?;
        }
        Ok(())
    }
}
