//! Diacritic-blind search in both databases: one call to index, one fragment to match.

use sea_orm::DbBackend;
use uuid::Uuid;

use crate::{DbError, Insert, Words, Writer, vals};

/// Indexes texts under their ids in `table` (`<table>_search`), in few statements; they are folded here.
pub async fn search_put_all(conn: &Writer, table: &'static str, texts: &[(Uuid, Words)]) -> Result<(), DbError> {
    let mut insert = Insert::into(table, "id, fold");
    for (id, text) in texts {
        insert.row(vals![*id, kernel::text::fold(text)]);
    }
    insert.or("(id) DO UPDATE SET fold = excluded.fold");
    insert.run(conn).await
}

/// The words that a query looks for, folded. Only the first twelve: each is one more condition, and databases set a
/// limit to how many of them a statement may have.
pub fn words(query: &str) -> Vec<String> {
    kernel::text::fold(query).split(' ').filter(|word| !word.is_empty()).take(12).map(str::to_owned).collect()
}

/// The sub-select of ids that match all words of `query` (the last as a prefix), with `$n` for its one value,
/// and that value. `None` when the query has no word.
pub fn matching(backend: DbBackend, table: &str, query: &str, n: usize) -> Option<(String, String)> {
    let words = words(query);
    if words.is_empty() {
        return None;
    }
    Some(match backend {
        DbBackend::Postgres => (
            format!("SELECT id FROM {table}_search WHERE to_tsvector('simple', fold) @@ to_tsquery('simple', ${n})"),
            format!("{}:*", words.join(" & ")),
        ),
        _ => (
            format!(
                "SELECT s.id FROM {table}_fts f JOIN {table}_search s ON s.rowid = f.rowid WHERE {table}_fts MATCH ${n}"
            ),
            format!("{}*", words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")),
        ),
    })
}

/// The condition that a row bears words that begin like each of these, and its one value `$n`: of a table whose own `fold` is
/// indexed ([`crate::Change::search_own`]), by what the statement calls it. `None` when there is no word.
pub fn bearing(
    backend: DbBackend,
    (table, called): (&str, &str),
    folded: &[String],
    n: usize,
) -> Option<(String, String)> {
    let all = |one: fn(&String) -> String, between: &str| folded.iter().map(one).collect::<Vec<_>>().join(between);
    let said = match backend {
        DbBackend::Postgres => (
            format!("to_tsvector('simple', {called}.fold) @@ to_tsquery('simple', ${n})"),
            all(|word| format!("{word}:*"), " & "),
        ),
        _ => (
            format!("{called}.rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ${n})"),
            all(|word| format!("\"{word}\"*"), " "),
        ),
    };
    (!folded.is_empty()).then_some(said)
}
