//! The levels of marks, and what each looks like.

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

pub static PATTERNS: LazyLock<Vec<(Level, Regex)>> = LazyLock::new(|| {
    [
        (
            Level::Part,
            r"^(?:PHẦN|Phần|CHƯƠNG|Chương|PHỤ LỤC|Phụ lục)(?:\s+(?:[IVXLC]+|\d+|(?:thứ|THỨ) \p{L}+))?(?:[.:]|\s+[-–]\s|\s*$)\s*",
        ),
        (Level::Roman, r"^[IVX]{1,5}\s*[.)/-]\s+"),
        (Level::Capital, r"^[A-HK-ZĐ]\s*[.)]\s+"),
        (Level::Article, r"^(?:Điều|ĐIỀU)\s+\d{1,3}\s*[.:]\s*"),
        (Level::SubNumber, r"^\d{1,2}(?:\.\d{1,2})+[.)]?\s+"),
        (Level::Number, r"^\d{1,2}(?:[.)/]\s*(?:\s|\p{Lu})|-\s+\p{Lu})"),
        (Level::Letter, r"^[a-zđ]{1,2}[.)]\s*(?:\s|\p{Lu}|\d)"),
        (Level::Paren, r"^\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s+"),
        (Level::Bullet, r"^[-–—•*▪●]\s*(?:\s|\p{Lu}|\d)"),
        (Level::SubBullet, r"^[+o]\s+"),
    ]
    .into_iter()
    .filter_map(|(level, pattern)| Regex::new(pattern).ok().map(|regex| (level, regex)))
    .collect()
});
