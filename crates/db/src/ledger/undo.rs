//! Taking an act back: what its rows were before is kept beside its entry, for tables whose schema says so
//! ([`crate::Change::undoes`]), and is written back while nobody was at them since. That is an act of its own, with an entry
//! of its own, and can be taken back too.

use std::collections::BTreeMap;

use kernel::{Problem, ProblemKind};
use sea_orm::FromQueryResult;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    entry::{Entry, LedgerRow},
    head::STREAM,
    images::Change,
    seals::{Key, Sealed, named},
};
use crate::{DbError, Reader, Tx, Value, schema::ColumnKind, vals};

/// The action of an act that takes another one back.
pub const UNDO: &str = "act.undo";
/// Rows that are read at once.
const AT_ONCE: usize = 200;

#[derive(FromQueryResult)]
struct Row {
    of_table: String,
    body: String,
}

async fn changes(conn: &Reader, seq: i64) -> Result<Vec<(String, Vec<Change>)>, Problem> {
    let sql = "SELECT of_table, body FROM db_before WHERE stream = $1 AND seq = $2 ORDER BY of_table";
    let rows: Vec<Row> = conn.all(sql, vals![STREAM, seq]).await?;
    rows.into_iter()
        .map(|row| Ok((row.of_table, serde_json::from_str(&row.body).map_err(Problem::internal)?)))
        .collect()
}

/// The rows of a table that an act was at, as far as what they were is kept; where their keys are ids.
pub async fn touched(conn: &Reader, seq: i64, table: &str) -> Result<Vec<Uuid>, Problem> {
    let own = changes(conn, seq).await?.into_iter().filter(|(of, _)| of == table).flat_map(|(_, rows)| rows);
    Ok(own.filter_map(|change| Uuid::parse_str(&named(&change.key)).ok()).collect())
}

/// Whether what a row was is kept, so that an act that goes back may bring it again.
pub async fn is_kept_before(conn: &Reader, table: &str, id: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM db_before WHERE stream = $1 AND of_table = $2 AND body LIKE $3";
    Ok(conn.count(sql, vals![STREAM, table, format!("%{id}%")]).await? > 0)
}

/// What stands of rows now, by key: as they are, and as they would have been before later steps of the schema.
async fn standing(
    conn: &Reader,
    table: &str,
    sealed: &Sealed,
    changes: &[Change],
    lock: &str,
) -> Result<BTreeMap<String, Vec<String>>, DbError> {
    let mut out = BTreeMap::new();
    for some in changes.chunks(AT_ONCE) {
        let keys: Vec<&Key> = some.iter().map(|change| &change.key).collect();
        let (which, values) = sealed.which(&keys);
        let find = format!("SELECT {} FROM {table} WHERE {which}{lock}", sealed.whole_names());
        for row in conn.rows(&find, values).await? {
            out.insert(named(&sealed.key_of(&row)?), sealed.image_hashes(&row)?);
        }
    }
    Ok(out)
}

fn is_as_left(changes: &[Change], standing: &BTreeMap<String, Vec<String>>) -> bool {
    changes.iter().all(|change| match (standing.get(&named(&change.key)), &change.after) {
        (Some(stands), Some(after)) => stands.contains(after),
        (stands, after) => stands.is_none() && after.is_none(),
    })
}

