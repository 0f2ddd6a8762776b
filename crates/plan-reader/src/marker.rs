//! Marks at the start of a paragraph: `II.`, `2.`, `3.1`, `đ)`, `-`.

mod level;
mod quick;

use std::ops::Range;

use regex::Regex;

pub use level::Level;
use level::PATTERNS;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub level: Level,
    pub label: String,
    /// The sign behind it: `1.` and `1)` are two lists.
    pub sign: Option<char>,
}

impl Mark {
    /// How deep it stands: "5.1" below "5", "5.1.1" below "5.1".
    pub fn depth(&self) -> (Level, usize) {
        (self.level, self.label.matches('.').count())
    }

    /// Of the same list, whatever its number.
    pub fn is_like(&self, other: &Self) -> bool {
        let bullet = self.level < Level::Bullet || self.label == other.label;
        self.depth() == other.depth() && self.sign == other.sign && bullet
    }

    /// The first of its list; every bullet may be.
    pub fn is_first(&self) -> bool {
        self.level >= Level::Bullet
            || matches!(self.label.as_str(), "1" | "01" | "I" | "i" | "a" | "A")
            || self.label.ends_with(".1")
    }

    /// Items hold content; parts, romans and numbers may be headings.
    pub fn is_item(&self) -> bool {
        self.level >= Level::Letter
    }
}

/// The levels whose marks may begin so, in the order of the patterns: most lines begin none, and no pattern is tried on them.
fn levels(text: &str) -> &'static [Level] {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return &[] };
    let is_signed = || letters.clone().take(6).any(|c| ".)/-".contains(c));
    match first {
        '0'..='9' => &[Level::SubNumber, Level::Number],
        '-' | '–' | '—' | '•' | '*' | '▪' | '●' => &[Level::Bullet],
        '+' => &[Level::SubBullet],
        '(' => &[Level::Paren],
        'C' | 'P' => &[Level::Part, Level::Capital],
        'Đ' => &[Level::Capital, Level::Article],
        'I' | 'V' | 'X' if is_signed() => &[Level::Roman, Level::Capital],
        'A'..='Z' if is_signed() => &[Level::Capital],
        'o' => &[Level::Letter, Level::SubBullet],
        'a'..='z' | 'đ' if is_signed() => &[Level::Letter],
        _ => &[],
    }
}

/// The mark of a paragraph and the text behind it.
pub fn marker(text: &str) -> Option<(Mark, &str)> {
    let (level, label) = found(text)?;
    let behind = text.get(label.end..)?;
    let rest = behind.trim_start_matches(['.', ')', '/', ':']).trim_start();
    let rest = if level <= Level::Roman || level == Level::Number {
        rest.trim_start_matches(['-', '–']).trim_start()
    } else {
        rest
    };
    let sign = behind.trim_start().chars().next().filter(|sign| ".)/-".contains(*sign));
    Some((Mark { level, label: text.get(label)?.to_owned(), sign }, rest))
}

/// The level of a paragraph's mark.
pub fn level(text: &str) -> Option<Level> {
    found(text).map(|(level, _)| level)
}

/// Whether a paragraph has a mark.
pub fn begins(text: &str) -> bool {
    found(text).is_some()
}

/// The level of the mark, and the bytes of its label.
fn found(text: &str) -> Option<(Level, Range<usize>)> {
    levels(text).iter().find_map(|level| {
        let matched = match quick::begins(*level, text) {
            Some(true) => "",
            Some(false) => return None,
            None => pattern(*level)?.find(text)?.as_str(),
        };
        let label = label(*level, text, matched)?;
        text.is_char_boundary(label.end).then_some((*level, label))
    })
}

fn pattern(level: Level) -> Option<&'static Regex> {
    PATTERNS.iter().find(|(of, _)| *of == level).map(|(_, pattern)| pattern)
}

/// The bytes of the label in what a pattern matched, which says something of parts and articles alone. (Groups that a pattern
/// captures are slower to find than all the rest.)
fn label(level: Level, text: &str, matched: &str) -> Option<Range<usize>> {
    let start = match level {
        Level::Article => matched.find(|c: char| c.is_ascii_digit())?,
        Level::Paren => 1,
        _ => 0,
    };
    let rest = text.get(start..)?;
    let length = match level {
        Level::Part => matched.trim_end().trim_end_matches(['.', ':', '-', '–']).trim_end().len(),
        Level::Bullet | Level::SubBullet | Level::Capital => rest.chars().next()?.len_utf8(),
        Level::SubNumber => {
            rest.find(|c: char| !c.is_ascii_digit() && c != '.').map(|end| rest[..end].trim_end_matches('.').len())?
        }
        Level::Roman | Level::Article | Level::Number | Level::Letter | Level::Paren => {
            rest.find(|c: char| !c.is_alphanumeric())?
        }
    };
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words_and_years() {
        let label = |text| marker(text).map(|(mark, rest)| (mark.label, rest.to_owned()));
        assert_eq!(label("đ) Khuyến khích"), Some(("đ".into(), "Khuyến khích".into())));
        assert_eq!(label("II. CÁC NHIỆM VỤ"), Some(("II".into(), "CÁC NHIỆM VỤ".into())));
        assert_eq!(label("3.1. Triển khai"), Some(("3.1".into(), "Triển khai".into())));
        assert_eq!(label("- 100% cơ quan"), Some(("-".into(), "100% cơ quan".into())));
        assert_eq!(label("-  Tỉnh Mẫu"), Some(("-".into(), "Tỉnh Mẫu".into())));
        assert_eq!(label("A. MỤC TIÊU"), Some(("A".into(), "MỤC TIÊU".into())));
        assert_eq!(label("Điều 1. Ban hành"), Some(("1".into(), "Ban hành".into())));
        assert_eq!(label("(1) Rà soát"), Some(("1".into(), "Rà soát".into())));
        assert_eq!(label("PHỤ LỤC II. Chỉ tiêu"), Some(("PHỤ LỤC II".into(), "Chỉ tiêu".into())));
        assert_eq!(label("Phụ lục II: "), Some(("Phụ lục II".into(), String::new())));
        assert_eq!(label("PHẦN thứ hai"), Some(("PHẦN thứ hai".into(), String::new())));
        assert_eq!(label("1- Đảng ủy xã"), Some(("1".into(), "Đảng ủy xã".into())));
        assert_eq!(label("10- 15 người"), None);
        assert_eq!(label("PHẦN THỨ BA"), Some(("PHẦN THỨ BA".into(), String::new())));
        assert_eq!(label("Phần II - Mạng"), Some(("Phần II".into(), "Mạng".into())));
        assert_eq!(label("5.1.2 Mạng"), Some(("5.1.2".into(), "Mạng".into())));
        assert_eq!(label("3.1.Mạng"), None);
        assert_eq!(label("IV - Nguồn vốn"), Some(("IV".into(), "Nguồn vốn".into())));
        assert_eq!(label("o Mở lớp"), Some(("o".into(), "Mở lớp".into())));
        assert_eq!(label("(iv) Mở lớp"), Some(("iv".into(), "Mở lớp".into())));
        assert_eq!(label("100% cơ quan"), None);
        assert_eq!(label("2025-2030"), None);
        assert_eq!(label("Có liên quan"), None);
    }
}
