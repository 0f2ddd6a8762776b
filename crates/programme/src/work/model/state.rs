//! The state of a part, in the words leaders use, computed from its days and the day of asking.

use jiff::civil::Date;
use kernel::day::days_until;
use serde::Serialize;

/// Days ahead in which a part counts as falling due.
pub const SOON_DAYS: i64 = 45;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state", content = "days")]
pub enum State {
    DoneInTime,
    DoneLate,
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
    pub done: Option<Date>,
    pub stopped: Option<Date>,
}

impl Days {
    /// From days as they are stored.
    pub fn read(start: &Option<String>, due: &Option<String>, done: &Option<String>, stopped: &Option<String>) -> Self {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        Self { start: day(start), due: day(due), done: day(done), stopped: day(stopped) }
    }
}

pub fn state(days: Days, time_kind: &str, today: Date) -> State {
    match (days.done, days.stopped, days.due) {
        (Some(done), _, Some(due)) if done > due => State::DoneLate,
        (Some(_), _, _) => State::DoneInTime,
        (None, Some(_), _) => State::Stopped,
        (None, None, Some(due)) if due < today => State::Late(days_until(due, today)),
        (None, None, _) if days.start.is_some_and(|start| start > today) => State::NotYet,
        (None, None, Some(due)) if days_until(today, due) <= SOON_DAYS => State::Soon(days_until(today, due)),
        (None, None, Some(_)) => State::Running,
        (None, None, None) => match time_kind {
            "continuous" => State::Continuous,
            "annual" => State::Annual,
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
    Done,
    DoneLate,
    NotYet,
    Stopped,
}

impl StateFilter {
    pub const ALL: [Self; 7] =
        [Self::Late, Self::Soon, Self::Running, Self::Done, Self::DoneLate, Self::NotYet, Self::Stopped];

    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Running => "running",
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
            Self::Done => "p.done_on IS NOT NULL AND (p.due_on IS NULL OR p.done_on <= p.due_on)",
            Self::DoneLate => "p.done_on IS NOT NULL AND p.done_on > p.due_on",
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
        assert_eq!(
            state(Days { done: Some(date(2026, 10, 1)), ..due(date(2026, 9, 30)) }, "year", today),
            State::DoneLate
        );
        assert_eq!(
            state(Days { done: Some(date(2026, 9, 30)), ..due(date(2026, 9, 30)) }, "year", today),
            State::DoneInTime
        );
        assert_eq!(
            state(Days { start: Some(date(2027, 1, 1)), ..due(date(2030, 12, 31)) }, "range", today),
            State::NotYet
        );
        assert_eq!(state(Days::default(), "continuous", today), State::Continuous);
        assert_eq!(state(Days::default(), "event", today), State::Waiting);
    }
}
