//! How a due day is meant: within working days, before a day, or by a day; and what the calendar makes of it.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use kernel::{Calendar, Deadline, Hours};
use plan_reader::Time;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::plans::model::frame;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// "trong 5 ngày làm việc", counted from a moment.
    Within { from: DateTime, days: i32 },
    /// "trước ngày X".
    Before(Date),
    /// "chậm nhất ngày X", "đến hết ngày X".
    By(Date),
}

impl Clock {
    pub fn code(self) -> &'static str {
        match self {
            Self::Within { .. } => "within",
            Self::Before(_) => "before",
            Self::By(_) => "by",
        }
    }

    pub fn deadline(self, calendar: &Calendar, hours: Hours) -> Deadline {
        match self {
            Self::Within { from, days } => calendar.within(from, days, Some(hours.closes)),
            Self::Before(day) => calendar.before(day),
            Self::By(day) => calendar.by(day, false),
        }
    }
}

/// What the words of a due day mean when they are said at `from`.
pub fn read(words: &str, from: DateTime) -> Option<Clock> {
    static WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(\d{1,3})\s*ngày\s+làm\s+việc").ok());
    if let Some(found) = WITHIN.as_ref().and_then(|pattern| pattern.captures(words)) {
        let days = found[1].parse().ok().filter(|days| *days > 0)?;
        return Some(Clock::Within { from, days });
    }
    if let Ok(day) = words.trim().parse::<Date>() {
        return Some(Clock::By(day));
    }
    of_time(&plan_reader::parse_time(words))
}

/// The clock of a time frame that was read from a document; none without a last day.
pub fn of_time(time: &Time) -> Option<Clock> {
    let due = frame::due(time)?;
    static BEFORE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)trước\s+(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}").ok());
    let before = BEFORE.as_ref().is_some_and(|pattern| pattern.is_match(&time.raw));
    Some(if before { Clock::Before(due) } else { Clock::By(due) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn words_of_a_due_day_are_understood() {
        let from = date(2026, 11, 20).at(16, 0, 0, 0);
        assert_eq!(read("trong 5 ngày làm việc", from), Some(Clock::Within { from, days: 5 }));
        assert_eq!(read("trước ngày 30/11/2026", from), Some(Clock::Before(date(2026, 11, 30))));
        assert_eq!(read("Trước 30/11/2026", from), Some(Clock::Before(date(2026, 11, 30))));
        assert_eq!(read("2026-12-05", from), Some(Clock::By(date(2026, 12, 5))));
        assert_eq!(read("15/12/2026", from), Some(Clock::By(date(2026, 12, 15))));
        assert_eq!(read("Năm 2027", from), Some(Clock::By(date(2027, 12, 31))));
        assert_eq!(read("Thường xuyên", from), None);
    }
}
