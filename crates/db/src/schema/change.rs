//! One step of a schema, written once and rendered for both databases.

use std::collections::BTreeMap;

use kernel::FactTable;
use sea_orm::{
    DbBackend,
    sea_query::{
        Alias, ColumnDef, ForeignKey, Index, IntoIden, PostgresQueryBuilder, SqliteQueryBuilder, Table,
        TableCreateStatement,
    },
};

use crate::row::{Settle, settle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Uuid,
    Text,
    Integer,
    Boolean,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub name: String,
    pub kind: ColumnKind,
    pub optional: bool,
}

/// What a table is made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    pub columns: Vec<Column>,
    /// How many columns there were before each later step that added some.
    pub before: Vec<usize>,
    pub key: Vec<String>,
}

/// What the ledger covers of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct SealedColumns {
    pub key: Vec<String>,
    pub columns: Vec<String>,
    /// How many columns there were before each later step that added some.
    pub before: Vec<usize>,
}

/// Collects the statements of a migration, and what tables and columns they make (for backup and restore).
#[derive(Debug)]
pub struct Change {
    backend: DbBackend,
    pub(super) statements: Vec<String>,
    pub(crate) tables: BTreeMap<String, Shape>,
    /// In order of creation, so that parents come before children.
    pub(crate) order: Vec<String>,
    /// Tables and columns that name blobs: what none of them names is swept.
    pub(crate) blobs: Vec<(String, String)>,
    /// Tables whose rows the ledger covers.
    pub(crate) seals: BTreeMap<String, SealedColumns>,
    /// Tables whose rows the lake is told.
    pub(crate) facts: Vec<&'static FactTable>,
    /// Tables of which it is kept what their rows were before an act.
    pub(crate) undoes: Vec<String>,
    /// Tables whose rows repeat what is written elsewhere, and the columns in which they do.
    pub(crate) echoes: Vec<(String, Vec<String>)>,
    /// Tables with folded text, and what writes it; none where no type of row was said to.
    pub(crate) follows: BTreeMap<String, Option<Settle>>,
}

impl Change {
    pub(crate) fn new(backend: DbBackend) -> Self {
        Self {
            backend,
            statements: Vec::new(),
            tables: BTreeMap::new(),
            order: Vec::new(),
            blobs: Vec::new(),
            seals: BTreeMap::new(),
            facts: Vec::new(),
            undoes: Vec::new(),
            echoes: Vec::new(),
            follows: BTreeMap::new(),
        }
    }

    /// Creates a table; its name starts with the module's.
    pub fn table(&mut self, name: &str, build: impl FnOnce(&mut TableDef)) {
        let mut table = TableDef::new(name);
        table.statement.table(Alias::new(name));
        build(&mut table);
        self.statements.push(match self.backend {
            DbBackend::Postgres => table.statement.to_string(PostgresQueryBuilder),
            // Rows lie in the order of their own key instead of under a hidden number and a second tree.
            _ if table.own_key => format!("{} WITHOUT ROWID", table.statement.to_string(SqliteQueryBuilder)),
            _ => table.statement.to_string(SqliteQueryBuilder),
        });
        self.tables.insert(name.to_owned(), table.shape);
        self.blobs.extend(table.blobs);
        self.order.push(name.to_owned());
    }

    /// Adds columns to a table of an earlier step; older rows have nothing in them, so they are optional.
    pub fn extend(&mut self, name: &str, build: impl FnOnce(&mut TableDef)) {
        let mut more = TableDef::new(name);
        build(&mut more);
        self.blobs.extend(more.blobs);
        let shape = self.tables.entry(name.to_owned()).or_default();
        shape.before.push(shape.columns.len());
        for column in more.shape.columns {
            let mut statement = Table::alter();
            statement.table(Alias::new(name)).add_column(definition(&column.name, column.kind));
            self.statements.push(match self.backend {
                DbBackend::Postgres => statement.to_string(PostgresQueryBuilder),
                _ => statement.to_string(SqliteQueryBuilder),
            });
            shape.columns.push(Column { optional: true, ..column });
        }
    }

    /// Declares that a column of an earlier step names blobs.
    pub fn blob(&mut self, table: &str, column: &str) {
        self.blobs.push((table.to_owned(), column.to_owned()));
    }

    /// The ledger covers these columns of a table's rows: each act's last entry holds the hashes of the rows that it
    /// touched, and `dinh ledger verify` compares them. None is ever taken away.
    pub fn seals(&mut self, table: &str, key: &[&str], columns: &[&str]) {
        let sealed = self.seals.entry(table.to_owned()).or_default();
        sealed.key = key.iter().map(ToString::to_string).collect();
        sealed.columns.extend(columns.iter().map(ToString::to_string));
    }

    /// The same of more columns of a table whose rows were sealed without them: they are sealed again, once.
    pub fn seals_more(&mut self, table: &str, columns: &[&str]) {
        let sealed = self.seals.entry(table.to_owned()).or_default();
        sealed.before.push(sealed.columns.len());
        sealed.columns.extend(columns.iter().map(ToString::to_string));
    }

