//! Where reports and duties stand.

use derive::Code;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "report-state")]
pub enum ReportState {
    #[code(look = "run")]
    Draft,
    #[code(look = "run")]
    Checking,
    #[code(look = "run")]
    Approving,
    #[code(look = "run")]
    Approved,
    #[code(look = "done")]
    Issued,
    #[code(look = "done")]
    Accepted,
    #[code(look = "soon")]
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "duty-state")]
pub enum DutyState {
    /// Read from a plan's words; nobody has put it in force.
    #[code(look = "soon")]
    Proposed,
    #[code(look = "run")]
    Active,
    Ended,
}
