//! A row as a line of JSON and back, with nothing left out, added or turned into something else.

use kernel::Problem;
use sea_orm::{QueryResult, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::manifest::damaged;
use crate::{
    DbError, Writer,
    schema::{Column, ColumnKind},
};

/// SQLite takes 32,766 values in a statement.
const MOST_VALUES: usize = 30_000;

pub(super) fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn written(row: &QueryResult, columns: &[Column]) -> Result<String, DbError> {
    let mut out = Map::new();
    for Column { name, kind, .. } in columns {
        let value = match kind {
            ColumnKind::Uuid => row.try_get::<Option<Uuid>>("", name)?.map(|v| v.to_string().into()),
            ColumnKind::Text => row.try_get::<Option<String>>("", name)?.map(Json::from),
            ColumnKind::Integer => row.try_get::<Option<i64>>("", name)?.map(Json::from),
            ColumnKind::Boolean => row.try_get::<Option<bool>>("", name)?.map(Json::from),
        };
        out.insert(name.clone(), value.unwrap_or(Json::Null));
    }
    Ok(Json::Object(out).to_string())
}

/// The value of a column of a row, for the next page of rows.
pub(super) fn key_value(row: &QueryResult, column: &Column) -> Result<Value, DbError> {
    let name = column.name.as_str();
    Ok(match column.kind {
        ColumnKind::Uuid => row.try_get::<Uuid>("", name)?.into(),
        ColumnKind::Text => row.try_get::<String>("", name)?.into(),
        ColumnKind::Integer => row.try_get::<i64>("", name)?.into(),
        ColumnKind::Boolean => row.try_get::<bool>("", name)?.into(),
    })
}

/// The values of a line, in the order of the columns.
pub(super) fn parsed(table: &str, columns: &[Column], line: &str) -> Result<Vec<Value>, Problem> {
    let row: Map<String, Json> = serde_json::from_str(line).map_err(|error| damaged(table).because(error))?;
    let unknown = row.keys().find(|name| columns.iter().all(|column| column.name != **name));
    if let Some(name) = unknown {
        return Err(damaged(format!("{table}.{name}")));
    }
    let value = |column: &Column| {
        let found = row.get(&column.name).and_then(|json| value(json, column));
        found.ok_or_else(|| damaged(format!("{table}.{}", column.name)))
    };
    columns.iter().map(value).collect()
}

fn value(json: &Json, column: &Column) -> Option<Value> {
    if json.is_null() && !column.optional {
        return None;
    }
    Some(match (column.kind, json) {
        (ColumnKind::Uuid, Json::Null) => Value::from(None::<Uuid>),
        (ColumnKind::Text, Json::Null) => Value::from(None::<String>),
        (ColumnKind::Integer, Json::Null) => Value::from(None::<i64>),
        (ColumnKind::Boolean, Json::Null) => Value::from(None::<bool>),
        (ColumnKind::Uuid, Json::String(text)) => Value::from(Uuid::parse_str(text).ok()?),
        (ColumnKind::Text, Json::String(text)) => Value::from(text.as_str()),
        (ColumnKind::Integer, json) => Value::from(json.as_i64()?),
        (ColumnKind::Boolean, json) => Value::from(json.as_bool()?),
        (ColumnKind::Uuid | ColumnKind::Text, _) => return None,
    })
}

/// How many rows of so many columns fit into one statement.
pub(super) fn at_once(columns: &[Column]) -> usize {
    (MOST_VALUES / columns.len().max(1)).clamp(1, 500)
}

pub(super) async fn insert(
    conn: &Writer,
    table: &str,
    columns: &[Column],
    rows: Vec<Vec<Value>>,
) -> Result<(), Problem> {
    if rows.is_empty() {
        return Ok(());
    }
    let width = columns.len();
    let marks = |row: usize| crate::marks(row * width + 1, width);
    let groups: Vec<String> = (0..rows.len()).map(|row| format!("({})", marks(row))).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES {}", names(columns), groups.join(", "));
    match conn.exec(&sql, rows.into_iter().flatten().collect()).await {
        Err(DbError::Constraint(why)) => Err(damaged(table).because(why)),
        done => Ok(done.map(|_| ())?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_only_as_it_was_written() {
        let column = |name: &str, kind, optional| Column { name: name.into(), kind, optional };
        let columns = [
            column("id", ColumnKind::Uuid, false),
            column("words", ColumnKind::Text, true),
            column("count", ColumnKind::Integer, false),
            column("is", ColumnKind::Boolean, false),
        ];
        let id = "0190f3a4-0000-7000-8000-000000000001";
        let line = |rest: &str| parsed("t", &columns, &format!(r#"{{"id":"{id}",{rest}}}"#));
        assert_eq!(line(r#""words":null,"count":1,"is":true"#).unwrap().len(), 4);
        for (rest, place) in [
            (r#""words":null,"count":"1","is":true"#, "t.count"),
            (r#""words":null,"count":1.5,"is":true"#, "t.count"),
            (r#""words":null,"count":null,"is":true"#, "t.count"),
            (r#""words":7,"count":1,"is":true"#, "t.words"),
            (r#""words":null,"count":1,"is":1"#, "t.is"),
            (r#""words":null,"count":1"#, "t.is"),
            (r#""wordz":null,"words":"x","count":1,"is":true"#, "t.wordz"),
        ] {
            let refused = line(rest).unwrap_err();
            assert_eq!((refused.code, refused.args[0].1.as_str()), ("backup-damaged", place), "{rest}");
        }
    }
}