    /// The lake is told what each act leaves of the rows of the table that this one is named after.
    pub fn mirrors(&mut self, facts: &'static FactTable) {
        self.facts.push(facts);
    }

    /// What the rows of a table were before an act is kept for a while, so that the act can be taken back ([`crate::undo`]).
    pub fn undoes(&mut self, table: &str) {
        self.undoes.push(table.to_owned());
    }

    /// The same of several tables.
    pub fn undoes_each(&mut self, tables: &[&str]) {
        for table in tables {
            self.undoes(table);
        }
    }

    /// Rows of the table repeat what is written elsewhere: one that bears in these columns the id of what is to be
    /// forgotten goes with it ([`crate::forget_of`]).
    pub fn echoes(&mut self, table: &str, columns: &[&str]) {
        self.echoes.push((table.to_owned(), columns.iter().map(ToString::to_string).collect()));
    }

    /// An index for each column by which a list is cut down, in the list's order.
    pub fn index_each(&mut self, table: &str, columns: &[&str], order: &[&str]) {
        for column in columns {
            self.index(table, &[&[*column], order].concat());
        }
    }

    /// Which type of row writes the columns of its table that follow from others: what comes back from before there were
    /// such columns gets them by it.
    pub fn follows<R: crate::Row + 'static>(&mut self) {
        self.follows.insert(R::TABLE.to_owned(), Some(settle::<R>));
    }

    /// Takes away a table of an earlier step, with what is in it.
    pub(super) fn drop_table(&mut self, table: &str) {
        self.statements.push(format!("DROP TABLE {table}"));
        self.tables.remove(table);
        self.order.retain(|name| name != table);
    }

    /// A table of this folder and its key: it is in no backup.
    pub(super) fn stays(&mut self, table: &str) {
        self.order.retain(|name| name != table);
    }

    pub fn index(&mut self, table: &str, columns: &[&str]) {
        self.any_index(table, columns, false);
    }

    pub fn unique(&mut self, table: &str, columns: &[&str]) {
        self.any_index(table, columns, true);
    }

    /// One row for these columns among those that `condition` holds for. Earlier rows are mended by [`Self::mend`] first.
    pub fn unique_where(&mut self, table: &str, columns: &[&str], condition: &str) {
        let (name, columns) = (format!("{table}_{}_one", columns.join("_")), columns.join(", "));
        self.statements.push(format!("CREATE UNIQUE INDEX {name} ON {table} ({columns}) WHERE {condition}"));
    }

    /// Changes rows of earlier versions; the text is read by both databases.
    pub fn mend(&mut self, sql: &str) {
        self.statements.push(sql.to_owned());
    }

    /// The same where the two databases say it in different words.
    pub fn mend_by(&mut self, sqlite: &str, postgres: &str) {
        self.mend(if matches!(self.backend, DbBackend::Postgres) { postgres } else { sqlite });
    }

    /// How PostgreSQL lays a table out; SQLite has no such choice.
    pub fn mend_postgres(&mut self, sql: &str) {
        if matches!(self.backend, DbBackend::Postgres) {
            self.mend(sql);
        }
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
        self.full_text(&name, &format!("{table}_fts"));
    }

    /// A full-text index over the column `fold` of a table itself, for [`crate::bearing`]: whoever writes its rows folds it.
    pub fn search_own(&mut self, table: &str) {
        let fts = format!("{table}_fts");
        self.full_text(table, &fts);
        if !matches!(self.backend, DbBackend::Postgres) {
            self.statements.push(format!("INSERT INTO {fts} ({fts}) VALUES ('rebuild')"));
        }
    }

    fn full_text(&mut self, name: &str, fts: &str) {
        if matches!(self.backend, DbBackend::Postgres) {
            self.statements.push(format!("CREATE INDEX {name}_idx ON {name} USING gin (to_tsvector('simple', fold))"));
            return;
        }
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
    shape: Shape,
    blobs: Vec<(String, String)>,
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
    fn new(name: &str) -> Self {
        let (statement, shape) = (Table::create(), Shape::default());
        Self { name: name.to_owned(), statement, shape, blobs: Vec::new(), own_key: false }
    }

    fn column(&mut self, name: &str, kind: ColumnKind, optional: bool) -> ColumnDef {
        self.shape.columns.push(Column { name: name.to_owned(), kind, optional });
        let mut column = definition(name, kind);
        if !optional {
            column.not_null();
        }
        column
    }

    /// The primary key `id`.
    pub fn id(&mut self) {
        self.shape.key = vec!["id".into()];
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

    /// Several columns of text.
    pub fn texts(&mut self, names: &[&str]) {
        for name in names {
            self.text(name);
        }
    }

    /// Several that may be empty.
    pub fn opt_texts(&mut self, names: &[&str]) {
        for name in names {
            self.opt_text(name);
        }
    }

    /// The hash of a blob, which is kept as long as a row names it.
    pub fn blob(&mut self, name: &str) {
        self.text(name);
        self.blobs.push((self.name.clone(), name.to_owned()));
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
        self.shape.key = columns.iter().map(|column| (*column).to_owned()).collect();
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
