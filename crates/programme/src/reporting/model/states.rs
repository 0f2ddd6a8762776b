//! Where reports and duties stand.

use derive::Code;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "report-state")]
pub enum ReportState {
    Draft,
    Checking,
    Approving,
    Approved,
    Issued,
    Accepted,
    Returned,
}

impl ReportState {
    /// The body has sent it off.
    pub fn is_sent(self) -> bool {
        match self {
            Self::Issued | Self::Accepted => true,
            Self::Draft | Self::Checking | Self::Approving | Self::Approved | Self::Returned => false,
        }
    }

    pub fn look(self) -> &'static str {
        match self {
            Self::Issued | Self::Accepted => "done",
            Self::Returned => "soon",
            Self::Draft | Self::Checking | Self::Approving | Self::Approved => "run",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "duty-state")]
pub enum DutyState {
    /// Read from a plan's words; nobody has put it in force.
    Proposed,
    Active,
    Ended,
}

impl DutyState {
    pub fn look(self) -> &'static str {
        match self {
            Self::Proposed => "soon",
            Self::Active => "run",
            Self::Ended => "none",
        }
    }
}
