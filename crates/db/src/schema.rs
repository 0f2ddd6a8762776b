//! Migrations of many modules, written once with the schema builder and run on both databases.
//!
//! A module lists its migrations in order; each runs in a transaction and is recorded. A database that knows more
//! than this program is refused: an old program must not write into a new schema.

use std::{collections::BTreeMap, path::PathBuf};

use kernel::{Problem, ProblemKind};
use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult, TransactionTrait,
    sea_query::{
        Alias, ColumnDef, ForeignKey, Index, IntoIden, PostgresQueryBuilder, SqliteQueryBuilder, Table,
        TableCreateStatement,
    },
};

use crate::{Db, DbError, vals};

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Uuid,
    Text,
    Integer,
    Boolean,
}

/// Collects the statements of a migration, and what tables and columns they make (for backup and restore).
#[derive(Debug)]
pub struct Change {
    backend: DbBackend,
    statements: Vec<String>,
    pub(crate) tables: BTreeMap<String, Vec<(String, ColumnKind)>>,
    /// In order of creation, so that parents come before children.
    pub(crate) order: Vec<String>,
}

impl Change {
    pub(crate) fn new(backend: DbBackend) -> Self {
        Self { backend, statements: Vec::new(), tables: BTreeMap::new(), order: Vec::new() }
    }

    /// Creates a table; its name starts with the module's.
    pub fn table(&mut self, name: &str, build: impl FnOnce(&mut TableDef)) {
        let mut table =
            TableDef { name: name.to_owned(), statement: Table::create(), columns: Vec::new(), own_key: false };
        table.statement.table(Alias::new(name));
        build(&mut table);
        self.statements.push(match self.backend {
            DbBackend::Postgres => table.statement.to_string(PostgresQueryBuilder),
            // Rows lie in the order of their own key instead of under a hidden number and a second tree.
            _ if table.own_key => format!("{} WITHOUT ROWID", table.statement.to_string(SqliteQueryBuilder)),
            _ => table.statement.to_string(SqliteQueryBuilder),
        });
        self.tables.insert(name.to_owned(), table.columns);
        self.order.push(name.to_owned());
    }

    /// Adds columns to a table of an earlier step; older rows have nothing in them, so they are optional.
    pub fn extend(&mut self, name: &str, build: impl FnOnce(&mut TableDef)) {
        let mut more =
            TableDef { name: name.to_owned(), statement: Table::create(), columns: Vec::new(), own_key: false };
        build(&mut more);
        for (column, kind) in more.columns {
            let mut statement = Table::alter();
            statement.table(Alias::new(name)).add_column(definition(&column, kind));
            self.statements.push(match self.backend {
                DbBackend::Postgres => statement.to_string(PostgresQueryBuilder),
                _ => statement.to_string(SqliteQueryBuilder),
            });
            self.tables.entry(name.to_owned()).or_default().push((column, kind));
        }
    }

    pub fn index(&mut self, table: &str, columns: &[&str]) {
        self.any_index(table, columns, false);
    }

    pub fn unique(&mut self, table: &str, columns: &[&str]) {
        self.any_index(table, columns, true);
    }

    fn any_index(&mut self, table: &str, columns: &[&str], unique: bool) {
        let mut index = Index::create();
        let suffix = if unique { "key" } else { "idx" };
        index.name(format!("{table}_{}_{suffix}", columns.join("_"))).table(Alias::new(table));
        for column in columns {
            index.col(Alias::new(*column));
        }
        if unique {
            index.unique();
        }
        self.statements.push(match self.backend {
            DbBackend::Postgres => index.to_string(PostgresQueryBuilder),
            _ => index.to_string(SqliteQueryBuilder),
        });
    }

    /// A table `<table>_search (id, fold)` with a full-text index: FTS5 over it, or tsvector `simple` with GIN.
    pub fn search(&mut self, table: &str) {
        let name = format!("{table}_search");
        self.table(&name, |t| {
            t.id();
            t.text("fold");
        });
        if matches!(self.backend, DbBackend::Postgres) {
            self.statements.push(format!("CREATE INDEX {name}_idx ON {name} USING gin (to_tsvector('simple', fold))"));
            return;
        }
        let fts = format!("{table}_fts");
        let gone = format!("INSERT INTO {fts} ({fts}, rowid, fold) VALUES ('delete', old.rowid, old.fold);");
        let new = format!("INSERT INTO {fts} (rowid, fold) VALUES (new.rowid, new.fold);");
        self.statements.extend([
            format!(
                "CREATE VIRTUAL TABLE {fts} USING fts5(fold, content='{name}', content_rowid='rowid', prefix='2 3')"
            ),
            format!("CREATE TRIGGER {fts}_insert AFTER INSERT ON {name} BEGIN {new} END"),
            format!("CREATE TRIGGER {fts}_delete AFTER DELETE ON {name} BEGIN {gone} END"),
            format!("CREATE TRIGGER {fts}_update AFTER UPDATE ON {name} BEGIN {gone} {new} END"),
        ]);
    }
}

