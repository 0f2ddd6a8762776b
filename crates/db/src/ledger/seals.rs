//! Rows that the floor watches: which columns the ledger covers and the hash of a row, which the lake is told and the fact
//! of a row.

mod columns;
mod read;

use std::collections::BTreeMap;

use kernel::{FactKind, FactTable, Problem};
use sea_orm::{DbBackend, QueryResult};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use self::columns::{Columns, names, value};
use super::canonical::canonical_row;
use crate::{
    DbError, ModuleMigrations,
    row::Settle,
    schema::{ColumnKind, catalogue},
};

/// A watched table: its key, the columns whose values are hashed, none where it is not sealed, and what the lake is told.
/// Rows that no act touched since a later step added columns bear the hash of the first so many.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sealed {
    key: Columns,
    columns: Columns,
    before: Vec<usize>,
    mirror: Option<Mirror>,
    /// All columns, in the table's order, where an act can be taken back.
    whole: Columns,
    /// How many of them there were before each later step that added some.
    whole_before: Vec<usize>,
    settle: Option<Settle>,
    /// Where it stands among all tables, parents before children.
    place: usize,
}

/// The fact table that mirrors a table, and the kinds of the columns that it is made of, in its order.
#[derive(Debug, Clone)]
struct Mirror {
    facts: &'static FactTable,
    columns: Columns,
}

/// All watched tables, and those whose rows repeat what is written elsewhere, with the columns in which they do.
#[derive(Debug, Default)]
pub(crate) struct Seals(BTreeMap<String, Sealed>, Vec<(String, Vec<String>)>);

/// What an act left of the rows that it touched in one table.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// The hash by key; none where the row is gone.
    pub hashes: BTreeMap<String, Option<String>>,
    pub facts: Vec<Json>,
    /// The hash of all of each row that is there, by key, where an act can be taken back; none of one that is as it was.
    pub whole: BTreeMap<String, Option<String>>,
}

/// The key of a row, part by part, as text.
pub(crate) type Key = Vec<String>;

/// How a key is written down.
pub(super) fn named(key: &Key) -> String {
    match key.as_slice() {
        [only] => only.clone(),
        several => json!(several).to_string(),
    }
}

impl Seals {
    /// Refuses what is declared of columns that a table lacks: a programming error.
    pub fn declared(backend: DbBackend, modules: &[ModuleMigrations]) -> Result<Self, Problem> {
        let change = catalogue(backend, modules);
        let typed = |table: &str, names: &mut dyn Iterator<Item = &str>| {
            let columns = change.tables.get(table).map(|shape| shape.columns.as_slice()).unwrap_or_default();
            let kind = |name| {
                columns.iter().find(|column| column.name == name).map(|column| (column.name.clone(), column.kind))
            };
            names.filter_map(kind).collect::<Columns>()
        };
        let mut out = BTreeMap::<String, Sealed>::new();
        for (table, sealed) in &change.seals {
            let key = typed(table, &mut sealed.key.iter().map(String::as_str));
            let columns = typed(table, &mut sealed.columns.iter().map(String::as_str));
            out.insert(table.clone(), Sealed { key, columns, before: sealed.before.clone(), ..Sealed::default() });
        }
        for facts in &change.facts {
            let columns = typed(facts.name, &mut facts.columns.iter().map(|column| column.from));
            if columns.len() != facts.columns.len() {
                return Err(Problem::internal(format!("facts of {} have columns that the table lacks", facts.name)));
            }
            let of_key = facts.key.iter().filter_map(|key| facts.column(key)).map(|column| column.from);
            let key = typed(facts.name, &mut of_key.into_iter());
            if facts.kind != FactKind::State || key.len() != facts.key.len() {
                return Err(Problem::internal(format!(
                    "facts of {} have a key that is no column, or are no state",
                    facts.name
                )));
            }
            let watched = out.entry(facts.name.to_owned()).or_insert_with(|| Sealed { key, ..Sealed::default() });
            watched.mirror = Some(Mirror { facts, columns });
        }
        for table in &change.undoes {
            let shape =
                change.tables.get(table).ok_or_else(|| Problem::internal(format!("no table {table} to undo")))?;
            let key = typed(table, &mut shape.key.iter().map(String::as_str));
            let watched = out.entry(table.clone()).or_insert_with(|| Sealed { key, ..Sealed::default() });
            watched.whole = typed(table, &mut shape.columns.iter().map(|column| column.name.as_str()));
            watched.whole_before.clone_from(&shape.before);
            watched.place = change.order.iter().position(|name| name == table).unwrap_or_default();
            let follows = change.follows.get(table).copied();
            if matches!(follows, Some(None)) {
                return Err(Problem::internal(format!("no row says what the folded text of {table} follows from")));
            }
            watched.settle = follows.flatten();
        }
        for (table, columns) in &change.echoes {
            let own = typed(table, &mut columns.iter().map(String::as_str));
            let texts = own.iter().filter(|(_, kind)| *kind == ColumnKind::Text).count();
            if columns.is_empty() || texts != columns.len() {
                return Err(Problem::internal(format!("{table} has no such columns of text to repeat anything in")));
            }
        }
        Ok(Self(out, change.echoes))
    }

