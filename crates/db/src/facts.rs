//! Facts on their way to the lake, kept until it takes them: one row per act and fact table, under the number of the act's
//! last ledger entry. The head of the ledger is locked last, so this number is the order of commits, without gaps: where
//! entry `n` is seen, so is every fact up to `n`.

use kernel::{ColumnType, FactTable};
use sea_orm::FromQueryResult;
use serde_json::Value as Json;

use crate::{
    Db, DbError, Insert, Reader, Tx,
    ledger::{STREAM, seals::Key, watch::Told},
    mask_json, vals,
};

/// What people wrote is masked here too: the lake keeps it for others. A code is no words, and some would be covered.
fn mask_words(table: &FactTable, rows: &mut [Json]) {
    for column in table.columns.iter().filter(|column| column.column_type == ColumnType::Text) {
        rows.iter_mut().filter_map(|row| row.get_mut(column.name)).for_each(mask_json);
    }
}

pub(crate) fn insert(tx: &Tx, seq: i64, (table, mut rows): Told) -> Result<Insert, DbError> {
    mask_words(table, &mut rows);
    let body = serde_json::to_string(&rows).map_err(|error| DbError::Other(error.to_string()))?;
    let mut insert = Insert::into("db_fact", "stream, seq, fact_table, version, at, body");
    insert.row(vals![STREAM, seq, table.name, i64::from(table.version), tx.ctx().now().as_microsecond(), body]);
    Ok(insert)
}

#[derive(FromQueryResult)]
struct Waiting {
    seq: i64,
    fact_table: String,
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

/// Takes out of what waits for the lake all that bears this id. What is left of its rows the act that forgets tells
/// itself: who takes the facts one after the other has the rows of now all the same.
pub(crate) async fn forget_of(tx: &Tx, id: &str) -> Result<(), DbError> {
    let broken = |error: serde_json::Error| DbError::Other(error.to_string());
    let find = "SELECT seq, fact_table FROM db_fact WHERE stream = $1 AND body LIKE $2 ORDER BY seq, fact_table";
    let waiting: Vec<Waiting> = tx.all(find, vals![STREAM, format!("%{id}%")]).await?;
    // One at a time: what a list of thousands of rows told is long.
    for Waiting { seq, fact_table } in waiting {
        let read = "SELECT body FROM db_fact WHERE stream = $1 AND seq = $2 AND fact_table = $3";
        let found: Option<Body> = tx.one(read, vals![STREAM, seq, fact_table.as_str()]).await?;
        let Some(Body { body }) = found else { continue };
        let mut rows: Vec<Json> = serde_json::from_str(&body).map_err(broken)?;
        rows.retain(|row| !row.to_string().contains(id));
        let body = serde_json::to_string(&rows).map_err(broken)?;
        let sql = "UPDATE db_fact SET body = $1 WHERE stream = $2 AND seq = $3 AND fact_table = $4";
        tx.exec(sql, vals![body, STREAM, seq, fact_table]).await?;
    }
    Ok(())
}

/// The tables whose rows the lake is told.
pub fn tables(db: &Db) -> Vec<&'static FactTable> {
    db.seals().mirrored_tables().collect()
}

/// Rows of a mirrored table as the lake would be told them now, in the order of their keys, after one of them: what the
/// lake begins with, and what it must have when it has taken every fact.
pub async fn snapshot(
    db: &Db,
    conn: &Reader,
    table: &str,
    after: Option<&Key>,
    limit: i64,
) -> Result<(Vec<Json>, Option<Key>), DbError> {
    let seals = db.seals();
    let watched = seals.get(table).and_then(|watched| Some((watched, watched.facts()?)));
    let (watched, declared) = watched.ok_or_else(|| DbError::Other(format!("{table} is not told to the lake")))?;
    let rows = watched.page(conn, table, &watched.mirrored_names(), after, limit).await?;
    let last = rows.last().map(|row| watched.key_of(row)).transpose()?;
    let mut facts = Vec::new();
    for row in &rows {
        facts.extend(watched.fact_of(row)?);
    }
    mask_words(declared, &mut facts);
    Ok((facts, last))
}

/// How many entries of the ledger the lake is behind: from the oldest fact that it has not taken.
pub async fn waiting(conn: &Reader) -> Result<i64, DbError> {
    let sql = "SELECT (SELECT seq FROM db_ledger_head WHERE stream = $1) + 1 - (SELECT MIN(seq) FROM db_fact WHERE stream = $1)";
    conn.count(sql, vals![STREAM]).await
}
