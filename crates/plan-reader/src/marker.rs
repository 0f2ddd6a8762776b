//! Marks at the start of a paragraph: `II.`, `2.`, `3.1`, `đ)`, `-`.

use std::sync::LazyLock;

use regex::Regex;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Part,
    Roman,
    Capital,
    Article,
    Number,
    SubNumber,
    Letter,
    Paren,
    Bullet,
    SubBullet,
}

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

static PATTERNS: LazyLock<Vec<(Level, Regex)>> = LazyLock::new(|| {
    [
        (
            Level::Part,
            r"^((?:PHẦN|Phần|CHƯƠNG|Chương|PHỤ LỤC|Phụ lục)(?:\s+(?:[IVXLC]+|\d+|thứ \p{L}+))?)(?:[.:]|\s*$)\s*",
        ),
        (Level::Roman, r"^([IVX]{1,5})\s*[.)/-]\s+"),
        (Level::Capital, r"^([A-HK-ZĐ])\s*[.)]\s+"),
        (Level::Article, r"^(?:Điều|ĐIỀU)\s+(\d{1,3})\s*[.:]\s*"),
        (Level::SubNumber, r"^(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+"),
        (Level::Number, r"^(\d{1,2})[.)/]\s*(?:\s|\p{Lu})"),
        (Level::Letter, r"^([a-zđ]{1,2})[.)]\s*(?:\s|\p{Lu}|\d)"),
        (Level::Paren, r"^\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s+"),
        (Level::Bullet, r"^([-–—•*▪●])\s*(?:\s|\p{Lu}|\d)"),
        (Level::SubBullet, r"^([+o])\s+"),
    ]
    .into_iter()
    .filter_map(|(level, pattern)| Regex::new(pattern).ok().map(|regex| (level, regex)))
    .collect()
});

/// The mark of a paragraph and the text behind it.
pub fn marker(text: &str) -> Option<(Mark, &str)> {
    PATTERNS.iter().find_map(|(level, regex)| {
        let label = regex.captures(text)?.get(1)?;
        let rest = text[label.end()..].trim_start_matches(['.', ')', '/', ':']).trim_start();
        let rest = if *level == Level::Roman { rest.trim_start_matches('-').trim_start() } else { rest };
        let sign = text[label.end()..].trim_start().chars().next().filter(|sign| ".)/".contains(*sign));
        Some((Mark { level: *level, label: label.as_str().to_owned(), sign }, rest))
    })
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
        assert_eq!(label("100% cơ quan"), None);
        assert_eq!(label("2025-2030"), None);
        assert_eq!(label("Có liên quan"), None);
    }
}