    /// What the sealing of each table, and of each later step on it, is begun under.
    pub fn marks(&self) -> impl Iterator<Item = String> {
        self.tables().flat_map(|(table, sealed)| sealed.marks(table))
    }

    pub(crate) fn get(&self, table: &str) -> Option<&Sealed> {
        self.0.get(table)
    }

    pub(crate) fn echoes(&self) -> &[(String, Vec<String>)] {
        &self.1
    }

    pub(crate) fn mirrored_tables(&self) -> impl Iterator<Item = &'static FactTable> {
        self.0.values().filter_map(Sealed::facts)
    }

    /// Those that the ledger covers.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&String, &Sealed)> {
        self.0.iter().filter(|(_, sealed)| sealed.is_sealed())
    }

    /// The watched table whose rows a statement changes, if it does.
    pub(super) fn target(&self, sql: &str) -> Option<(&str, &Sealed)> {
        let mut words = sql.split_ascii_whitespace();
        let verb = words.next().filter(|verb| !verb.eq_ignore_ascii_case("SELECT"))?.to_ascii_uppercase();
        let name = match verb.as_str() {
            "UPDATE" => words.next()?,
            "INSERT" | "DELETE" => words.nth(1)?,
            _ => return None,
        };
        let name = name.split('(').next().unwrap_or(name);
        let (name, sealed) = self.0.get_key_value(name)?;
        let is_touched = verb != "UPDATE" || sealed.is_undone() || sealed.is_set_by(sql);
        is_touched.then_some((name.as_str(), sealed))
    }
}

impl Sealed {
    pub(super) fn is_sealed(&self) -> bool {
        !self.columns.is_empty()
    }

