//! Days as Vietnamese offices write them, and deadlines as pure arithmetic. Nothing here stores a state.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};

use crate::{Calendar, Lang};

/// `31/12/2030` in Vietnamese, `31 Dec 2030` in English.
pub fn show(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Lang::En => day.strftime("%-d %b %Y").to_string(),
    }
}

/// A day as a person types it: `5/3/2026`, `05.03.2026`, `5-3-2026`, or `2026-03-05`. A year has four figures.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split(['/', '.', '-']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year = year.parse().ok().filter(|year| *year > 1900)?;
    if parts.next().is_some() { None } else { Date::new(year, month.parse().ok()?, day.parse().ok()?).ok() }
}

/// A moment as a person types it: a day, and the hour behind it (`26/11/2026 16:45`); ISO 8601 is read too.
pub fn read_moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let (day, time) = text.rsplit_once([' ', 'T'])?;
    Some(read(day)?.to_datetime(time.parse::<Time>().ok()?))
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

/// Calendar days in which it can still be done, to the last safe working day and, once that has passed, to the due day;
/// below zero, calendar days late. The one count that lists, tables and reminders show.
pub fn days_left(calendar: &Calendar, due: Date, today: Date) -> i64 {
    let safe = calendar.on_or_before(due);
    days_until(today, if safe < today { due } else { safe })
}

/// A due day as it is kept in practice, the last safe working day first: "thứ Sáu 27/11, trước hạn 30/11/2026" for what
/// is due before the 30th, "thứ Sáu 27/11, hạn 29/11/2026" where the day itself is off; else the day.
pub fn show_due(due: Date, is_before: bool, calendar: &Calendar, lang: Lang) -> String {
    let safe = calendar.on_or_before(due);
    let said = if is_before { due.saturating_add(jiff::Span::new().days(1)) } else { due };
    if safe == said {
        return show(due, lang);
    }
    let first = if safe.year() == said.year() { short(safe, lang) } else { show(safe, lang) };
    let (weekday, said) = (weekday(safe, lang), show(said, lang));
    match (lang, is_before) {
        (Lang::Vi, true) => format!("{weekday} {first}, trước hạn {said}"),
        (Lang::Vi, false) => format!("{weekday} {first}, hạn {said}"),
        (Lang::En, true) => format!("{weekday} {first}, before {said}"),
        (Lang::En, false) => format!("{weekday} {first}, due {said}"),
    }
}

fn short(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}", day.day(), day.month()),
        Lang::En => day.strftime("%-d %b").to_string(),
    }
}

fn weekday(day: Date, lang: Lang) -> &'static str {
    let (vi, en) = match day.weekday() {
        Weekday::Monday => ("thứ Hai", "Mon"),
        Weekday::Tuesday => ("thứ Ba", "Tue"),
        Weekday::Wednesday => ("thứ Tư", "Wed"),
        Weekday::Thursday => ("thứ Năm", "Thu"),
        Weekday::Friday => ("thứ Sáu", "Fri"),
        Weekday::Saturday => ("thứ Bảy", "Sat"),
        Weekday::Sunday => ("Chủ nhật", "Sun"),
    };
    if lang == Lang::Vi { vi } else { en }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_read_as_people_type_it() {
        for text in ["5/3/2026", "05/03/2026", " 5.3.2026 ", "5-3-2026", "2026-03-05", "5 / 3 / 2026"] {
            assert_eq!(read(text), Some(date(2026, 3, 5)), "{text}");
        }
        for text in ["", "31/02/2026", "5/3/26", "3/2026", "5/3/2026/1", "hôm nay", "13/13/2026"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_a_day_and_an_hour() {
        let moment = date(2026, 11, 26).at(16, 45, 0, 0);
        for text in ["26/11/2026 16:45", "26.11.2026 16:45:00", "2026-11-26T16:45"] {
            assert_eq!(read_moment(text), Some(moment), "{text}");
        }
        assert_eq!(read_moment("26/11/2026 25:00"), None);
    }

    #[test]
    fn days_are_counted_over_years() {
        assert_eq!(days_until(date(2026, 11, 21), date(2026, 12, 31)), 40);
        assert_eq!(days_until(date(2026, 11, 21), date(2025, 11, 21)), -365);
        assert_eq!(show(date(2026, 9, 2), Lang::Vi), "02/09/2026");
    }

    #[test]
    fn what_is_due_before_a_monday_is_safe_on_the_friday() {
        let calendar = Calendar::built_in();
        let before = calendar.before(date(2026, 11, 30)).due;
        assert_eq!(show_due(before, true, &calendar, Lang::Vi), "thứ Sáu 27/11, trước hạn 30/11/2026");
        assert_eq!(show_due(before, true, &calendar, Lang::En), "Fri 27 Nov, before 30 Nov 2026");
        assert_eq!(show_due(date(2026, 11, 29), false, &calendar, Lang::Vi), "thứ Sáu 27/11, hạn 29/11/2026");
        assert_eq!(show_due(date(2026, 11, 30), false, &calendar, Lang::Vi), "30/11/2026");
        // New Year's Day is off, and so is what is before it safe in the year before.
        assert_eq!(show_due(date(2027, 1, 1), true, &calendar, Lang::Vi), "thứ Năm 31/12/2026, trước hạn 02/01/2027");
        let left = |day| days_left(&calendar, before, date(2026, 11, day));
        assert_eq!([left(26), left(27), left(28), left(29), left(30)], [1, 0, 1, 0, -1]);
    }
}
