//! Time frames as plans write them: "Năm 2025 - 2030", "Tháng 12/2026", "Thường xuyên", "Sau khi Bộ … ban hành".

use std::sync::LazyLock;

use regex::Regex;

use crate::{Bound, Period, Time, TimeKind};

struct Patterns {
    day: Regex,
    quarter: Regex,
    month: Regex,
    range: Regex,
    year: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        day: Regex::new(
            r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(20\d\d)",
        )
        .ok()?,
        quarter: Regex::new(r"(?i)qu[ýí]\s*(IV|III|II|I|[1-4])\s*(?:/|năm|-|,)?\s*(?:năm\s*)?(20\d\d)").ok()?,
        month: Regex::new(r"(?i)(?:tháng\s*)?\b(\d{1,2})\s*(?:/|năm)\s*(20\d\d)").ok()?,
        range: Regex::new(r"(20\d\d)\s*(?:-|–|—|đến(?:\s+năm)?|và)\s*(20\d\d)").ok()?,
        year: Regex::new(r"\b(20\d\d)\b").ok()?,
    })
});

/// Normalises a time frame. Text that names no time keeps `kind` empty: a person decides.
pub fn parse(raw: &str) -> Time {
    let (kind, from, to) = normal(raw);
    Time { raw: raw.to_owned(), kind, from, to }
}

type Normal = (Option<TimeKind>, Option<Bound>, Option<Bound>);

fn normal(raw: &str) -> Normal {
    let Some(p) = PATTERNS.as_ref() else { return (None, None, None) };
    let lower = raw.to_lowercase();
    if lower.contains("sau khi") || lower.contains("ngay khi") || lower.contains("khi có") {
        return (Some(TimeKind::Event), None, None);
    }
    if let Some(found) = p.day.captures_iter(&lower).last() {
        let part = |a: usize, b: usize| {
            found.get(a).or(found.get(b)).and_then(|m| m.as_str().parse::<u16>().ok()).unwrap_or(0)
        };
        let (day, month, year) = (part(1, 4), part(2, 5), part(3, 6));
        return (Some(TimeKind::Month), None, Some(Bound::Text(format!("{year}-{month:02}-{day:02}"))));
    }
    if let Some(found) = p.quarter.captures_iter(&lower).last() {
        let last = match &found[1] {
            "i" | "1" => 3,
            "ii" | "2" => 6,
            "iii" | "3" => 9,
            _ => 12,
        };
        return (Some(TimeKind::Month), None, Some(Bound::Text(format!("{}-{last:02}", &found[2]))));
    }
    if let Some(found) = p.month.captures_iter(&lower).last() {
        let month = found[1].parse::<u8>().unwrap_or(0);
        if (1..=12).contains(&month) {
            return (Some(TimeKind::Month), None, Some(Bound::Text(format!("{}-{month:02}", &found[2]))));
        }
    }
    years(p, &lower)
}

fn years(p: &Patterns, lower: &str) -> Normal {
    let year = |text: &str| text.parse::<i16>().ok().map(Bound::Year);
    if let Some(found) = p.range.captures(lower) {
        return (Some(TimeKind::Range), year(&found[1]), year(&found[2]));
    }
    if let Some(found) = p.year.captures(lower) {
        let until = ["đến", "trước", "chậm nhất", "hết"].iter().any(|word| lower.contains(word));
        return if until {
            (Some(TimeKind::Range), None, year(&found[1]))
        } else if lower.contains("từ") {
            (Some(TimeKind::Range), year(&found[1]), None)
        } else {
            (Some(TimeKind::Year), year(&found[1]), year(&found[1]))
        };
    }
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["thường xuyên", "liên tục"]) {
        (Some(TimeKind::Continuous), None, None)
    } else if has(&["hàng năm", "hằng năm", "định kỳ", "hàng tháng", "hằng tháng", "hàng quý", "hằng quý"])
    {
        (Some(TimeKind::Annual), None, None)
    } else {
        (None, None, None)
    }
}

/// The period that a heading or sentence sets: "Giai đoạn 2026 - 2027", "Đến năm 2030".
pub fn period(text: &str) -> Option<Period> {
    static PERIOD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:giai đoạn|từ(?: năm)?)\s*(20\d\d)\s*(?:-|–|—|đến(?:\s+năm)?)\s*(20\d\d)|(?:đến(?:\s+hết)?|trong|trước|hết)(?:\s+năm)?\s+(20\d\d)|năm\s+(20\d\d)").ok()
    });
    let found = PERIOD.as_ref()?.captures(text)?;
    let year = |index: usize| found.get(index).and_then(|m| m.as_str().parse().ok());
    match (year(1), year(2), year(3), year(4)) {
        (Some(from), Some(to), _, _) => Some(Period { from: Some(from), to: Some(to) }),
        (_, _, Some(to), _) => Some(Period { from: None, to: Some(to) }),
        (_, _, _, Some(only)) => Some(Period { from: Some(only), to: Some(only) }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_frames_are_read_as_written() {
        let show = |raw: &str| {
            let time = parse(raw);
            let bound = |b: Option<Bound>| match b {
                Some(Bound::Year(y)) => y.to_string(),
                Some(Bound::Text(t)) => t,
                None => "-".into(),
            };
            format!("{:?} {} {}", time.kind, bound(time.from), bound(time.to))
        };
        assert_eq!(show("Năm 2025 - 2030"), "Some(Range) 2025 2030");
        assert_eq!(show("2025"), "Some(Year) 2025 2025");
        assert_eq!(show("Tháng 12/2026"), "Some(Month) - 2026-12");
        assert_eq!(show("Quý III/2026"), "Some(Month) - 2026-09");
        assert_eq!(show("Trước ngày 30/11/2026"), "Some(Month) - 2026-11-30");
        assert_eq!(show("Thường xuyên hàng năm"), "Some(Continuous) - -");
        assert_eq!(show("Hằng năm"), "Some(Annual) - -");
        assert_eq!(show("Sau khi Bộ Mẫu ban hành hướng dẫn"), "Some(Event) - -");
        assert_eq!(show("Đến năm 2027"), "Some(Range) - 2027");
        assert_eq!(show("theo yêu cầu"), "None - -");
    }
}
