//! Marks at the start of a paragraph: `II.`, `2.`, `3.1`, `đ)`, `-`.

use std::sync::LazyLock;

use regex::Regex;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Part,
    Roman,
    Number,
    SubNumber,
    Letter,
    Bullet,
    SubBullet,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub level: Level,
    pub label: String,
}

impl Mark {
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
        (Level::SubNumber, r"^(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+"),
        (Level::Number, r"^(?:Điều\s+)?(\d{1,2})[.)/]\s*(?:\s|\p{Lu})"),
        (Level::Letter, r"^([a-zđ]{1,2})[.)]\s*(?:\s|\p{Lu}|\d)"),
        (Level::Bullet, r"^([-–—•*])\s*(?:\s|\p{Lu}|\d)"),
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
        Some((Mark { level: *level, label: label.as_str().to_owned() }, rest))
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
        assert_eq!(label("100% cơ quan"), None);
        assert_eq!(label("2025-2030"), None);
        assert_eq!(label("Có liên quan"), None);
    }
}
