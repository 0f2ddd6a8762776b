//! Sealing the rows of a table for the first time.

use std::collections::BTreeSet;

use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;
use serde_json::{Value as Json, json};

use super::{entry::Entry, head::STREAM, seals::Key};
use crate::{Db, DbError, Reader, Tx, vals};

/// The subject of entries that begin the sealing of tables.
const SUBJECT: &str = "seals";
/// Rows whose hashes are in one entry, where a table is sealed for the first time.
const PAGE: i64 = 1000;

/// Seals, once, the rows of tables that a later version declared, and anew those of which it seals more; those of a new
/// database are sealed from the start.
pub async fn seal_rows(db: &Db, ctx: &Ctx) -> Result<(), Problem> {
    let seals = db.seals();
    let begun = begun(&db.read()).await?;
    if begun.is_none() {
        return Ok(());
    }
    let is_begun = |mark: &String| begun.iter().flatten().any(|begun| begun == mark);
    for (table, sealed) in seals.tables() {
        let marks: Vec<String> = sealed.marks(table).into_iter().filter(|mark| !is_begun(mark)).collect();
        if marks.is_empty() {
            continue;
        }
        let mut after: Option<Key> = None;
        loop {
            let rows = sealed.page(&db.read(), table, &sealed.sealed_names(), after.as_ref(), PAGE).await?;
            let keys = rows.iter().map(|row| sealed.key_of(row)).collect::<Result<Vec<_>, _>>()?;
            let is_last = i64::try_from(keys.len()).unwrap_or(i64::MAX) < PAGE;
            let (page, marks) = (&keys, &marks);
            db.write(ctx, |tx: Tx| async move {
                if !page.is_empty() {
                    tx.touch(table, page.clone());
                }
                if is_last {
                    for mark in marks {
                        tx.begin_sealing(mark);
                    }
                }
                tx.ledger(Entry::new("ledger.seal", SUBJECT).detail(json!({ "table": table, "rows": page.len() })));
                Ok(())
            })
            .await?;
            if is_last {
                break;
            }
            after = keys.into_iter().last();
        }
    }
    Ok(())
}

/// The tables whose sealing has begun; none where nothing was ever written.
async fn begun(conn: &Reader) -> Result<Option<BTreeSet<String>>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM db_ledger WHERE stream = $1 AND (seq = 1 OR subject = $2)";
    let rows: Vec<Row> = conn.all(sql, vals![STREAM, SUBJECT]).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let bodies = rows.iter().filter_map(|row| serde_json::from_str::<Json>(&row.body).ok());
    let names = bodies.flat_map(|body| body["sealing"].as_array().cloned().unwrap_or_default());
    Ok(Some(names.filter_map(|name| name.as_str().map(str::to_owned)).collect()))
}
