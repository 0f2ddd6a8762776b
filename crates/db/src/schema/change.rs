//! One step of a schema, written once and rendered for both databases.

use std::collections::BTreeMap;

use sea_orm::{
    DbBackend,
    sea_query::{
        Alias, ColumnDef, ForeignKey, Index, IntoIden, PostgresQueryBuilder, SqliteQueryBuilder, Table,
        TableCreateStatement,
    },
};

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
    pub(super) statements: Vec<String>,
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

    /// At most one row for these columns among those for which `condition` holds.
    pub fn unique_where(&mut self, table: &str, columns: &[&str], condition: &str) {
        let name = format!("{table}_{}_one", columns.join("_"));
        self.statements
            .push(format!("CREATE UNIQUE INDEX {name} ON {table} ({}) WHERE {condition}", columns.join(", ")));
    }

    /// Changes rows of earlier versions, where the two databases say it in different words.
    pub fn mend(&mut self, sqlite: &str, postgres: &str) {
        let statement = if matches!(self.backend, DbBackend::Postgres) { postgres } else { sqlite };
        self.statements.push(statement.to_owned());
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
