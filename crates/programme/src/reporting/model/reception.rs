//! What a receiver beside the one that gathers makes of a report: each for itself, whatever the others do.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceptionAct {
    /// Vào sổ văn bản đến.
    TakeIn {
        number: String,
    },
    Accept,
    /// Back to who sent it, with remarks.
    Return {
        remarks: String,
    },
    /// The undo of accepting or returning.
    Reconsider,
}

impl ReceptionAct {
    /// As forms and programs name it.
    pub fn parse(code: &str, number: &str, remarks: &str) -> Option<Self> {
        match code {
            "take_in" => Some(Self::TakeIn { number: number.trim().to_owned() }),
            "accept" => Some(Self::Accept),
            "return" => Some(Self::Return { remarks: remarks.trim().to_owned() }),
            "reconsider" => Some(Self::Reconsider),
            _ => None,
        }
    }

    pub(crate) fn right(&self) -> &'static str {
        match self {
            Self::TakeIn { .. } => "report.take_in",
            Self::Accept | Self::Return { .. } | Self::Reconsider => "report.receive",
        }
    }

    pub(crate) fn ledger(&self) -> &'static str {
        match self {
            Self::TakeIn { .. } => "reception.take_in",
            Self::Accept => "reception.accept",
            Self::Return { .. } => "reception.return",
            Self::Reconsider => "reception.reconsider",
        }
    }
}

/// The state after an act; none where it is not to be taken there.
pub(crate) fn next(state: &str, act: &ReceptionAct) -> Option<&'static str> {
    match (state, act) {
        ("waiting", ReceptionAct::TakeIn { .. }) | ("accepted" | "returned", ReceptionAct::Reconsider) => {
            Some("waiting")
        }
        ("waiting", ReceptionAct::Accept) => Some("accepted"),
        ("waiting", ReceptionAct::Return { .. }) => Some("returned"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_receiver_did_it_takes_back_before_it_does_something_else() {
        let act = |code| ReceptionAct::parse(code, "7", "Thiếu số").unwrap();
        for code in ["take_in", "accept", "return"] {
            assert!(next("waiting", &act(code)).is_some(), "{code}");
            assert_eq!(next("accepted", &act(code)), None, "{code}");
            assert_eq!(next("returned", &act(code)), None, "{code}");
        }
        assert_eq!(next("waiting", &act("reconsider")), None);
        for state in ["accepted", "returned"] {
            assert_eq!(next(state, &act("reconsider")), Some("waiting"));
        }
        assert_eq!(next("gone", &act("accept")), None);
        assert_eq!(ReceptionAct::parse("issue", "", ""), None);
    }
}
