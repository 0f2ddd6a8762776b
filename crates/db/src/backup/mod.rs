//! One file that holds everything: all rows of one moment, the blobs they name and the ledger's checkpoints up to it.
//!
//! The dump is logical, so a pilot's SQLite backup restores into a province's PostgreSQL. Under a passphrase the whole
//! archive is encrypted and authenticated ([`chunks`]). A backup is checked whole before the first row is written, and
//! is only restored into an empty database.

mod archive;
mod chunks;
mod manifest;
mod restore;
mod rows;
mod schema_of;
mod write;

use std::path::Path;

use kernel::Problem;

pub use self::{
    restore::{Restored, restore, restore_if},
    write::{BackedUp, backup},
};

/// Whether a file is a backup that came to its end, as far as that shows without reading all of it and without its
/// passphrase.
pub fn glance(path: &Path) -> Result<(), Problem> {
    archive::Archive::glance(path)
}
