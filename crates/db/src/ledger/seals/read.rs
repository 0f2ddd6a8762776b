//! Reading watched rows: a page of them, what an act left of them, their facts.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ColumnType, Problem};
use sea_orm::QueryResult;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::{
    Key, Left, Sealed,
    columns::{Columns, names, value},
    named,
};
use crate::{DbError, Reader, Value, ledger::canonical::image_hash, schema::ColumnKind, vals};

/// Rows that are read at once: of a key of one part, which is looked up in a list; of others SQLite takes expressions a
/// thousand deep.
const AT_ONCE: usize = 500;
const PARTS_AT_ONCE: usize = 200;

impl Sealed {
    /// Rows after a key, in the order of keys: these columns of them.
    pub(crate) async fn page(
        &self,
        conn: &Reader,
        table: &str,
        names: &str,
        after: Option<&Key>,
        limit: i64,
    ) -> Result<Vec<QueryResult>, DbError> {
        let key = self.key_names();
        let Some(after) = after else {
            return conn.rows(&format!("SELECT {names} FROM {table} ORDER BY {key} LIMIT {limit}"), vals![]).await;
        };
        let marks = crate::marks(1, after.len());
        let sql = format!("SELECT {names} FROM {table} WHERE ({key}) > ({marks}) ORDER BY {key} LIMIT {limit}");
        conn.rows(&sql, self.bound(after)).await
    }

    /// All of a row.
    pub(in crate::ledger) fn image_of(&self, row: &QueryResult) -> Result<Json, DbError> {
        self.image_of_first(row, self.whole.len())
    }

    fn image_of_first(&self, row: &QueryResult, count: usize) -> Result<Json, DbError> {
        let one = |(name, kind): &(String, ColumnKind)| Ok((name.clone(), value(row, name, *kind)?));
        Ok(Json::Object(self.whole.iter().take(count).map(one).collect::<Result<Map<_, _>, DbError>>()?))
    }

    /// The hashes of a row with all its columns, and with those that it had before each later step. An image names its columns,
    /// empty ones too, so only one of them can be that of an act.
    pub(in crate::ledger) fn image_hashes(&self, row: &QueryResult) -> Result<Vec<String>, DbError> {
        let counts = std::iter::once(self.whole.len()).chain(self.whole_before.iter().copied());
        counts.map(|count| image_hash(&self.image_of_first(row, count)?)).collect()
    }

    /// The columns of the whole row that are no part of its key, and the key's.
    pub(in crate::ledger) fn whole(&self) -> (Vec<&(String, ColumnKind)>, &Columns) {
        (self.whole.iter().filter(|column| !self.key.contains(column)).collect(), &self.key)
    }

    fn bound(&self, key: &Key) -> Vec<Value> {
        let bind = |(text, (_, kind)): (&String, &(String, ColumnKind))| match kind {
            ColumnKind::Uuid => Value::from(Uuid::parse_str(text).ok()),
            ColumnKind::Text => Value::from(text.clone()),
            ColumnKind::Integer => Value::from(text.parse::<i64>().ok()),
            ColumnKind::Boolean => Value::from(text == "true"),
        };
        key.iter().zip(&self.key).map(bind).collect()
    }

    /// Which rows have these keys, as a condition and its values.
    pub(in crate::ledger) fn which(&self, keys: &[&Key]) -> (String, Vec<Value>) {
        // PostgreSQL plans each part of a long OR by itself, over every index: ten times as long as it looks up a list.
        if let [(name, _)] = self.key.as_slice() {
            let values: Vec<Value> = keys.iter().flat_map(|key| self.bound(key)).collect();
            return (format!("{name} IN ({})", crate::marks(1, values.len())), values);
        }
        let mut values = Vec::new();
        let mut one = |key: &&Key| {
            let parts = self.key.iter().zip(values.len() + 1..).map(|((name, _), n)| format!("{name} = ${n}"));
            let text = format!("({})", parts.collect::<Vec<_>>().join(" AND "));
            values.extend(self.bound(key));
            text
        };
        let which = keys.iter().map(&mut one).collect::<Vec<_>>().join(" OR ");
        (which, values)
    }