/// A table being described: only the column types that both databases store alike.
#[derive(Debug)]
pub struct TableDef {
    name: String,
    statement: TableCreateStatement,
    columns: Vec<(String, ColumnKind)>,
    own_key: bool,
}

fn definition(name: &str, kind: ColumnKind) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        ColumnKind::Uuid => column.uuid(),
        ColumnKind::Text => column.text(),
        ColumnKind::Integer => column.big_integer(),
        ColumnKind::Boolean => column.boolean(),
    };
    column
}

impl TableDef {
    fn column(&mut self, name: &str, kind: ColumnKind, optional: bool) -> ColumnDef {
        self.columns.push((name.to_owned(), kind));
        let mut column = definition(name, kind);
        if !optional {
            column.not_null();
        }
        column
    }

    /// The primary key `id`.
    pub fn id(&mut self) {
        let mut column = self.column("id", ColumnKind::Uuid, false);
        self.statement.col(column.primary_key());
    }

    pub fn uuid(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Uuid, false);
        self.statement.col(column);
    }

    pub fn opt_uuid(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Uuid, true);
        self.statement.col(column);
    }

    pub fn text(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Text, false);
        self.statement.col(column);
    }

    pub fn opt_text(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Text, true);
        self.statement.col(column);
    }

    pub fn integer(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Integer, false);
        self.statement.col(column);
    }

    pub fn opt_integer(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Integer, true);
        self.statement.col(column);
    }

    pub fn boolean(&mut self, name: &str) {
        let column = self.column(name, ColumnKind::Boolean, false);
        self.statement.col(column);
    }

    /// `rev`, the revision that is the row's ETag.
    pub fn rev(&mut self) {
        self.integer("rev");
    }

    pub fn primary(&mut self, columns: &[&str]) {
        self.own_key = true;
        let mut index = Index::create();
        for column in columns {
            index.col(Alias::new(*column));
        }
        self.statement.primary_key(&mut index);
    }

    /// `column` must name an id of `table`.
    pub fn refers(&mut self, column: &str, table: &str) {
        let mut key = ForeignKey::create();
        key.from(Alias::new(&self.name), Alias::new(column).into_iden())
            .to(Alias::new(table), Alias::new("id").into_iden());
        self.statement.foreign_key(&mut key);
    }
}

/// The tables of `db` itself.
pub(crate) const OWN: ModuleMigrations = ModuleMigrations {
    module: "db",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_access", up: access },
        Migration { name: "0003_scan", up: scan },
        Migration { name: "0004_daily", up: daily },
    ],
};

/// Which daily work was queued on which day.
fn daily(change: &mut Change) {
    change.table("db_daily", |t| {
        t.text("kind");
        t.text("day");
        t.primary(&["kind", "day"]);
    });
}

/// Files that a virus scanner found clean, and when.
fn scan(change: &mut Change) {
    change.table("db_blob_scan", |t| {
        t.text("hash");
        t.integer("at");
        t.primary(&["hash"]);
    });
}

fn access(change: &mut Change) {
    change.table("db_access", |t| {
        t.id();
        t.integer("at");
        t.text("actor");
        t.text("action");
        t.text("subject");
        t.integer("people");
    });
    change.index("db_access", &["at", "id"]);
}

fn first(change: &mut Change) {
    change.table("db_ledger_head", |t| {
        t.text("stream");
        t.integer("seq");
        t.text("hash");
        t.integer("at");
        t.primary(&["stream"]);
    });
    change.table("db_ledger", |t| {
        t.text("stream");
        t.integer("seq");
        t.integer("at");
        t.text("actor");
        t.text("action");
        t.text("subject");
        t.text("body");
        t.text("hash");
        t.primary(&["stream", "seq"]);
    });
    change.index("db_ledger", &["subject"]);
    change.table("db_outbox", |t| {
        t.uuid("id");
        t.primary(&["id"]);
        t.text("fact_table");
        t.integer("version");
        t.integer("at");
        t.text("body");
    });
    change.table("db_job", |t| {
        t.id();
        t.text("kind");
        t.text("payload");
        t.text("state");
        t.integer("run_at");
        t.integer("attempts");
        t.opt_text("holder");
        t.opt_integer("leased_until");
        t.integer("done");
        t.integer("total");
        t.opt_text("error");
        t.text("lang");
        t.integer("created_at");
    });
    change.index("db_job", &["state", "run_at"]);
    change.table("db_lease", |t| {
        t.text("name");
        t.text("holder");
        t.integer("fence");
        t.integer("until");
        t.primary(&["name"]);
    });
    change.table("db_blob", |t| {
        t.text("hash");
        t.integer("size");
        t.text("media_type");
        t.integer("created_at");
        t.primary(&["hash"]);
    });
    change.table("db_idempotency", |t| {
        t.text("actor");
        t.text("key");
        t.integer("at");
        t.opt_integer("status");
        t.opt_text("body");
        t.primary(&["actor", "key"]);
    });
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
