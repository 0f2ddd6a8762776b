//! Days as Vietnamese offices write them, and deadlines as pure arithmetic. Nothing here stores a state.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::Lang;

/// `31/12/2030` in Vietnamese, `31 Dec 2030` in English.
pub fn show(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Lang::En => day.strftime("%-d %b %Y").to_string(),
    }
}

/// `10:42 ngày 21/11/2026`, in Vietnam's time.
pub fn show_instant(at: Timestamp, lang: Lang) -> String {
    let local = at.to_zoned(TimeZone::fixed(jiff::tz::offset(7)));
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    match lang {
        Lang::Vi => format!("{clock} ngày {}", show(local.date(), lang)),
        Lang::En => format!("{clock}, {}", show(local.date(), lang)),
    }
}

pub fn last_of_year(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

pub fn last_of_month(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

/// Days from `today` to `due`; negative when `due` has passed.
pub fn days_until(today: Date, due: Date) -> i64 {
    today.until(due).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_over_years() {
        assert_eq!(days_until(date(2026, 11, 21), date(2026, 12, 31)), 40);
        assert_eq!(days_until(date(2026, 11, 21), date(2025, 11, 21)), -365);
        assert_eq!(show(date(2026, 9, 2), Lang::Vi), "02/09/2026");
    }
}
