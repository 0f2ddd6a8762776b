//! The steps of a report, and from which state each leads where.

use jiff::civil::Date;

#[derive(Debug, Clone)]
pub enum ReportAct {
    /// Trình kiểm tra.
    Submit,
    /// Checked, on to the leader.
    Check,
    /// Duyệt: the content is sealed as it stands.
    Approve,
    /// Back to the drafter, with remarks.
    SendBack {
        remarks: String,
    },
    /// One step back by who took it, as long as it is not issued.
    Recall,
    /// Phát hành, with number and day, and the signed file when it is there.
    Issue {
        number: String,
        day: Date,
        file: Option<(String, webkit::Bytes)>,
    },
    /// Vào sổ văn bản đến: the receiver's records clerk enters it under a number of their own. Entering it again corrects that.
    TakeIn {
        number: String,
    },
    Accept,
    /// The receiving body returns it with remarks.
    Return {
        remarks: String,
    },
    /// The undo of accepting or returning.
    Reconsider,
}

impl ReportAct {
    pub(crate) fn right(&self) -> &'static str {
        match self {
            Self::Submit => "report.write",
            Self::Issue { .. } => "report.issue",
            Self::TakeIn { .. } => "report.take_in",
            // Who took the step is asked besides.
            Self::Recall => "report.read",
            Self::Check | Self::SendBack { .. } => "report.check",
            Self::Approve => "report.approve",
            Self::Accept | Self::Return { .. } | Self::Reconsider => "report.receive",
        }
    }

    /// The key of the words that say it was done.
    pub(crate) fn done(&self) -> String {
        self.ledger().replace(['.', '_'], "-")
    }

    pub(crate) fn ledger(&self) -> &'static str {
        match self {
            Self::Submit => "report.submit",
            Self::Check => "report.check",
            Self::Approve => "report.approve",
            Self::SendBack { .. } => "report.send_back",
            Self::Recall => "report.recall",
            Self::Issue { .. } => "report.issue",
            Self::TakeIn { .. } => "report.take_in",
            Self::Accept => "report.accept",
            Self::Return { .. } => "report.return",
            Self::Reconsider => "report.reconsider",
        }
    }
}

/// The state after a step; none where the step is not to be taken there.
pub(crate) fn next(state: &str, act: &ReportAct) -> Option<&'static str> {
    let (from, to): (&[&str], &'static str) = match act {
        ReportAct::Submit => (&["draft"], "checking"),
        ReportAct::Check => (&["checking"], "approving"),
        ReportAct::Approve => (&["approving"], "approved"),
        ReportAct::SendBack { .. } => (&["checking", "approving", "approved"], "draft"),
        ReportAct::Issue { .. } => (&["approved"], "issued"),
        ReportAct::TakeIn { .. } => (&["issued"], "issued"),
        ReportAct::Accept => (&["issued"], "accepted"),
        ReportAct::Return { .. } => (&["issued"], "returned"),
        ReportAct::Reconsider => (&["accepted", "returned"], "issued"),
        ReportAct::Recall => {
            // What is issued is with the others: it is corrected by a new version.
            const STEPS: [&str; 4] = ["draft", "checking", "approving", "approved"];
            let at = STEPS.iter().position(|step| *step == state)?;
            return STEPS.get(at.checked_sub(1)?).copied();
        }
    };
    from.contains(&state).then_some(to)
}
