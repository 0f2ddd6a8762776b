//! Since when a system operates that begins to, and whether it began after a day.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::{level::is_operating, system::System};

impl System {
    /// Whether it operates, and did not as it was. Machines, and what systems stand on, begin nothing.
    pub fn begins(&self, was: &Self) -> bool {
        is_operating(self.state) && !is_operating(was.state) && self.kind.is_main() && !self.is_veiled()
    }

    /// One that begins to operate, since what is said, else since this day. What a plan says of a day or a year that is not
    /// over is no word of that.
    #[must_use]
    pub fn begun(self, today: Date) -> Self {
        let this_year = i64::from(today.year());
        let is_said = match (self.operating_since, self.since) {
            (Some(day), _) => day <= today,
            (None, year) => year.is_some_and(|year| year < this_year),
        };
        if is_said { self } else { self.of_day(today) }
    }

    /// Whether something else is said of since when it operates.
    pub fn has_other_day(&self, was: &Self) -> bool {
        (self.since, self.operating_since) != (was.since, was.operating_since)
    }

    /// As operating since a day.
    #[must_use]
    pub fn of_day(self, day: Date) -> Self {
        Self { since: Some(i64::from(day.year())), operating_since: Some(day), ..self }
    }

    /// Whether it began after a day; none where that is not known, as of the year alone in which that day lies.
    pub fn began_after(&self, day: Date) -> Option<bool> {
        if let Some(began) = self.operating_since {
            return Some(began > day);
        }
        match self.since?.cmp(&i64::from(day.year())) {
            Ordering::Less => Some(false),
            Ordering::Greater => Some(true),
            Ordering::Equal => (day.day_of_year() == day.days_in_year()).then_some(false),
        }
    }
}
