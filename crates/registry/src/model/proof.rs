//! A kept file that proves what is said elsewhere in words: where a system stands, that a step is done, how a control stands.

use db::Words;
use derive::{Code, Row, Schema};
use serde::Serialize;

use super::{
    ids::{ProofId, SystemId},
    level::ControlId,
    moves::StepId,
};
/// Whether anybody has looked for marks of secrecy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum ProofLook {
    Clear,
    /// Pages of it are pictures, and a job will look at them.
    Waiting,
    /// Nobody can read them: the file stays with who brought it.
    Unreadable,
}

/// Of a step or of a control where it says so, else of where its system stands.
#[derive(Debug, Clone, PartialEq, Row, Serialize, Schema)]
#[row(table = "registry_proof")]
pub struct Proof {
    pub id: ProofId,
    pub system_id: SystemId,
    pub step_id: Option<StepId>,
    pub control_id: Option<ControlId>,
    pub file_name: Words,
    /// SHA-256 of the file.
    pub blob_hash: String,
    pub look: ProofLook,
    #[serde(skip)]
    pub brought_by: String,
    /// When it was brought, in microseconds since 1970.
    pub at: i64,
    /// When it was taken away: the file is kept, so that this can be taken back.
    #[serde(skip)]
    pub removed_at: Option<i64>,
    #[serde(skip)]
    pub rev: i64,
}
