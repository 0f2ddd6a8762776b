//! What rows were before an act, where it can be taken back.

use std::collections::BTreeMap;

use kernel::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{
    head::STREAM,
    seals::{Key, Sealed, named},
};
use crate::{DbError, Insert, Reader, Value, vals};

/// By table and key what a row was; none where there was none.
pub(super) type Images = BTreeMap<String, BTreeMap<Key, Option<Json>>>;

/// Rows of one table that an act changed.
#[derive(Debug)]
pub(crate) struct Kept {
    table: String,
    rows: Vec<Change>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Change {
    pub key: Key,
    pub before: Option<Json>,
    /// The hash of what the act left of the row; none where it left none.
    pub after: Option<String>,
}

/// The rows that a statement is about to change, held as they are. A new row is none yet.
pub(super) async fn images(
    conn: &Reader,
    table: &str,
    sealed: &Sealed,
    sql: &str,
    values: &[Value],
) -> Result<Vec<(Key, Json)>, DbError> {
    if sql.starts_with("INSERT") {
        return if sql.contains("DO UPDATE") { Err(not_plain(table)) } else { Ok(vec![]) };
    }
    let (_, which) = sql.split_once(" WHERE ").ok_or_else(|| not_plain(table))?;
    if which.contains("SELECT") {
        return Err(not_plain(table));
    }
    let (which, values) = renumbered(which, values).ok_or_else(|| not_plain(table))?;
    let lock = if conn.is_sqlite() { "" } else { " FOR NO KEY UPDATE" };
    let find = format!("SELECT {} FROM {table} WHERE {which}{lock}", sealed.whole_names());
    let rows = conn.rows(&find, values).await?;
    rows.iter().map(|row| Ok((sealed.key_of(row)?, sealed.image_of(row)?))).collect()
}

fn not_plain(table: &str) -> DbError {
    DbError::Other(format!(
        "rows of {table}, whose acts can be taken back, are changed by a condition on its own columns"
    ))
}

/// A condition with its own values only, numbered from 1 on.
fn renumbered(which: &str, values: &[Value]) -> Option<(String, Vec<Value>)> {
    let mut parts = which.split('$');
    let (mut text, mut own, mut numbers) = (parts.next()?.to_owned(), Vec::new(), Vec::<usize>::new());
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let number: usize = part[..digits].parse().ok()?;
        let at = numbers.iter().position(|known| *known == number).unwrap_or_else(|| {
            numbers.push(number);
            numbers.len() - 1
        });
        if at == own.len() {
            own.push(values.get(number.checked_sub(1)?)?.clone());
        }
        text.push_str(&format!("${}{}", at + 1, &part[digits..]));
    }
    Some((text, own))
}

/// What an act changed of a table, if it did: rows that are as they were are none. `left` has the hash of each row that is
/// there, none of one that is as it was.
pub(super) fn kept(
    table: &str,
    images: BTreeMap<Key, Option<Json>>,
    left: &BTreeMap<String, Option<String>>,
) -> Option<Kept> {
    let mut rows = Vec::new();
    for (key, before) in images {
        let after = match left.get(&named(&key)) {
            Some(None) => continue,
            Some(after) => after.clone(),
            None => None,
        };
        if before.is_some() || after.is_some() {
            rows.push(Change { key, before, after });
        }
    }
    (!rows.is_empty()).then(|| Kept { table: table.to_owned(), rows })
}

pub(super) fn insert(seq: i64, at: i64, kept: Vec<Kept>) -> Result<Option<Insert>, Problem> {
    let mut insert = Insert::into("db_before", "stream, seq, of_table, at, body");
    let any = !kept.is_empty();
    for kept in kept {
        let body = serde_json::to_string(&kept.rows).map_err(Problem::internal)?;
        insert.row(vals![STREAM, seq, kept.table, at, body]);
    }
    Ok(any.then_some(insert))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_takes_its_own_values_along() {
        let values = vals!["a", "b", "c"];
        let (text, own) = renumbered("id = $3 AND rev = $1 AND other = $3", &values).unwrap();
        assert_eq!((text.as_str(), own), ("id = $1 AND rev = $2 AND other = $1", vals!["c", "a"]));
        assert_eq!(renumbered("id = 1", &values).unwrap(), ("id = 1".to_owned(), vec![]));
        assert!(renumbered("id = $4", &values).is_none() && renumbered("a = '$'", &values).is_none());
    }
}
