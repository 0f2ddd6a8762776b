//! One file that holds everything: all rows of one moment, the blobs they name and the ledger's checkpoints up to it.
//!
//! The dump is logical, so a pilot's SQLite backup restores into a province's PostgreSQL. Under a passphrase the whole
//! archive is encrypted and authenticated ([`chunks`]). A backup is checked whole before the first row is written, and
//! is only restored into an empty database.

mod archive;
mod chunks;
mod restore;
mod rows;
mod schema_of;
mod write;

use std::{collections::BTreeMap, path::Path};

use kernel::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};

pub use self::{
    restore::{Restored, restore, restore_if},
    write::{BackedUp, backup},
};

const FORMAT: u32 = 3;
/// Rows of all tables and the ledger's key sealed by itself; says nothing of its schema.
const BEFORE: u32 = 2;
const MANIFEST: &str = "manifest.json";
const CHECKPOINTS: &str = "ledger-checkpoints.jsonl";
const KEY: &str = "ledger.key";
const SEALED_KEY: &str = "ledger.key.sealed";
/// What ties a database to its folder is not carried to another one.
const LOCAL: [&str; 1] = ["db_house"];

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// SHA-256 of each file in the archive.
    files: BTreeMap<String, String>,
    /// The steps of the schema that the rows have, by module.
    #[serde(default)]
    steps: BTreeMap<String, Vec<String>>,
    /// Named blobs that are not in the archive, and why.
    #[serde(default)]
    lacking: BTreeMap<String, String>,
}

/// Whether a file is a backup that came to its end, as far as that shows without reading all of it and without its
/// passphrase.
pub fn glance(path: &Path) -> Result<(), Problem> {
    archive::Archive::glance(path)
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

/// The place, in the archive or in a table, that is not as it was written.
fn damaged(place: impl std::fmt::Display) -> Problem {
    Problem::bad_input("backup-damaged").with("place", place)
}
