//! Working days and deadlines: pure arithmetic over dated data. What is a day off comes from rows with a source, never
//! from code; nothing here stores a state.
//!
//! Three kinds of clocks (BLDS Art. 147-148 and the practice of offices): "trong N ngày làm việc" counts working days,
//! "trước ngày X" never moves, "chậm nhất ngày X" moves where the receiver's rule says so. Start with [`Calendar`].

use std::{collections::BTreeMap, sync::Arc};

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, Weekday, date, time},
};
use serde::{Deserialize, Serialize};

use crate::{Problem, UnitId};

/// What sets a day apart from its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// A public holiday, or a day in lieu of one.
    Holiday,
    /// Off because another day is worked instead.
    Off,
    /// Worked although it is a Saturday or Sunday.
    Work,
}

impl DayKind {
    pub const ALL: [Self; 3] = [Self::Holiday, Self::Off, Self::Work];

    pub fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Off => "off",
            Self::Work => "work",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One day of the data, with where it comes from and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpecialDay {
    pub kind: DayKind,
    pub name_vi: String,
    pub name_en: String,
    pub source: String,
    /// `read`, `cited`, `unverified`, `expected`, or `amended` by an administrator here.
    pub status: String,
}

/// When an office takes papers in. What arrives later counts as received on the next working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hours {
    pub opens: Time,
    pub closes: Time,
}

impl Default for Hours {
    fn default() -> Self {
        Self { opens: time(7, 30, 0, 0), closes: time(17, 0, 0, 0) }
    }
}

/// The days that are not what their weekday says. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    special: Arc<BTreeMap<Date, SpecialDay>>,
}

/// A deadline and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last day on which it is in time.
    pub due: Date,
    /// The last working day not after `due`: when to remind.
    pub safe: Date,
    /// The day that counts as received, for clocks that count working days.
    pub received: Option<Date>,
}

const FIRST: Date = date(1900, 1, 1);
const LAST: Date = date(2200, 12, 31);

impl Calendar {
    /// From the rows of this repository; see `data/calendar.csv`.
    pub fn built_in() -> Self {
        Self::default().amended(rows(include_str!("../data/calendar.csv")))
    }

    /// The same with other rows over its own; a row without a kind takes a day out.
    #[must_use]
    pub fn amended(&self, rows: impl IntoIterator<Item = (Date, Option<SpecialDay>)>) -> Self {
        let mut special = BTreeMap::clone(&self.special);
        for (day, row) in rows {
            match row {
                Some(row) => special.insert(day, row),
                None => special.remove(&day),
            };
        }
        Self { special: Arc::new(special) }
    }

    pub fn special(&self, day: Date) -> Option<&SpecialDay> {
        self.special.get(&day)
    }

    /// The special days of a year, in order.
    pub fn year(&self, year: i16) -> impl Iterator<Item = (Date, &SpecialDay)> {
        self.special.iter().filter(move |(day, _)| day.year() == year).map(|(day, row)| (*day, row))
    }

    /// True where the data knows the holidays of that year.
    pub fn knows(&self, year: i16) -> bool {
        self.year(year).any(|(_, row)| row.kind == DayKind::Holiday)
    }

    pub fn is_working(&self, day: Date) -> bool {
        match self.special.get(&day).map(|row| row.kind) {
            Some(DayKind::Work) => true,
            Some(DayKind::Holiday | DayKind::Off) => false,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The day itself, or the next working day.
    pub fn on_or_after(&self, day: Date) -> Date {
        self.walk(day, 1)
    }

    /// The day itself, or the last working day before it.
    pub fn on_or_before(&self, day: Date) -> Date {
        self.walk(day, -1)
    }

    fn walk(&self, from: Date, step: i64) -> Date {
        let mut day = from;
        while !self.is_working(day) && (FIRST..=LAST).contains(&day) {
            day = day.saturating_add(step.days());
        }
        day
    }

    /// `count` working days after `day`, which itself is not counted; a negative count goes back.
    pub fn add(&self, day: Date, count: i32) -> Date {
        let step = i64::from(count.signum());
        (0..count.unsigned_abs()).fold(day, |day, _| self.walk(day.saturating_add(step.days()), step))
    }

    /// Working days from `from` (not counted) to `to` (counted); 0 when `to` is not later.
    pub fn between(&self, from: Date, to: Date) -> i32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day.saturating_add(1.days());
            count += i32::from(self.is_working(day));
        }
        count
    }

