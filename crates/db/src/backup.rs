//! One file that holds everything: all rows of one snapshot, the blobs and the ledger's checkpoints, with checksums.
//!
//! The dump is logical, so a pilot's SQLite backup restores into a province's PostgreSQL. A backup is checked whole
//! before the first row is written, and is only restored into an empty database.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Write},
    path::Path,
};

use kernel::{Problem, ProblemKind};
use sea_orm::{QueryResult, TransactionTrait, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    BlobHash, Conn, Db, DbError, ModuleMigrations, migrate,
    schema::{ColumnKind, catalogue},
    seal::{seal, unseal},
    vals,
};

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// SHA-256 of each file in the archive.
    files: BTreeMap<String, String>,
}

const FORMAT: u32 = 2;
const CHECKPOINTS: &str = "ledger-checkpoints.jsonl";
const KEY: &str = "ledger.key";
const SEALED_KEY: &str = "ledger.key.sealed";

/// Writes a backup to `path`; the file appears only when it is complete. Returns the number of rows.
///
/// The key that signs the ledger goes in sealed under `passphrase`; without one neither it nor the checkpoints that
/// it signed go in. The rows hold personal data: the file is kept like the database itself.
pub async fn backup(
    db: &Db,
    modules: &[ModuleMigrations],
    path: &Path,
    passphrase: Option<&str>,
) -> Result<u64, Problem> {
    let part = path.with_extension("part");
    let file = File::create(&part).map_err(|error| file_problem(&part, &error))?;
    let mut zip = Archive { zip: ZipWriter::new(file), files: BTreeMap::new() };
    let snapshot = db.snapshot().await?;
    let mut count = 0;
    let change = catalogue(db.backend(), modules);
    for table in &change.order {
        let columns = &change.tables[table];
        let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let rows = snapshot.rows(&format!("SELECT {names} FROM {table}"), vals![]).await?;
        let mut text = String::new();
        for row in &rows {
            text.push_str(&row_json(row, columns)?.to_string());
            text.push('\n');
        }
        count += rows.len() as u64;
        zip.add(&format!("tables/{table}.jsonl"), text.as_bytes())?;
    }
    let hashes = snapshot.rows("SELECT hash FROM db_blob", vals![]).await?;
    for row in hashes {
        let hash: String = row.try_get_by_index(0).map_err(DbError::from)?;
        let Some(hash) = BlobHash::parse(&hash) else { continue };
        zip.add(&format!("blobs/{hash}"), &db.blobs().get(&hash).await?)?;
    }
    if let Some(passphrase) = passphrase {
        let key = db.data_dir().join(KEY);
        let secret = std::fs::read(&key).map_err(|error| file_problem(&key, &error))?;
        zip.add(SEALED_KEY, &seal(&secret, passphrase)?)?;
        zip.add(CHECKPOINTS, &std::fs::read(db.data_dir().join(CHECKPOINTS)).unwrap_or_default())?;
    }
    zip.finish()?;
    std::fs::rename(&part, path).map_err(|error| file_problem(path, &error))?;
    Ok(count)
}

struct Archive {
    zip: ZipWriter<File>,
    files: BTreeMap<String, String>,
}

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        self.files.insert(name.to_owned(), BlobHash::of(bytes).to_string());
        self.write(name, bytes)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        self.zip.start_file(name, SimpleFileOptions::default().large_file(true)).map_err(Problem::internal)?;
        self.zip.write_all(bytes).map_err(|error| file_problem(Path::new(name), &error))
    }

    fn finish(mut self) -> Result<(), Problem> {
        let manifest = Manifest { format: FORMAT, files: std::mem::take(&mut self.files) };
        let text = serde_json::to_vec_pretty(&manifest).map_err(Problem::internal)?;
        self.write("manifest.json", &text)?;
        let file = self.zip.finish().map_err(Problem::internal)?;
        file.sync_all().map_err(|error| file_problem(Path::new("backup"), &error))
    }
}

fn file_problem(path: &Path, error: &std::io::Error) -> Problem {
    let full = error.kind() == std::io::ErrorKind::StorageFull;
    let problem = if full {
        Problem::new(ProblemKind::Unavailable, "disk-full")
    } else {
        Problem::bad_input("file-unusable").with("file", path.display())
    };
    problem.because(error)
}

fn row_json(row: &QueryResult, columns: &[(String, ColumnKind)]) -> Result<Json, DbError> {
    let mut out = Map::new();
    for (name, kind) in columns {
        let value = match kind {
            ColumnKind::Uuid => row.try_get::<Option<Uuid>>("", name)?.map(|v| v.to_string().into()),
            ColumnKind::Text => row.try_get::<Option<String>>("", name)?.map(Json::from),
            ColumnKind::Integer => row.try_get::<Option<i64>>("", name)?.map(Json::from),
            ColumnKind::Boolean => row.try_get::<Option<bool>>("", name)?.map(Json::from),
        };
        out.insert(name.clone(), value.unwrap_or(Json::Null));
    }
    Ok(Json::Object(out))
}

