//! Days as lists and short forms say them, and since when a system operates, which they say in one field.

use grammar::time::{Bound, Time, scan};
use jiff::civil::Date;
use kernel::text::fold;
use webkit::{Answers, FieldKind, Record as _};

use crate::model::System;

/// Days that are written in words become days. Where a whole day stands for the year, the day is kept, and its year;
/// where a year or a month stands for the day on which it began, the year is.
pub fn understood(said: &mut Answers) {
    for field in System::FIELDS.iter().filter(|field| matches!(field.kind, FieldKind::Day)) {
        let text = said.text(field.name);
        if let Some(day) = kernel::day::read(text).map_or_else(|| written(text), |_| None) {
            said.set(field.name, day.to_string());
        }
    }
    let since = said.text("since").to_owned();
    let is_same = |year: &String| since.is_empty() || numbers(&since).any(|part| part == year.as_str());
    // Of two years that differ none is dropped: the one that stands for a day is refused as none.
    if let Some(year) = year_alone(said.text("operating_since")).filter(is_same) {
        if since.is_empty() {
            said.set("since", year);
        }
        said.set("operating_since", String::new());
    }
    let text = said.text("since").to_owned();
    if text.is_empty() || text.parse::<i64>().is_ok() {
        return;
    }
    if let Some(day) = kernel::day::read(&text).or_else(|| written(&text)) {
        said.set("since", day.year().to_string());
        if said.text("operating_since").is_empty() {
            said.set("operating_since", day.to_string());
        }
        return;
    }
    // "5/2019", "tháng 5 năm 2019", "2019.0": one number of four figures is the year.
    if let [year] = numbers(&text).filter(|part| part.len() == 4).collect::<Vec<_>>().as_slice() {
        said.set("since", *year);
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty())
}

/// A whole day in words, "ngày 5 tháng 3 năm 2019", where nothing else is said.
fn written(text: &str) -> Option<Date> {
    let found = scan(text);
    let [one] = found.as_slice() else { return None };
    let around = [text.get(..one.span.start)?, text.get(one.span.end..)?];
    let is_alone = !around.iter().any(|part| part.chars().any(char::is_alphanumeric));
    match one.time {
        Time::Day { year: Some(year), month, day } if is_alone && matches!(one.bound, Bound::Bare | Bound::In) => {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        _ => None,
    }
}

/// The year, where nothing but a year, or a month of one, is said: "2018", "03-2020", "tháng 3 năm 2020".
fn year_alone(text: &str) -> Option<String> {
    let folded = fold(text);
    let is_plain = folded.split(' ').all(|word| ["nam", "thang"].contains(&word) || word.parse::<u16>().is_ok());
    let numbers: Vec<&str> = numbers(&folded).collect();
    let is_month = |month: &str| month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    match numbers.as_slice() {
        [year] if is_plain && year.len() == 4 => Some((*year).to_owned()),
        [month, year] if is_plain && year.len() == 4 && is_month(month) => Some((*year).to_owned()),
        [year, month] if is_plain && year.len() == 4 && is_month(month) => Some((*year).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_the_place_of_a_year_is_both() {
        let read = |text: &str| {
            let mut said = Answers::default().with("since", text);
            understood(&mut said);
            (said.text("since").to_owned(), said.text("operating_since").to_owned())
        };
        for (text, since, day) in [
            ("2019", "2019", ""),
            ("15/03/2019", "2019", "2019-03-15"),
            ("5/2019", "2019", ""),
            ("tháng 5 năm 2019", "2019", ""),
            ("từ 2018 đến 2020", "từ 2018 đến 2020", ""),
            ("lâu rồi", "lâu rồi", ""),
        ] {
            assert_eq!(read(text), (since.to_owned(), day.to_owned()), "{text}");
        }
    }

    #[test]
    fn days_are_read_as_they_are_written_and_a_year_is_no_day() {
        let read = |text: &str| {
            let mut said = Answers::default().with("operating_since", text);
            understood(&mut said);
            (said.text("since").to_owned(), said.text("operating_since").to_owned())
        };
        for (text, since, day) in [
            ("ngày 5 tháng 3 năm 2019", "", "2019-03-05"),
            ("5/3/2019", "", "5/3/2019"),
            ("2018", "2018", ""),
            ("03-2020", "2020", ""),
            ("tháng 3 năm 2020", "2020", ""),
            // What is no day stays as it is written, and is refused as that.
            ("ngày 31 tháng 2 năm 2019", "", "ngày 31 tháng 2 năm 2019"),
            ("31/02/2019", "", "31/02/2019"),
            ("khoảng 2018", "", "khoảng 2018"),
        ] {
            assert_eq!(read(text), (since.to_owned(), day.to_owned()), "{text}");
        }
        let both = |since: &str| {
            let mut said = Answers::default().with("since", since).with("operating_since", "2018");
            understood(&mut said);
            (said.text("since").to_owned(), said.text("operating_since").to_owned())
        };
        for (text, since, day) in [("2018", "2018", ""), ("5/3/2018", "2018", "2018-03-05"), ("2015", "2015", "2018")] {
            assert_eq!(both(text), (since.to_owned(), day.to_owned()), "{text}");
        }
        let mut said = Answers::default().with("contract_until", "ngày 30 tháng 6 năm 2027");
        understood(&mut said);
        assert_eq!(said.text("contract_until"), "2027-06-30");
    }
}