    /// "Trong N ngày làm việc": what comes after `cutoff`, or on a day off, counts as received on the next working
    /// day; the day of receipt is not counted; the last day is a working day by its making.
    pub fn within(&self, received: DateTime, days: i32, cutoff: Option<Time>) -> Deadline {
        let late = cutoff.is_some_and(|cutoff| received.time() > cutoff) && self.is_working(received.date());
        let first = if late { received.date().saturating_add(1.days()) } else { received.date() };
        let counted = self.on_or_after(first);
        let due = self.add(counted, days);
        Deadline { due, safe: due, received: Some(counted) }
    }

    /// "Trước ngày X": in time up to the day before X; never moved, so remind on the last working day before X.
    pub fn before(&self, day: Date) -> Deadline {
        let due = day.saturating_sub(1.days());
        Deadline { due, safe: self.on_or_before(due), received: None }
    }

    /// "Chậm nhất ngày X": X itself, or with `rolls` the next working day where X is a day off.
    pub fn by(&self, day: Date, rolls: bool) -> Deadline {
        let due = if rolls { self.on_or_after(day) } else { day };
        Deadline { due, safe: self.on_or_before(due), received: None }
    }
}

#[derive(Deserialize)]
struct Row {
    day: Date,
    kind: DayKind,
    name_vi: String,
    name_en: String,
    source: String,
    status: String,
}

fn rows(text: &str) -> Vec<(Date, Option<SpecialDay>)> {
    let special = |row: Row| {
        let Row { day, kind, name_vi, name_en, source, status } = row;
        (day, Some(SpecialDay { kind, name_vi, name_en, source, status }))
    };
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().flatten().map(special).collect()
}

/// The kind of job that is queued in the act that changes the calendar.
pub const CHANGED: &str = "calendar.changed";

/// The port through which the keeper of the calendar learns what a change of it would move; `programme` answers.
#[async_trait::async_trait]
pub trait Deadlines: Send + Sync + std::fmt::Debug {
    /// How many open deadlines would fall on another day under this calendar.
    async fn moved_by(&self, calendar: &Calendar) -> Result<usize, Problem>;
}

/// The port through which other domains ask for the calendar in force and an office's hours; `directory` answers.
pub trait WorkCalendar: Send + Sync + std::fmt::Debug {
    fn calendar(&self) -> Calendar;
    fn hours(&self, unit: UnitId) -> Hours;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_row_of_the_data_is_read() {
        let calendar = Calendar::built_in();
        let lines = include_str!("../data/calendar.csv").lines().count() - 1;
        assert_eq!(calendar.special.len(), lines);
        assert!((2020..=2030).all(|year| calendar.knows(year)));
        assert!(calendar.special.values().all(|row| !row.source.is_empty() && !row.status.is_empty()));
    }

