//! Whether a system's stop was announced early enough, by the working calendar.

use jiff::civil::Date;
use kernel::{Calendar, Lang, Problem};

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

/// A refusal for that, with how long it takes and the last day that would have done for a window that begins then.
pub fn notice_refused(problem: Problem, begins: Option<Date>, calendar: &Calendar, lang: Lang) -> Problem {
    let lists = Checklists::shipped();
    let latest = begins.map(|day| kernel::day::show(latest_notice(day, lists, calendar), lang)).unwrap_or_default();
    problem.with("days", lists.notice.working_days).with("latest", latest)
}
