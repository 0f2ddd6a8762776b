//! Numbers in cells as they are written here: `1.250,75`, `62 %`, `-3`.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub value: f64,
    /// Of a hundred.
    pub is_percent: bool,
}

/// More digits than a number holds exactly are a code.
const MOST_DIGITS: usize = 15;

/// The number that a whole cell says; nothing where it is a code (`007`, `22/KH`) or may be read in two ways (`1.23`).
pub fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let (bare, is_percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let digits = bare.strip_prefix('-').unwrap_or(bare);
    let (whole, rest) = digits.split_once(',').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_code = whole.len() > 1 && whole.starts_with('0');
    if !is_whole(whole)
        || !rest.is_none_or(is_digits)
        || is_code
        || digits.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS
    {
        return None;
    }
    let value = bare.replace(['.', ' ', '\u{a0}'], "").replace(',', ".").parse().ok()?;
    Some(Figure { value, is_percent })
}

/// Digits, in threes where they are divided.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split(['.', ' ', '\u{a0}']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    is_digits(first)
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && is_digits(group))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

/// What is shown of a number with a percent format: halves of a bit are no digits that anybody typed.
pub(crate) fn percent_of(value: f64) -> f64 {
    (value * 1e11).round() / 1e9
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_here() {
        let cases = [
            ("1.250,75", 1250.75),
            ("12.345", 12345.0),
            ("0,5", 0.5),
            ("-3", -3.0),
            ("2 000", 2000.0),
            ("1.234.567.890.123,5", 1_234_567_890_123.5),
        ];
        for (text, value) in cases {
            assert_eq!(figure(text), Some(Figure { value, is_percent: false }), "{text}");
        }
        assert_eq!(figure("62 %"), Some(Figure { value: 62.0, is_percent: true }));
        for text in ["007", "22/KH", "1.23", "H48", "", "%", "1,", "30/6/2026", "1234567890123456", "1.2345"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_may_be_asked(text in "[0-9.,% -]{0,20}") {
            prop_assert!(figure(&text).is_none_or(|figure| figure.value.is_finite()));
        }
    }
}
