//! How the signing of the head stands.

use serde::Serialize;

/// Why the head is not signed any more, or nothing can be written: what an administrator must know at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Standing {
    /// The database does not hold the entry that was signed last: rolled back, cut, or rewritten.
    NotDescended { seq: i64 },
    /// The file lacks what was signed last, or its last line cannot be read.
    CheckpointsCut { seq: i64 },
    /// What was signed last was signed with another key than the one that is there.
    OtherKey { seq: i64 },
    /// The clock is behind the newest entry: nothing can be written.
    ClockBehind,
    /// The last check of the whole ledger found faults.
    Faults { count: i64 },
}

impl Standing {
    /// The end of its locale keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotDescended { .. } => "not-descended",
            Self::CheckpointsCut { .. } => "checkpoints-cut",
            Self::OtherKey { .. } => "other-key",
            Self::ClockBehind => "clock-behind",
            Self::Faults { .. } => "faults",
        }
    }
}
