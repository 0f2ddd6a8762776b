//! Days on which nothing may be cut over: as people type them, and as a column holds them.

use jiff::civil::Date;
use kernel::{Lang, day};
use portfolio::waves::Span;

/// A line each: `30/01/2027 - 20/02/2027`, or one day. Refused is the first line that cannot be read.
pub fn read(text: &str) -> Result<Vec<Span>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (from, to) = line.split_once(" - ").or_else(|| line.split_once('–')).unwrap_or((line, line));
        let span = Span { from: day::read(from)?, to: day::read(to)? };
        Some(span).filter(|span| span.from <= span.to && span.from.year() > 1900)
    };
    lines.map(|line| read(line).ok_or_else(|| line.to_owned())).collect()
}

/// As [`read`] takes them, in either language.
pub fn typed(spans: &[Span]) -> Vec<String> {
    let day = |day: Date| day::show(day, Lang::Vi);
    spans.iter().map(|span| format!("{} - {}", day(span.from), day(span.to))).collect()
}

/// What a column of JSON holds.
pub fn kept(json: &str) -> Vec<Span> {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_typed_is_what_was_read() {
        let spans = read("30/01/2027 - 20/02/2027\n\n 2027-03-01 ").unwrap();
        let (from, to, one) = (date(2027, 1, 30), date(2027, 2, 20), date(2027, 3, 1));
        assert_eq!(spans, [Span { from, to }, Span { from: one, to: one }]);
        assert_eq!(read(&typed(&spans).join("\n")), Ok(spans.clone()));
        assert_eq!(kept(&serde_json::to_string(&spans).unwrap()), spans);
        assert_eq!(read("01/02/2027\n02/02/2027 - 01/02/2027"), Err("02/02/2027 - 01/02/2027".to_owned()));
    }
}