    #[test]
    fn three_kinds_of_clocks() {
        let calendar = Calendar::built_in();
        // Before 30/11/2026, a Monday: the last safe working day is Friday 27/11.
        let before = calendar.before(date(2026, 11, 30));
        assert_eq!((before.due, before.safe), (date(2026, 11, 29), date(2026, 11, 27)));
        // Tuesday 28/4/2026 at 16:00, after 15:00: received on 29/4; 30/4 and 1/5 are holidays.
        let within = calendar.within(date(2026, 4, 28).at(16, 0, 0, 0), 3, Some(time(15, 0, 0, 0)));
        assert_eq!((within.received, within.due), (Some(date(2026, 4, 29)), date(2026, 5, 6)));
        assert_eq!(calendar.within(date(2026, 4, 28).at(16, 0, 0, 0), 3, None).due, date(2026, 5, 5));
        // The Saturday that was worked for 31/8/2026 counts.
        assert_eq!(calendar.within(date(2026, 8, 21).at(9, 0, 0, 0), 1, None).due, date(2026, 8, 22));
        assert_eq!(calendar.by(date(2026, 8, 31), true).due, date(2026, 9, 3));
        assert_eq!(calendar.by(date(2026, 8, 31), false).due, date(2026, 8, 31));
    }

    /// Against the PyPI package `holidays` (Vietnam): the same days off on every day that is not swapped.
    #[test]
    fn days_off_are_those_of_the_python_package() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/peer/holidays-0.108.json");
        let Ok(text) = std::fs::read_to_string(file) else {
            eprintln!("SKIPPED: the package holidays was not installed; cargo xtask test does it");
            return;
        };
        let peer: BTreeMap<Date, String> = serde_json::from_str(&text).unwrap();
        let calendar = Calendar::built_in();
        let swapped = |day: Date| {
            matches!(calendar.special(day).map(|row| row.kind), Some(DayKind::Off | DayKind::Work))
                || peer.get(&day).is_some_and(|name| name.starts_with("Day off"))
        };
        let (mut day, mut compared) = (date(2020, 1, 1), 0);
        while day <= date(2030, 12, 31) {
            if !swapped(day) {
                let off = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || peer.contains_key(&day);
                assert_eq!(!calendar.is_working(day), off, "{day}: {:?}", peer.get(&day));
                compared += 1;
            }
            day = day.saturating_add(1.days());
        }
        assert!(compared > 4000 && peer.len() > 100, "{compared}");
    }

    #[test]
    fn an_amended_day_counts() {
        let day = date(2026, 12, 24);
        let row = SpecialDay {
            kind: DayKind::Off,
            name_vi: "Nghỉ".into(),
            name_en: "Off".into(),
            source: "QĐ 1".into(),
            status: "amended".into(),
        };
        let calendar = Calendar::built_in();
        let amended = calendar.amended([(day, Some(row))]);
        assert!(calendar.is_working(day) && !amended.is_working(day));
        assert!(amended.amended([(day, None)]).is_working(day));
    }

    proptest! {
        #[test]
        fn a_deadline_is_a_working_day_and_counts_right(start in 0_i64..3650, days in 1_i32..60, hour in 0_i8..24) {
            let calendar = Calendar::built_in();
            let from = date(2020, 1, 1).saturating_add(start.days());
            let deadline = calendar.within(from.at(hour, 0, 0, 0), days, Some(time(15, 0, 0, 0)));
            let received = deadline.received.unwrap();
            prop_assert!(calendar.is_working(deadline.due) && calendar.is_working(received) && received >= from);
            prop_assert_eq!(calendar.between(received, deadline.due), days);
            let later = calendar.within(from.at(hour, 0, 0, 0), days + 1, Some(time(15, 0, 0, 0)));
            prop_assert!(later.due > deadline.due);
        }

        #[test]
        fn going_back_undoes_going_on(start in 0_i64..3650, days in 1_i32..40) {
            let calendar = Calendar::built_in();
            let from = calendar.on_or_after(date(2020, 1, 1).saturating_add(start.days()));
            prop_assert_eq!(calendar.add(calendar.add(from, days), -days), from);
        }

        #[test]
        fn before_never_moves_and_reminds_in_time(start in 0_i64..3650) {
            let calendar = Calendar::built_in();
            let day = date(2020, 1, 1).saturating_add(start.days());
            let before = calendar.before(day);
            prop_assert!(before.due < day && before.safe <= before.due && calendar.is_working(before.safe));
            prop_assert_eq!(calendar.between(before.safe, before.due), 0);
        }
    }
}