/// Restores a backup into an empty database of either kind. Returns the number of rows.
///
/// A wrong passphrase is told before the first row. Without one the ledger comes back unsigned: from then on a new key
/// signs it.
pub async fn restore(
    db: &Db,
    modules: &[ModuleMigrations],
    path: &Path,
    passphrase: Option<&str>,
) -> Result<u64, Problem> {
    let mut archive = open(path)?;
    let manifest = checked(&mut archive)?;
    let mut keys: Vec<(&str, Vec<u8>)> = Vec::new();
    if let Some(passphrase) = passphrase {
        let without = || Problem::bad_input("backup-without-keys");
        manifest.files.get(SEALED_KEY).ok_or_else(without)?;
        let secret = unseal(&read(&mut archive, SEALED_KEY)?, passphrase);
        keys.push((KEY, secret.ok_or_else(|| Problem::bad_input("backup-passphrase-wrong"))?));
        keys.push((CHECKPOINTS, read(&mut archive, CHECKPOINTS)?));
    }
    migrate(db, modules).await?;
    let used = db.read().count("SELECT COUNT(*) FROM db_ledger", vals![]).await?;
    if used > 0 {
        return Err(Problem::new(ProblemKind::Conflict, "restore-into-used"));
    }
    for name in manifest.files.keys().filter(|name| name.starts_with("blobs/")) {
        db.blobs().put(read(&mut archive, name)?).await?;
    }
    let change = catalogue(db.backend(), modules);
    let conn = Conn::transaction(db.inner.writer.begin().await.map_err(DbError::from)?, db.backend());
    let mut count = 0;
    for table in &change.order {
        let name = format!("tables/{table}.jsonl");
        if !manifest.files.contains_key(&name) {
            continue;
        }
        let text = String::from_utf8(read(&mut archive, &name)?).map_err(|error| damaged(&error.to_string()))?;
        for line in text.lines() {
            insert(&conn, table, &change.tables[table], line).await?;
            count += 1;
        }
    }
    if let Some(tx) = conn.into_transaction() {
        tx.commit().await.map_err(DbError::from)?;
    }
    for (name, bytes) in keys {
        std::fs::write(db.data_dir().join(name), bytes).map_err(|error| file_problem(path, &error))?;
    }
    Ok(count)
}

fn damaged(why: &str) -> Problem {
    Problem::bad_input("backup-damaged").because(why)
}

fn open(path: &Path) -> Result<ZipArchive<File>, Problem> {
    let file = File::open(path).map_err(|error| file_problem(path, &error))?;
    ZipArchive::new(file).map_err(|error| damaged(&error.to_string()))
}

fn read(archive: &mut ZipArchive<File>, name: &str) -> Result<Vec<u8>, Problem> {
    let mut file = archive.by_name(name).map_err(|error| damaged(&error.to_string()))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
    Ok(bytes)
}

/// Compares every file with its checksum before anything is written.
fn checked(archive: &mut ZipArchive<File>) -> Result<Manifest, Problem> {
    let manifest: Manifest =
        serde_json::from_slice(&read(archive, "manifest.json")?).map_err(|error| damaged(&error.to_string()))?;
    if manifest.format != FORMAT {
        return Err(Problem::bad_input("backup-format"));
    }
    for (name, hash) in &manifest.files {
        if BlobHash::of(&read(archive, name)?).as_str() != hash {
            return Err(damaged(name));
        }
    }
    Ok(manifest)
}

async fn insert(conn: &Conn, table: &str, columns: &[(String, ColumnKind)], line: &str) -> Result<(), Problem> {
    let row: Map<String, Json> = serde_json::from_str(line).map_err(|error| damaged(&error.to_string()))?;
    let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let marks = (1..=columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let values = columns.iter().map(|(name, kind)| value(row.get(name), *kind)).collect();
    conn.exec(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"), values).await?;
    Ok(())
}

fn value(json: Option<&Json>, kind: ColumnKind) -> Value {
    match kind {
        ColumnKind::Uuid => Value::from(json.and_then(Json::as_str).and_then(|text| Uuid::parse_str(text).ok())),
        ColumnKind::Text => Value::from(json.and_then(Json::as_str).map(str::to_owned)),
        ColumnKind::Integer => Value::from(json.and_then(Json::as_i64)),
        ColumnKind::Boolean => Value::from(json.and_then(Json::as_bool)),
    }
}
