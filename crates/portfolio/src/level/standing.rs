//! How a system stands on a day: nothing of it is stored.

use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::dossier::DossierRules;

/// What is on record of a system and its dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// Since when it operates.
    pub operating: Option<Date>,
    /// The first approval, where another one renewed it: by it one tells whether the first came in time.
    pub first_approved: Option<Date>,
    /// The newest approval.
    pub approved: Option<Date>,
    pub checked: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// It operates, and no dossier was ever approved.
    pub is_unapproved: bool,
    /// Approved after it began to operate: so many days late, for good.
    pub late_by: Option<i32>,
    pub check_by: Option<Date>,
    pub is_check_overdue: bool,
    /// The last day on which the approval holds.
    pub holds_until: Option<Date>,
    pub is_expired: bool,
    /// It counts as approved: in time, in force, and checked within its cycle.
    pub counts: bool,
}

impl DossierRules {
    pub fn standing(&self, level: u8, dates: Dates, today: Date) -> Standing {
        let approved = dates.approved.filter(|approved| *approved <= today);
        let operating = dates.operating.filter(|operating| *operating <= today);
        let first = dates.first_approved.filter(|first| *first <= today).or(approved);
        let late_by = first.zip(operating).map(|(first, operating)| (first - operating).get_days());
        let late_by = late_by.filter(|days| *days > 0);
        let after = |from: Option<Date>, months: u16| from?.checked_add(i64::from(months).months()).ok();
        let cycle = self.cycle(level);
        let last = approved.max(dates.checked.filter(|checked| approved.is_some() && *checked <= today));
        let check_by = cycle.and_then(|cycle| after(last, cycle.check_months));
        let holds_until = cycle.and_then(|cycle| after(approved, cycle.valid_months));
        let is_past = |day: Option<Date>| day.is_some_and(|day| day < today);
        let (is_check_overdue, is_expired) = (is_past(check_by), is_past(holds_until));
        Standing {
            is_unapproved: operating.is_some() && approved.is_none(),
            late_by,
            check_by,
            is_check_overdue,
            holds_until,
            is_expired,
            // A level that has no cycle is none.
            counts: cycle.is_some() && approved.is_some() && late_by.is_none() && !is_check_overdue && !is_expired,
        }
    }
}
