//! Comparing sealed rows with what their last act left.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kernel::Problem;

use super::{fault::Fault, head::STREAM, report::MOST_FAULTS, seals};
use crate::{BlobHash, Db, DbError, Reader};

type Hash = Option<[u8; 32]>;

/// The last seal of each row, gathered from the chain.
#[derive(Debug, Default)]
pub(super) struct LastSeals {
    begun: BTreeSet<String>,
    rows: HashMap<String, HashMap<String, Hash>>,
}

impl LastSeals {
    pub fn begin(&mut self, tables: Vec<String>) {
        self.begun.extend(tables);
    }

    pub fn note(&mut self, seals: BTreeMap<String, BTreeMap<String, Option<String>>>) {
        for (table, rows) in seals {
            let known = self.rows.entry(table).or_default();
            for (key, hash) in rows {
                let hash = hash.map(|hash| hex::decode(hash).ok().and_then(|hash| hash.try_into().ok()));
                // What is no hash fits no row.
                known.insert(key, hash.map(Option::unwrap_or_default));
            }
        }
    }
}

/// What was compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub rows: i64,
    pub files: i64,
}

/// Compares every row of every sealed table; with `files`, the files that they name too.
pub(super) async fn compare(
    db: &Db,
    conn: &Reader,
    mut last: LastSeals,
    files: bool,
    faults: &mut Vec<Fault>,
) -> Result<Compared, Problem> {
    let (mut out, mut read) = (Compared::default(), HashSet::new());
    let declared = db.seals();
    for (table, sealed) in declared.tables() {
        let mut left = last.rows.remove(table).unwrap_or_default();
        let is_begun = last.begun.contains(table);
        let mut after = None;
        loop {
            let rows = sealed.page(conn, table, &sealed.sealed_names(), after.as_ref(), 1000).await?;
            for row in &rows {
                let key = sealed.key_of(row)?;
                let place = || (table.clone(), seals::named(&key));
                let fault = match left.remove(&seals::named(&key)) {
                    Some(Some(hash)) if sealed.fits(row, hash)? => None,
                    Some(Some(_)) => Some(place()).map(|(table, id)| Fault::RowChanged { table, id }),
                    Some(None) => Some(place()).map(|(table, id)| Fault::RowUnsealed { table, id }),
                    None if is_begun => Some(place()).map(|(table, id)| Fault::RowUnsealed { table, id }),
                    None => None,
                };
                faults.extend(fault);
                if files {
                    for hash in sealed.files_of(row)?.into_iter().filter(|hash| read.insert(hash.clone())) {
                        out.files += 1;
                        let (table, id) = place();
                        faults.extend((!is_whole(db, &hash).await).then_some(Fault::FileDamaged { table, id, hash }));
                    }
                }
                out.rows += 1;
                after = Some(key);
            }
            if rows.is_empty() || faults.len() >= MOST_FAULTS {
                break;
            }
        }
        let mut gone: Vec<String> = left.into_iter().filter(|(_, hash)| hash.is_some()).map(|(id, _)| id).collect();
        gone.sort();
        // Where the comparison was broken off, what is left was not looked for.
        if faults.len() < MOST_FAULTS {
            faults.extend(gone.into_iter().map(|id| Fault::RowGone { table: table.clone(), id }));
        }
    }
    Ok(out)
}

async fn is_whole(db: &Db, hash: &str) -> bool {
    let Some(hash) = BlobHash::parse(hash) else { return false };
    db.blobs().get(&hash).await.is_ok()
}

/// Rows outside the chain: numbers that no entry can have, streams that do not exist.
pub(super) async fn strays(conn: &Reader) -> Result<Vec<Fault>, DbError> {
    #[derive(sea_orm::FromQueryResult)]
    struct Stray {
        stream: String,
        seq: i64,
    }
    let sql = "SELECT stream, seq FROM db_ledger WHERE stream <> $1 OR seq <= 0 ORDER BY stream, seq LIMIT 20";
    let mut rows: Vec<Stray> = conn.all(sql, crate::vals![STREAM]).await?;
    let sql = "SELECT stream, seq FROM db_ledger_head WHERE stream <> $1 ORDER BY stream LIMIT 20";
    rows.extend(conn.all::<Stray>(sql, crate::vals![STREAM]).await?);
    Ok(rows.into_iter().map(|row| Fault::Stray { stream: row.stream, seq: row.seq }).collect())
}
