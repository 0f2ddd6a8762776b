//! What every data file says in both languages, and where it comes from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

impl Words {
    pub fn is_complete(&self) -> bool {
        [&self.vi, &self.en].iter().all(|text| !text.trim().is_empty())
    }
}

/// How sure we are of what a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The text itself was read.
    Read,
    /// From secondary pages or memory: shown as not verified.
    Cited,
    /// Ours: to be decided by the owner.
    Proposal,
}

/// Which issue of a data file this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub id: String,
    pub version: String,
    pub dated: Date,
    pub source: Words,
    pub status: Status,
    pub note: Words,
}

/// A code and how it is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    pub code: String,
    pub say: Words,
}