    /// What is left of these rows; `before` is what they were, where that is kept.
    pub(in crate::ledger) async fn left(
        &self,
        conn: &Reader,
        table: &str,
        keys: &BTreeSet<Key>,
        before: Option<&BTreeMap<Key, Option<Json>>>,
    ) -> Result<Left, DbError> {
        let mut gone: BTreeMap<String, &Key> = keys.iter().map(|key| (named(key), key)).collect();
        let mut out = Left::default();
        let keys: Vec<&Key> = keys.iter().collect();
        let at_once = if self.key.len() == 1 { AT_ONCE } else { PARTS_AT_ONCE };
        for keys in keys.chunks(at_once) {
            // In the order of keys, whatever way the database found them.
            let mut facts = BTreeMap::new();
            let (which, values) = self.which(keys);
            // An act holds what it changed; where a table is sealed for the first time, this keeps others off.
            let lock = if conn.is_sqlite() { "" } else { " FOR NO KEY UPDATE" };
            let sql = format!(
                "SELECT {} FROM {table} WHERE {which}{lock}",
                names(&[&self.key, &self.columns, self.mirrored(), &self.whole])
            );
            for row in conn.rows(&sql, values).await? {
                let parts = self.key_of(&row)?;
                let key = named(&parts);
                gone.remove(&key);
                if let Some(before) = before {
                    let (image, was) = (self.image_of(&row)?, before.get(&parts).and_then(Option::as_ref));
                    let is_as_it_was = was == Some(&image);
                    out.whole.insert(key.clone(), (!is_as_it_was).then(|| image_hash(&image)).transpose()?);
                }
                if self.is_sealed() {
                    out.hashes.insert(key.clone(), Some(hex::encode(self.hash_of(&row)?)));
                }
                facts.extend(self.fact_of(&row)?.map(|fact| (key, fact)));
            }
            out.facts.extend(facts.into_values());
        }
        for (name, key) in gone {
            if self.is_sealed() {
                out.hashes.insert(name, None);
            }
            out.facts.extend(self.end_of(key)?);
        }
        Ok(out)
    }

    /// The row as the lake is told it, if it is.
    pub(crate) fn fact_of(&self, row: &QueryResult) -> Result<Option<Json>, DbError> {
        let Some(mirror) = &self.mirror else { return Ok(None) };
        let mut out = Map::new();
        for (column, (name, kind)) in mirror.facts.columns.iter().zip(&mirror.columns) {
            let value = match (column.column_type, value(row, name, *kind)?) {
                (ColumnType::Id(kind), Json::String(id)) => id_of(kind, &id)?,
                (_, value) => value,
            };
            out.insert(column.name.to_owned(), value);
        }
        Ok(Some(Json::Object(out)))
    }

    /// That the row is gone.
    fn end_of(&self, key: &Key) -> Result<Option<Json>, DbError> {
        let Some(mirror) = &self.mirror else { return Ok(None) };
        let mut out = Map::from_iter([("removed".to_owned(), Json::Bool(true))]);
        for column in mirror.facts.key.iter().filter_map(|key| mirror.facts.column(key)) {
            let part = self.key.iter().zip(key).find(|((name, _), _)| name == column.from).map(|(_, part)| part);
            let value = match (column.column_type, part) {
                (ColumnType::Id(kind), Some(id)) => id_of(kind, id)?,
                (_, part) => json!(part),
            };
            out.insert(column.name.to_owned(), value);
        }
        Ok(Some(Json::Object(out)))
    }
}

fn id_of(kind: &'static str, id: &str) -> Result<Json, DbError> {
    let other = |error: String| DbError::Other(error);
    let id = Uuid::parse_str(id).map_err(|error| other(error.to_string()))?;
    kernel::id_text(kind, id).map(Json::from).map_err(|problem: Problem| other(problem.to_string()))
}
