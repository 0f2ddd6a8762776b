//! How somebody came in.

use kernel::AccountId;

/// What somebody came in by, as the ledger says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Password,
    Link,
    /// The code of a slip, after which a password is chosen.
    Slip,
    Oidc,
    Code,
    Recovery,
    /// With a second factor that was just set up.
    SetUp,
    /// A new session in the place of the ones that a change of the password ended.
    Changed,
}

impl Way {
    pub fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Slip => "slip",
            Self::Oidc => "oidc",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::SetUp => "set_up",
            Self::Changed => "changed",
        }
    }
}

#[derive(Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub epoch: i64,
    pub way: Way,
}