    pub(crate) fn facts(&self) -> Option<&'static FactTable> {
        self.mirror.as_ref().map(|mirror| mirror.facts)
    }

    /// Whether acts on it can be taken back.
    pub(super) fn is_undone(&self) -> bool {
        !self.whole.is_empty()
    }

    /// Where it stands among all tables, parents before children.
    pub(super) const fn place(&self) -> usize {
        self.place
    }

    /// What writes the columns that follow from others.
    pub(super) fn settle(&self) -> Option<Settle> {
        self.settle
    }

    fn mirrored(&self) -> &[(String, ColumnKind)] {
        self.mirror.as_ref().map(|mirror| mirror.columns.as_slice()).unwrap_or_default()
    }

    /// Whether an UPDATE gives a value to a watched column.
    fn is_set_by(&self, sql: &str) -> bool {
        self.columns.iter().chain(self.mirrored()).any(|(column, _)| sets(sql, column))
    }

    /// Whether rows that a statement changes are afterwards under the keys that they had, if they are there at all.
    pub(super) fn keeps_keys(&self, sql: &str) -> bool {
        let is_key_set = || self.key.iter().any(|(column, _)| sets(sql, column));
        sql.starts_with("DELETE") || (sql.starts_with("UPDATE") && !is_key_set())
    }

    /// What the ledger compares of a row.
    pub(crate) fn sealed_names(&self) -> String {
        names(&[&self.key, &self.columns])
    }

    /// What the lake is told of a row.
    pub(crate) fn mirrored_names(&self) -> String {
        names(&[&self.key, self.mirrored()])
    }

    pub(super) fn whole_names(&self) -> String {
        names(&[&self.whole])
    }

    pub(super) fn key_names(&self) -> String {
        self.key.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn key_of(&self, row: &QueryResult) -> Result<Key, DbError> {
        let part = |(name, kind): &(String, ColumnKind)| {
            Ok(match value(row, name, *kind)? {
                Json::String(text) => text,
                other => other.to_string(),
            })
        };
        self.key.iter().map(part).collect()
    }

    /// The table's name; with a number for each later step that added columns.
    pub(super) fn marks(&self, table: &str) -> Vec<String> {
        let later = (2..).take(self.before.len()).map(|step| format!("{table} {step}"));
        std::iter::once(table.to_owned()).chain(later).collect()
    }

    /// Whether this is the row's hash, of all its columns or of those that were sealed when it was last touched.
    pub(super) fn fits(&self, row: &QueryResult, hash: [u8; 32]) -> Result<bool, DbError> {
        for count in std::iter::once(self.columns.len()).chain(self.before.iter().rev().copied()) {
            if self.hash_of_first(row, count)? == hash {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn hash_of(&self, row: &QueryResult) -> Result<[u8; 32], DbError> {
        self.hash_of_first(row, self.columns.len())
    }

    /// SHA-256 of the row's canonical JSON. What is NULL is left out.
    fn hash_of_first(&self, row: &QueryResult, count: usize) -> Result<[u8; 32], DbError> {
        let mut out = Map::new();
        for (name, kind) in self.columns.iter().take(count) {
            let value = value(row, name, *kind)?;
            if !value.is_null() {
                out.insert(name.clone(), value);
            }
        }
        let text = canonical_row(&out).map_err(|problem| DbError::Other(problem.to_string()))?;
        Ok(Sha256::digest(&text).into())
    }

    /// The blobs that the row names; a refused document has let go of its own.
    pub(super) fn files_of(&self, row: &QueryResult) -> Result<Vec<String>, DbError> {
        let named = self.columns.iter().filter(|(name, _)| name.contains("blob"));
        let hashes = named.map(|(name, kind)| value(row, name, *kind));
        let hashes = hashes.collect::<Result<Vec<_>, _>>()?;
        let is_name = |hash: &&str| crate::BlobHash::parse(hash).is_some();
        Ok(hashes.iter().filter_map(Json::as_str).filter(is_name).map(str::to_owned).collect())
    }
}

/// Whether an UPDATE names a column among those to which it gives values.
fn sets(sql: &str, column: &str) -> bool {
    let set = sql.split_once(" SET ").map_or(sql, |(_, rest)| rest);
    let set = set.rsplit_once(" WHERE ").map_or(set, |(set, _)| set);
    set.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seals() -> Seals {
        let column = |name: &str| (name.to_owned(), ColumnKind::Text);
        let sealed =
            Sealed { key: vec![column("id")], columns: vec![column("role"), column("valid_to")], ..Sealed::default() };
        Seals([("directory_post".to_owned(), sealed)].into(), vec![])
    }

    #[test]
    fn statements_on_sealed_columns_are_seen_and_others_are_not() {
        let seals = seals();
        for sql in [
            "INSERT INTO directory_post (id) VALUES ($1)",
            "INSERT INTO directory_post(id) VALUES ($1)",
            "delete from directory_post WHERE id = $1",
            "UPDATE directory_post SET title = $1, valid_to = $2 WHERE id = $3",
            "UPDATE directory_post SET role = (SELECT 1 WHERE 1 = 1) WHERE id = $3",
            "\n  UPDATE directory_post SET role = 'x'",
        ] {
            assert_eq!(seals.target(sql).unwrap().0, "directory_post", "{sql}");
        }
        for sql in [
            "SELECT role FROM directory_post",
            "UPDATE directory_post SET title = $1 WHERE role = 'x'",
            "UPDATE directory_person SET role = 'x'",
            "INSERT INTO directory_post_search (id) VALUES ($1)",
        ] {
            assert!(seals.target(sql).is_none(), "{sql}");
        }
    }

    #[test]
    fn a_statement_that_gives_rows_other_keys_is_seen() {
        let seals = seals();
        let post = seals.get("directory_post").unwrap();
        assert!(post.keeps_keys("UPDATE directory_post SET role = $1 WHERE id = $2"));
        assert!(post.keeps_keys("DELETE FROM directory_post WHERE id = $1"));
        assert!(!post.keeps_keys("UPDATE directory_post SET role = $1, id = $2 WHERE id = $3"));
        assert!(!post.keeps_keys("INSERT INTO directory_post (id) VALUES ($1)"));
    }

    #[test]
    fn keys_of_several_parts_cannot_be_taken_for_each_other() {
        let key = |parts: [&str; 2]| parts.map(str::to_owned).to_vec();
        assert_ne!(named(&key(["a/b", "c"])), named(&key(["a", "b/c"])));
        assert_eq!(named(&vec!["a".to_owned()]), "a");
    }
}
