//! Days as calendars of telephones and mail programs read them (RFC 5545): UTF-8, lines that end in CRLF, folded at 75 octets.

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::{Timestamp, ToSpan as _, civil::Date};

/// A day that somebody has to keep.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The same at each reading: what it is about.
    pub id: String,
    pub day: Date,
    pub words: String,
    pub url: String,
}

/// A calendar of whole days, as it is at one moment.
pub fn calendar(name: &str, host: &str, at: Timestamp, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Dinh//Dinh//VI"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&plain(name));
    for entry in entries {
        calendar.push(event(host, at, entry));
    }
    calendar.to_string()
}

fn event(host: &str, at: Timestamp, entry: &Entry) -> Event {
    let mut event = Event::with_uid(&format!("{}@{host}", entry.id));
    event.add_property("DTSTAMP", at.strftime("%Y%m%dT%H%M%SZ").to_string());
    event.append_property(day("DTSTART", entry.day));
    // The first day that is not of it any more.
    event.append_property(day("DTEND", entry.day.saturating_add(1.day())));
    event.add_property("TRANSP", "TRANSPARENT");
    event.summary(&plain(&entry.words)).url(&entry.url);
    event
}

fn day(key: &str, day: Date) -> Property {
    Property::new(key, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// In one line: whatever else stands in the words of people would begin a line of the calendar.
fn plain(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn one(words: &str) -> String {
        let entry = Entry {
            id: "part_01".into(),
            day: date(2026, 12, 31),
            words: words.into(),
            url: "http://dinh.test/parts/part_01".into(),
        };
        let at = "2026-11-21T03:42:00Z".parse().unwrap();
        calendar("Việc đến hạn", "dinh.test", at, &[entry])
    }

    /// As a reader puts its lines together again.
    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn a_day_is_a_whole_day_under_a_name_that_stays() {
        let text = unfolded(&one("Rà soát định mức; lần 2, trình UBND"));
        for line in [
            "BEGIN:VCALENDAR",
            "X-WR-CALNAME:Việc đến hạn",
            "UID:part_01@dinh.test",
            "DTSTAMP:20261121T034200Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Rà soát định mức\\; lần 2\\, trình UBND",
            "URL:http://dinh.test/parts/part_01",
            "END:VCALENDAR",
        ] {
            assert!(text.split("\r\n").any(|own| own == line), "{line}: {text}");
        }
        assert!(text.ends_with("END:VCALENDAR\r\n") && text.matches("DTSTAMP").count() == 1, "{text}");
    }

    #[test]
    fn long_lines_of_vietnamese_are_folded_between_letters_and_lose_none() {
        let words = "Tổ chức rà soát, nâng cấp hạ tầng số tại các xã, phường; báo cáo Ủy ban nhân dân tỉnh ".repeat(5);
        let text = one(&words);
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            assert!(line.len() <= 75 && !line.contains('\n') && !line.contains('\r'), "{line}");
        }
        let whole = words.trim().replace(',', "\\,").replace(';', "\\;");
        assert!(unfolded(&text).contains(&format!("SUMMARY:{whole}\r\n")), "{text}");
    }

    #[test]
    fn words_of_people_begin_no_line() {
        let text = unfolded(&one("Một\r\nEND:VEVENT\nBEGIN:VALARM\u{b} hai"));
        assert!(text.contains("SUMMARY:Một END:VEVENT BEGIN:VALARM hai\r\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1, "{text}");
    }
}