/// Whether an act since was at one of these rows that bears only the hash of before a later step: such a hash says nothing of
/// the newer columns.
async fn is_touched_since(
    conn: &Reader,
    seq: i64,
    table: &str,
    changes: &[Change],
    standing: &BTreeMap<String, Vec<String>>,
) -> Result<bool, Problem> {
    let is_older = |change: &&Change| match (standing.get(&named(&change.key)), &change.after) {
        (Some(stands), Some(after)) => stands.first() != Some(after),
        _ => false,
    };
    let keys: Vec<&Key> = changes.iter().filter(is_older).map(|change| &change.key).collect();
    if keys.is_empty() {
        return Ok(false);
    }
    let sql = "SELECT of_table, body FROM db_before WHERE stream = $1 AND seq > $2 AND of_table = $3";
    let rows: Vec<Row> = conn.all(sql, vals![STREAM, seq, table]).await?;
    for row in rows {
        let since: Vec<Change> = serde_json::from_str(&row.body).map_err(Problem::internal)?;
        if since.iter().any(|change| keys.contains(&&change.key)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the act of an entry can be taken back: what its rows were is kept, and they are as it left them.
pub async fn can_undo(db: &crate::Db, seq: i64) -> Result<bool, Problem> {
    let (seals, conn) = (db.seals(), db.read());
    let changes = changes(&conn, seq).await?;
    for (table, changes) in &changes {
        let Some(sealed) = seals.get(table).filter(|sealed| sealed.is_undone()) else { return Ok(false) };
        let stands = standing(&conn, table, sealed, changes, "").await?;
        if !is_as_left(changes, &stands) || is_touched_since(&conn, seq, table, changes, &stands).await? {
            return Ok(false);
        }
    }
    Ok(!changes.is_empty())
}

/// Takes the act of an entry back, inside an act of its own: its rows are as they were before. Refused where they are not
/// any more as it left them, or what they were is not kept any longer.
pub async fn undo(tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let since = || Problem::new(ProblemKind::Conflict, "changed-since");
    let lock = if tx.is_sqlite() { "" } else { " FOR UPDATE" };
    let (seals, changes) = (tx.seals(), changes(tx, entry.seq).await?);
    if changes.is_empty() {
        return Err(Problem::new(ProblemKind::Conflict, "undo-over"));
    }
    let meanwhile = |error: DbError| match error {
        DbError::Constraint(_) => since(),
        other => other.into(),
    };
    let mut tables = Vec::new();
    for (table, changes) in &changes {
        let sealed = seals.get(table).filter(|sealed| sealed.is_undone()).ok_or_else(since)?;
        let stands = standing(tx, table, sealed, changes, lock).await?;
        if !is_as_left(changes, &stands) || is_touched_since(tx, entry.seq, table, changes, &stands).await? {
            return Err(since());
        }
        tables.push((table, sealed, changes));
    }
    tables.sort_by_key(|(_, sealed, _)| sealed.place());
    // What goes first, children before parents: a row that comes back may stand where it stood.
    for (table, sealed, changes) in tables.iter().rev() {
        let gone: Vec<&Key> =
            changes.iter().filter(|change| change.before.is_none()).map(|change| &change.key).collect();
        for some in gone.chunks(AT_ONCE) {
            let (which, values) = sealed.which(some);
            tx.exec(&format!("DELETE FROM {table} WHERE {which}"), values).await.map_err(meanwhile)?;
        }
    }
    for (table, sealed, changes) in &tables {
        for change in *changes {
            let Some(before) = &change.before else { continue };
            let (sql, values) = restored(table, sealed, before, change.after.is_some());
            tx.exec(&sql, values).await.map_err(meanwhile)?;
            if let Some(settle) = sealed.settle().filter(|_| lacks(sealed, before)) {
                settle(tx, sealed.which(&[&change.key]).1).await.map_err(meanwhile)?;
            }
        }
    }
    let body: Json = serde_json::from_str(&entry.body).unwrap_or_default();
    let unit = body["unit"].as_str().and_then(|unit| unit.parse().ok());
    // Of what took something back it is still that act that is asked for.
    let act = body["detail"]["act"].as_str().filter(|_| entry.action == UNDO).unwrap_or(&entry.action);
    let entry = Entry { unit, ..Entry::new(UNDO, &entry.subject) }.detail(json!({ "entry": entry.seq, "act": act }));
    tx.ledger(entry);
    Ok(())
}

/// Whether a later step added columns of which an image knows nothing.
fn lacks(sealed: &Sealed, image: &Json) -> bool {
    sealed.whole().0.iter().any(|(name, _)| image.get(name).is_none())
}

/// The statement that makes a row what it was. A revision never comes again: who read the row between is told that it was
/// changed. A column of which the image knows nothing stays as it is; in a row that comes back it is empty, and what a step
/// mended does not reach it: whoever reads such a column takes none for an answer.
fn restored(table: &str, sealed: &Sealed, image: &Json, is_there: bool) -> (String, Vec<Value>) {
    let (rest, key) = sealed.whole();
    let rest: Vec<_> = rest.into_iter().filter(|(name, _)| image.get(name).is_some()).collect();
    let mut values = Vec::new();
    let mut mark = |(name, kind): &(String, ColumnKind)| {
        values.push(bound(*kind, &image[name.as_str()]));
        format!("${}", values.len())
    };
    let sql = if is_there {
        let mut set = |column: &&(String, ColumnKind)| match column.0.as_str() {
            "rev" => "rev = rev + 1".to_owned(),
            name => format!("{name} = {}", mark(column)),
        };
        let set = rest.iter().map(&mut set).collect::<Vec<_>>().join(", ");
        let which: Vec<String> = key.iter().map(|column| format!("{} = {}", column.0, mark(column))).collect();
        format!("UPDATE {table} SET {set} WHERE {}", which.join(" AND "))
    } else {
        let columns: Vec<&(String, ColumnKind)> = rest.into_iter().chain(key).collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let marks: Vec<String> = columns.iter().map(|column| mark(column)).collect();
        format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "))
    };
    (sql, values)
}

fn bound(kind: ColumnKind, value: &Json) -> Value {
    match kind {
        ColumnKind::Uuid => Value::from(value.as_str().and_then(|id| Uuid::parse_str(id).ok())),
        ColumnKind::Text => Value::from(value.as_str().map(str::to_owned)),
        ColumnKind::Integer => Value::from(value.as_i64()),
        ColumnKind::Boolean => Value::from(value.as_bool()),
    }
}

/// What rows were is kept no longer, and of this act neither: it may name somebody who is to be forgotten.
pub async fn forget(tx: &Tx) -> Result<(), DbError> {
    tx.keep_no_images();
    tx.exec("DELETE FROM db_before", vals![]).await.map(|_| ())
}
