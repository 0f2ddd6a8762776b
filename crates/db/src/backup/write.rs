//! Writing a backup.

use std::{collections::BTreeMap, path::Path};

use kernel::Problem;
use serde_json::Value as Json;

use super::{
    archive::Writing,
    manifest::{CHECKPOINTS, FORMAT, KEY, LOCAL, Manifest, file_problem},
    rows,
};
use crate::{
    BlobHash, Db, ModuleMigrations, Reader, ScrubFault, Value,
    ledger::number,
    schema::{Shape, catalogue, steps},
    scrub::fault,
    sweep::next_named,
};

const AT_ONCE: usize = 500;

/// What a backup holds, and which named files it could not.
#[derive(Debug)]
pub struct BackedUp {
    pub rows: u64,
    pub lacking: Vec<ScrubFault>,
}

/// Writes a backup to `path`; the file appears only when it is complete, and until then the one before it stays.
///
/// With a passphrase everything in it is encrypted and authenticated, and the key that signs the ledger goes in with the
/// checkpoints it signed. Without one neither goes in, and whoever holds the file reads everybody's data.
pub async fn backup(
    db: &Db,
    modules: &[ModuleMigrations],
    path: &Path,
    passphrase: Option<&str>,
) -> Result<BackedUp, Problem> {
    let mut writing = Writing::begin(path, passphrase)?;
    // Before the rows: a later line would speak of entries that are not in them.
    let points = checkpoints(&db.data_dir().join(CHECKPOINTS))?;
    let snapshot = db.snapshot().await?;
    let head = number(&snapshot).await?;
    let change = catalogue(db.backend(), modules);
    let mut out = BackedUp { rows: 0, lacking: Vec::new() };
    for table in change.order.iter().filter(|table| !LOCAL.contains(&table.as_str())) {
        writing.start(&format!("tables/{table}.jsonl"))?;
        out.rows += write_table(&snapshot, &mut writing, table, &change.tables[table]).await?;
    }
    let lacking = write_blobs(db, &snapshot, &change.blobs, &mut writing, &mut out).await?;
    if passphrase.is_some() {
        let key = db.data_dir().join(KEY);
        writing.add(KEY, &std::fs::read(&key).map_err(|error| file_problem(&key, &error))?)?;
        writing.add(CHECKPOINTS, &up_to(&points, head))?;
    }
    let mut made: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, step) in steps(modules) {
        made.entry(module.to_owned()).or_default().push(step.name.to_owned());
    }
    writing.finish(Manifest { format: FORMAT, files: BTreeMap::new(), steps: made, lacking })?;
    Ok(out)
}

/// The file as it is, whatever is in it; only one that is not there is none.
fn checkpoints(path: &Path) -> Result<Vec<u8>, Problem> {
    match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|error| file_problem(path, &error)),
    }
}

/// The signed points that lie within the rows of the snapshot, and what is no point: it is for whoever verifies.
fn up_to(points: &[u8], head: i64) -> Vec<u8> {
    let within = |line: &&[u8]| {
        let point: Json = serde_json::from_slice(line).unwrap_or_default();
        point["seq"].as_i64().is_none_or(|seq| seq <= head)
    };
    points.split_inclusive(|byte| *byte == b'\n').filter(within).flatten().copied().collect()
}

/// Page by page in the order of the key, so that no table lies in memory as a whole.
async fn write_table(conn: &Reader, writing: &mut Writing, table: &str, shape: &Shape) -> Result<u64, Problem> {
    let key: Vec<_> = shape.columns.iter().filter(|column| shape.key.contains(&column.name)).collect();
    let (columns, order) =
        (rows::names(&shape.columns), key.iter().map(|k| k.name.as_str()).collect::<Vec<_>>().join(", "));
    let mut after: Vec<Value> = Vec::new();
    let mut count = 0;
    loop {
        let further = if after.is_empty() {
            String::new()
        } else {
            format!(" WHERE ({order}) > ({})", crate::marks(1, after.len()))
        };
        let sql = format!("SELECT {columns} FROM {table}{further} ORDER BY {order} LIMIT {AT_ONCE}");
        let page = conn.rows(&sql, std::mem::take(&mut after)).await?;
        for row in &page {
            writing.write(rows::written(row, &shape.columns)?.as_bytes())?;
            writing.write(b"\n")?;
        }
        count += page.len() as u64;
        let Some(last) = page.last().filter(|_| page.len() == AT_ONCE) else { return Ok(count) };
        after = key.iter().map(|column| rows::key_value(last, column)).collect::<Result<_, _>>()?;
    }
}

/// Every blob that a row of the snapshot names. A bad one is written down, and the rest is saved.
async fn write_blobs(
    db: &Db,
    snapshot: &Reader,
    columns: &[(String, String)],
    writing: &mut Writing,
    out: &mut BackedUp,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut lacking = BTreeMap::new();
    let mut last = String::new();
    loop {
        let names = next_named(snapshot, columns, &last).await?;
        let Some(newest) = names.last() else { return Ok(lacking) };
        last.clone_from(newest);
        for hash in names.iter().filter_map(|name| BlobHash::parse(name)) {
            match db.blobs().look(&hash).await? {
                Ok(bytes) => writing.add(&format!("blobs/{hash}"), &bytes)?,
                Err(found) => {
                    let fault = fault(db, &hash, found).await?;
                    let why = fault.as_ref().map_or("released", |fault| fault.kind.as_str());
                    lacking.insert(hash.to_string(), why.to_owned());
                    out.lacking.extend(fault);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_are_carried_as_they_are() {
        let points = b"{\"seq\":1}\n\xff\xfe\n{\"seq\":2}\n{\"seq\":3}\n";
        assert_eq!(up_to(points, 2), b"{\"seq\":1}\n\xff\xfe\n{\"seq\":2}\n");
        assert_eq!(up_to(b"{\"seq\":1}\n{\"se", 2), b"{\"seq\":1}\n{\"se", "what is being written is no line yet");
        assert_eq!(up_to(b"", 2), b"");
    }
}
