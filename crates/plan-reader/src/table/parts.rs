//! Months and quarters of a year, as titles of columns and as what is written into them.

use crate::{Time, TimeKind, time};

/// What part of the year a column is for, also where the title over all of them stands before it:
/// "Thời gian thực hiện (tháng) T6".
pub fn of(title: &str) -> Option<&str> {
    let title = title.trim();
    if is_part(title) {
        return Some(title);
    }
    let says_when = |rest: &str| ["thời gian", "tiến độ", "tháng", "quý"].iter().any(|word| rest.contains(word));
    let mut blanks = title.rmatch_indices(' ').map(|(at, _)| at).take(2);
    blanks.find_map(|at| {
        let (above, own) = (title[..at].to_lowercase(), title[at..].trim());
        (is_part(own) && says_when(&above)).then_some(own)
    })
}

/// "T3", "Tháng 11", "Quý IV", "quý 2/2026".
pub fn is_part(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let behind = |word: &str| title.strip_prefix(word).map(|rest| rest.trim_start_matches(['.', ' ']));
    let whole = |text: &str| text.split_once("/20").map_or(text, |(part, _)| part).to_owned();
    let month = behind("tháng").or_else(|| behind("t")).map(whole);
    let quarter = behind("quý").or_else(|| behind("q")).map(whole);
    month.is_some_and(|month| counts(&month, 12))
        || quarter.is_some_and(|quarter| counts(&quarter, 4) || ["i", "ii", "iii", "iv"].contains(&quarter.as_str()))
}

fn counts(text: &str, most: u8) -> bool {
    text.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
}

/// The full title of a column whose lower half is a number alone: "3" below "Thời gian thực hiện (tháng)".
pub fn below(above: &str, cell: &str) -> Option<String> {
    let above = above.to_lowercase();
    let quarters = ["i", "ii", "iii", "iv", "1", "2", "3", "4"];
    match () {
        () if above.contains("tháng") && counts(cell, 12) => Some(format!("tháng {cell}")),
        () if above.contains("quý") && quarters.contains(&cell.to_lowercase().as_str()) => Some(format!("quý {cell}")),
        () => None,
    }
}

/// Days, months and quarters of this year: the first and the last of several.
pub fn dated(raw: &str, year: i16) -> Option<Time> {
    let whole = |part: &str| {
        let month = part.trim().strip_prefix('T').filter(|month| counts(month.trim_start_matches('.'), 12));
        let part = month.map_or(part.trim().to_owned(), |month| format!("tháng {}", month.trim_start_matches('.')));
        Some(time::parse(&format!("{part}/{year}"))).filter(|time| time.to.is_some())
    };
    let all: Vec<Time> = raw.split([',', ';']).map(whole).collect::<Option<_>>()?;
    let (first, last) = (all.first()?.clone(), all.last()?.clone());
    let raw = raw.to_owned();
    if all.len() == 1 {
        return Some(Time { raw, ..first });
    }
    Some(Time { raw, kind: Some(TimeKind::Range), from: first.to, to: last.to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_quarters_are_parts_of_a_year() {
        for title in ["T1", "T.12", "tháng 3", "Tháng 10/2026", "Quý IV", "Q2", "Quý 1"] {
            assert!(is_part(title), "{title}");
        }
        for title in ["T13", "TT", "Tháng", "Quý", "Quý V", "Tổng", "Tháng thực hiện"] {
            assert!(!is_part(title), "{title}");
        }
        assert_eq!(of("Thời gian thực hiện (tháng) T6"), Some("T6"));
        assert_eq!(of("Tiến độ Quý IV"), Some("Quý IV"));
        assert_eq!(of("Báo cáo quý IV"), None);
        assert_eq!(below("Thời gian thực hiện (tháng)", "7").as_deref(), Some("tháng 7"));
        assert_eq!(below("Tiến độ theo quý", "III").as_deref(), Some("quý III"));
        assert_eq!(below("Thời gian", "7"), None);
    }
    #[test]
    fn the_year_of_a_plan_is_that_of_its_months() {
        let read = |raw| dated(raw, 2026).map(|time| (time.from, time.to));
        let month = |month: &str| Some(crate::Bound::Text(format!("2026-{month}")));
        assert_eq!(read("T3, T6, T9"), Some((month("03"), month("09"))));
        assert_eq!(read("T2"), Some((None, month("02"))));
        assert_eq!(read("10/4"), Some((None, month("04-10"))));
        assert_eq!(read("Trong tháng 5"), Some((None, month("05"))));
        assert_eq!(read("Tuần cuối tháng"), None);
        assert_eq!(read("T3, khi có vụ việc"), None);
    }
}
