//! What an archive says of itself, and how it is found wanting.

use std::{collections::BTreeMap, path::Path};

use kernel::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};

pub(super) const FORMAT: u32 = 3;
/// Rows of all tables and the ledger's key sealed by itself; says nothing of its schema.
pub(super) const BEFORE: u32 = 2;
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const CHECKPOINTS: &str = "ledger-checkpoints.jsonl";
pub(super) const KEY: &str = "ledger.key";
pub(super) const SEALED_KEY: &str = "ledger.key.sealed";
/// What ties a database to its folder is not carried to another one.
pub(super) const LOCAL: [&str; 1] = ["db_house"];

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    /// SHA-256 of each file in the archive.
    pub files: BTreeMap<String, String>,
    /// The steps of the schema that the rows have, by module.
    #[serde(default)]
    pub steps: BTreeMap<String, Vec<String>>,
    /// Named blobs that are not in the archive, and why.
    #[serde(default)]
    pub lacking: BTreeMap<String, String>,
}

pub(super) fn file_problem(path: &Path, error: &std::io::Error) -> Problem {
    let full = error.kind() == std::io::ErrorKind::StorageFull;
    let problem = if full {
        Problem::new(ProblemKind::Unavailable, "disk-full")
    } else {
        Problem::bad_input("file-unusable").with("file", path.display())
    };
    problem.because(error)
}

/// The place, in the archive or in a table, that is not as it was written.
pub(super) fn damaged(place: impl std::fmt::Display) -> Problem {
    Problem::bad_input("backup-damaged").with("place", place)
}
