//! What a check of the ledger looks at, and what it found.

use serde::Serialize;

use super::{fault::Fault, letter::Named};

/// Whoever finds so many need not look for more.
pub(super) const MOST_FAULTS: usize = 100;

/// What is looked at beside the ledger and its rows.
#[derive(Debug, Clone, Default)]
pub struct Verify {
    /// Read every file that a sealed row names.
    pub files: bool,
    /// Heads that were kept elsewhere; the ledger must hold them.
    pub against: Vec<Named>,
    /// Time-stamps that were kept elsewhere, as the authority gave them; the ledger must hold what they are of.
    pub stamps: Vec<Vec<u8>>,
}

/// What `dinh ledger verify` found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct VerifyReport {
    pub entries: i64,
    pub checkpoints: usize,
    /// Sealed rows that were compared.
    pub rows: i64,
    pub files: i64,
    /// Time-stamps of the head, here and brought.
    pub stamps: usize,
    /// Of them those that were checked under the setting `timestamp_ca`.
    pub stamps_proven: usize,
    pub newest_stamp: Option<Stamped>,
    /// The first thing that is wrong; none when the ledger is whole.
    pub fault: Option<Fault>,
    /// All that is wrong, up to a hundred.
    pub faults: Vec<Fault>,
}

/// A time-stamp without its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stamped {
    pub seq: i64,
    pub at: i64,
    pub serial: String,
    pub tsa: String,
}
