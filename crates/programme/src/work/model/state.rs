//! The state of a part, in the words leaders use, computed from its days and the day of asking.

use jiff::civil::Date;
use kernel::{
    Calendar,
    day::{days_left, days_until},
};
use serde::Serialize;

/// Days ahead in which a part counts as falling due.
pub const SOON_DAYS: i64 = 45;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state", content = "days")]
pub enum State {
    DoneInTime,
    DoneLate,
    /// Reported done by its body, and not accepted by anybody yet. Not late any more, and not done.
    Reported,
    Running,
    /// Due in so many days.
    Soon(i64),
    /// Overdue by so many days.
    Late(i64),
    NotYet,
    /// Thường xuyên.
    Continuous,
    /// Hằng năm.
    Annual,
    /// Chờ sự kiện.
    Waiting,
    Stopped,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    pub start: Option<Date>,
    pub due: Option<Date>,
    /// The day on which its body reported it done: by it, it is on time or late.
    pub done: Option<Date>,
    pub accepted: Option<Date>,
    pub stopped: Option<Date>,
}

impl Days {
    /// From days as they are stored: start, due, done, accepted, stopped.
    pub fn read(stored: [&Option<String>; 5]) -> Self {
        let [start, due, done, accepted, stopped] =
            stored.map(|text| text.as_deref().and_then(|text| text.parse().ok()));
        Self { start, due, done, accepted, stopped }
    }

    /// As they were known at the end of a day: what came later does not count.
    #[must_use]
    pub fn as_of(self, day: Date) -> Self {
        let by = |when: Option<Date>| when.filter(|when| *when <= day);
        Self { done: by(self.done), accepted: by(self.accepted), stopped: by(self.stopped), ..self }
    }
}

pub fn state(days: Days, time_kind: &str, today: Date) -> State {
    match (days.done, days.stopped, days.due) {
        (Some(_), _, _) if days.accepted.is_none() => State::Reported,
        (Some(done), _, Some(due)) if done > due => State::DoneLate,
        (Some(_), _, _) => State::DoneInTime,
        (None, Some(_), _) => State::Stopped,
        (None, None, Some(due)) if due < today => State::Late(days_until(due, today)),
        (None, None, _) if days.start.is_some_and(|start| start > today) => State::NotYet,
        (None, None, Some(due)) if days_until(today, due) <= SOON_DAYS => State::Soon(days_until(today, due)),
        (None, None, Some(_)) => State::Running,
        (None, None, None) => match time_kind {
            "continuous" => State::Continuous,
            "weekly" | "monthly" | "quarterly" | "half_yearly" | "annual" => State::Annual,
            "event" => State::Waiting,
            _ => State::Running,
        },
    }
}

impl State {
    /// The pill's class and the locale key of its words.
    pub fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::DoneInTime => ("done", "state-done-in-time"),
            Self::DoneLate => ("done", "state-done-late"),
            Self::Reported => ("wait", "state-reported"),
            Self::Running => ("run", "state-running"),
            Self::Soon(_) => ("soon", "state-soon"),
            Self::Late(_) => ("late", "state-late"),
            Self::NotYet => ("none", "state-not-yet"),
            Self::Continuous => ("none", "state-continuous"),
            Self::Annual => ("none", "state-annual"),
            Self::Waiting => ("none", "state-waiting"),
            Self::Stopped => ("none", "state-stopped"),
        }
    }

    /// The same with its days counted as everywhere else: to the last safe working day.
    #[must_use]
    pub fn counted(self, due: Option<Date>, calendar: &Calendar, today: Date) -> Self {
        match (self, due) {
            (Self::Soon(_), Some(due)) => Self::Soon(days_left(calendar, due, today)),
            _ => self,
        }
    }

    pub fn days(self) -> i64 {
        match self {
            Self::Soon(days) | Self::Late(days) => days,
            _ => 0,
        }
    }
}

