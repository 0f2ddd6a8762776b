//! Whether a system's stop was announced early enough, by the working calendar.

use jiff::civil::Date;
use kernel::{Calendar, Problem};

use super::{Checklists, Migration};

/// The last day on which an announcement is early enough for a window that begins on `begins`.
pub fn latest_notice(begins: Date, lists: &Checklists, calendar: &Calendar) -> Date {
    calendar.add(begins, -i32::from(lists.notice.working_days))
}

/// What is wrong with the announcement of a project.
pub fn notice_lacks(row: &Migration, calendar: &Calendar) -> Option<&'static str> {
    let (Some(on), Some(begins)) = (row.announced_on, row.window_begins) else {
        return Some("migration-not-announced");
    };
    (on > latest_notice(begins, Checklists::shipped(), calendar)).then_some("migration-notice-late")
}

/// A refusal for that, with the last day that would have done.
pub fn refused(problem: Problem, row: &Migration, calendar: &Calendar) -> Problem {
    let latest = row.window_begins.map(|day| latest_notice(day, Checklists::shipped(), calendar));
    problem.with("latest", latest.map(|day| kernel::day::show(day, kernel::Lang::Vi)).unwrap_or_default())
}
