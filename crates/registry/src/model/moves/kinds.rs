//! Closed sets: how a system moves, how far it is, and what a step of its checklist is.

use derive::Code;

/// How a system moves; what stays where it is has no project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "system-strategy")]
pub enum Strategy {
    Rehost,
    Relocate,
    Replatform,
    Repurchase,
    Refactor,
    Retire,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-state")]
pub enum MigrationState {
    Planned,
    #[code(look = "run")]
    Running,
    /// Moved, and not accepted yet.
    #[code(look = "soon")]
    CutOver,
    #[code(look = "done")]
    Accepted,
    RolledBack,
    Cancelled,
}

impl MigrationState {
    /// Still to be worked on.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Running | Self::CutOver)
    }

    /// Its system is still to be moved.
    pub fn is_before_cut_over(self) -> bool {
        matches!(self, Self::Planned | Self::Running)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-part")]
pub enum StepPart {
    Work,
    /// Going back.
    Return,
}

/// What a step stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-gate")]
pub enum Gate {
    CutOver,
    Acceptance,
    Return,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-need")]
pub enum Need {
    Mandatory,
    Optional,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-proof")]
pub enum Proof {
    /// The number of a document, or the fingerprint of a file.
    Document,
    /// Both sides found the same checksum.
    Checksum,
    /// The announcement of the project, in time.
    Announcement,
    /// A level dossier of the system, begun, changed or decided on since the project was opened.
    Dossier,
}

/// The day from which a step's day is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-anchor")]
pub enum Anchor {
    Begins,
    Ends,
    Return,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-step-state")]
pub enum StepState {
    #[code(look = "run")]
    Open,
    #[code(look = "done")]
    Done,
    NotNeeded,
}