/// What the register can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateFilter {
    Late,
    Soon,
    Running,
    Reported,
    /// Done and accepted, by its day or later.
    Finished,
    Done,
    DoneLate,
    NotYet,
    Stopped,
}

impl StateFilter {
    pub const ALL: [Self; 9] = [
        Self::Late,
        Self::Soon,
        Self::Running,
        Self::Reported,
        Self::Finished,
        Self::Done,
        Self::DoneLate,
        Self::NotYet,
        Self::Stopped,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Running => "running",
            Self::Reported => "reported",
            Self::Finished => "finished",
            Self::Done => "done",
            Self::DoneLate => "done_late",
            Self::NotYet => "not_yet",
            Self::Stopped => "stopped",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.code() == code)
    }

    /// The same rule as [`state`] as SQL over the columns of a part, with `{today}` and `{soon}` as placeholders. What
    /// it says of `sort_due`, which begins with the due day, lets the register's order start where its rows are.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Late => "p.done_on IS NULL AND p.stopped_on IS NULL AND p.due_on < {today} AND p.sort_due < {today}",
            Self::Soon => {
                "p.done_on IS NULL AND p.stopped_on IS NULL AND p.due_on >= {today} AND p.due_on <= {soon} AND p.sort_due >= {today} AND p.sort_due <= {soon} || '~' AND (p.start_on IS NULL OR p.start_on <= {today})"
            }
            Self::Running => {
                "p.done_on IS NULL AND p.stopped_on IS NULL AND (p.due_on IS NULL OR p.due_on >= {today}) AND (p.start_on IS NULL OR p.start_on <= {today})"
            }
            Self::Reported => "p.done_on IS NOT NULL AND p.accepted_on IS NULL",
            Self::Finished => "p.done_on IS NOT NULL AND p.accepted_on IS NOT NULL",
            Self::Done => {
                "p.done_on IS NOT NULL AND p.accepted_on IS NOT NULL AND (p.due_on IS NULL OR p.done_on <= p.due_on)"
            }
            Self::DoneLate => "p.done_on IS NOT NULL AND p.accepted_on IS NOT NULL AND p.done_on > p.due_on",
            Self::NotYet => {
                "p.done_on IS NULL AND p.stopped_on IS NULL AND p.start_on > {today} AND (p.due_on IS NULL OR p.due_on >= {today})"
            }
            Self::Stopped => "p.done_on IS NULL AND p.stopped_on IS NOT NULL",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_state_follows_from_the_days() {
        let today = date(2026, 11, 21);
        let due = |due| Days { due: Some(due), ..Days::default() };
        assert_eq!(state(due(date(2026, 9, 30)), "year", today), State::Late(52));
        assert_eq!(state(due(date(2026, 12, 31)), "year", today), State::Soon(40));
        assert_eq!(state(due(date(2030, 12, 31)), "range", today), State::Running);
        let reported = |done| Days { done: Some(done), ..due(date(2026, 9, 30)) };
        let accepted = |done| Days { accepted: Some(date(2026, 11, 2)), ..reported(done) };
        assert_eq!(state(accepted(date(2026, 10, 1)), "year", today), State::DoneLate);
        assert_eq!(state(accepted(date(2026, 9, 30)), "year", today), State::DoneInTime, "by the day it was reported");
        assert_eq!(state(reported(date(2026, 10, 1)), "year", today), State::Reported, "not late any more, not done");
        let before = accepted(date(2026, 9, 30)).as_of(date(2026, 10, 15));
        assert_eq!(state(before, "year", date(2026, 10, 15)), State::Reported);
        assert_eq!(
            state(Days { start: Some(date(2027, 1, 1)), ..due(date(2030, 12, 31)) }, "range", today),
            State::NotYet
        );
        assert_eq!(state(Days::default(), "continuous", today), State::Continuous);
        assert_eq!(state(Days::default(), "event", today), State::Waiting);
    }
}
