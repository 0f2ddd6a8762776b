//! What [`super::verify()`] can find.

use serde::{Deserialize, Serialize};

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Fault {
    /// The body no longer gives the hash: edited, or moved from elsewhere.
    Edited { seq: i64 },
    /// A column no longer says what the body says.
    ColumnDiffers { seq: i64 },
    /// A number is missing: deleted.
    Missing { seq: i64 },
    /// An entry is older than the one before, and nobody accepted the clock there.
    ClockBack { seq: i64 },
    /// A row outside the chain: a number that no entry can have, or a stream that does not exist.
    Stray { stream: String, seq: i64 },
    /// The chain ends before its head or before a signed checkpoint.
    Truncated { seq: i64 },
    /// The head claims another time than its entry.
    HeadDiffers { seq: i64 },
    /// A checkpoint's signature or hash does not fit.
    BadCheckpoint { seq: i64 },
    /// A line of the checkpoint file cannot be read.
    CheckpointUnreadable { line: usize },
    /// The file lacks a checkpoint that the database has: lines were cut, or the file is gone.
    CheckpointsCut { seq: i64 },
    /// The present ledger does not hold the head that a letter named.
    AgainstDiffers { seq: i64 },
    /// The present ledger does not hold the head that a kept time-stamp is of.
    StampDiffers { seq: i64 },
    /// A kept time-stamp is not one of an authority that is trusted here.
    StampUnproven { seq: i64 },
    /// A line of the file of time-stamps cannot be read.
    StampUnreadable { line: usize },
    /// A time-stamp that was brought is of no entry of this ledger.
    StampForeign { digest: String },
    /// A row of a sealed table is not what its last act left.
    RowChanged { table: String, id: String },
    /// A row of a sealed table that no act wrote.
    RowUnsealed { table: String, id: String },
    /// A row of a sealed table is gone, and no act removed it.
    RowGone { table: String, id: String },
    /// A file that a sealed row names is missing or has other bytes.
    FileDamaged { table: String, id: String, hash: String },
}
