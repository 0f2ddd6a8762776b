//! Closed sets: how far a dossier is, what is said of a control, and what can be wrong.

use derive::Code;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "level-state")]
pub enum DossierState {
    #[code(look = "run")]
    Draft,
    /// With the body that appraises it.
    #[code(look = "run")]
    Sent,
    #[code(look = "soon")]
    Returned,
    #[code(look = "run")]
    Appraised,
    #[code(look = "done")]
    Approved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "level-control")]
pub enum ControlState {
    /// Nobody has said anything of it.
    Unsaid,
    #[code(look = "soon")]
    Planned,
    #[code(look = "run")]
    Partly,
    #[code(look = "done")]
    Met,
    /// It does not apply, for a reason.
    NotApplied,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "level-act")]
pub enum DossierAct {
    Send,
    Return,
    Appraise,
    Approve,
    Check,
}

impl DossierAct {
    /// Its name in the ledger.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Send => "level.send",
            Self::Return => "level.return",
            Self::Appraise => "level.appraise",
            Self::Approve => "level.approve",
            Self::Check => "level.check",
        }
    }

    /// Whose act it is.
    pub fn right(self) -> &'static str {
        match self {
            Self::Send | Self::Check => "level.keep",
            Self::Return | Self::Appraise => "level.review",
            Self::Approve => "level.approve",
        }
    }

    pub fn is_open_to(self, state: DossierState) -> bool {
        use DossierState as State;
        match self {
            Self::Send => matches!(state, State::Draft | State::Returned),
            Self::Return => matches!(state, State::Sent | State::Appraised),
            Self::Appraise => state == State::Sent,
            Self::Approve => state == State::Appraised,
            Self::Check => state == State::Approved,
        }
    }
}

/// What is wrong with the level of a system on a day; nothing of it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Code)]
#[code(key = "level-fault")]
pub enum LevelFault {
    /// It operates, and no dossier was ever approved.
    Unapproved,
    /// Approved after it began to operate: so for good.
    Late,
    Expired,
    CheckOverdue,
    AppraisalOverdue,
    ApprovalOverdue,
    CompletionOverdue,
}
