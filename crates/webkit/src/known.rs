//! Who people are behind the marks that acts bear, as the directory knows them.

use jiff::civil::Date;
use kernel::{PersonId, UnitId};

/// Somebody behind a mark: a person, or a token with its owner.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub person: Option<PersonId>,
    pub name: String,
    /// What was kept of them by name was removed on request.
    pub is_erased: bool,
    /// What the token is called by which they acted.
    pub token: Option<String>,
    /// All that they held, the newest first.
    pub posts: Vec<KnownPost>,
}

#[derive(Debug, Clone)]
pub struct KnownPost {
    pub unit: UnitId,
    pub role: String,
    /// As people wrote it; may be empty.
    pub title: String,
    pub from: Date,
    /// The last day; none while it lasts.
    pub to: Option<Date>,
    pub is_stand_in: bool,
}

impl KnownPost {
    pub(crate) fn stood(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| last >= day)
    }
}
