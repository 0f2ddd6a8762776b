//! Field lines of a task in block form: "- Đơn vị chủ trì: …".

use std::sync::LazyLock;

use regex::Regex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Lead,
    Coordinating,
    Time,
    Result,
}

static PATTERNS: LazyLock<Vec<(Field, Regex)>> = LazyLock::new(|| {
    const BODY: &str = r"(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|phòng)(?:\s*,\s*(?:cơ quan|đơn vị))?\s+)?";
    [
        (Field::Lead, format!(r"(?i)^\W*{BODY}(?:chủ trì|đầu mối)(?:\s+(?:thực hiện|tham mưu|triển khai))?\s*:\s*")),
        (Field::Coordinating, format!(r"(?i)^\W*{BODY}phối hợp(?:\s+thực hiện)?\s*:\s*")),
        (
            Field::Time,
            r"(?i)^\W*(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình)(?:\s+(?:thực hiện|hoàn thành|triển khai|trình))*\s*:\s*".into(),
        ),
        (
            Field::Result,
            r"(?i)^\W*(?:kết quả|sản phẩm)(?:\s*[,/]?\s*(?:kết quả|sản phẩm|đầu ra|thực hiện|dự kiến|hoàn thành|cần đạt))*\s*:\s*".into(),
        ),
    ]
    .into_iter()
    .filter_map(|(field, pattern)| Regex::new(&pattern).ok().map(|regex| (field, regex)))
    .collect()
});

/// The field that a paragraph gives, with its value.
pub fn field(text: &str) -> Option<(Field, &str)> {
    PATTERNS.iter().find_map(|(field, regex)| regex.find(text).map(|found| (*field, text[found.end()..].trim())))
}

pub fn is_field(text: &str) -> bool {
    field(text).is_some()
}

/// The value without the punctuation that ends a list item.
pub fn value(text: &str) -> String {
    text.trim_end_matches([' ', ';', '.', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_wordings_are_fields() {
        assert_eq!(field("- Đơn vị chủ trì: Sở A;"), Some((Field::Lead, "Sở A;")));
        assert_eq!(field("+ Cơ quan phối hợp thực hiện: Sở B."), Some((Field::Coordinating, "Sở B.")));
        assert_eq!(field("Thời gian hoàn thành: Quý IV/2026"), Some((Field::Time, "Quý IV/2026")));
        assert_eq!(field("- Sản phẩm dự kiến: Báo cáo"), Some((Field::Result, "Báo cáo")));
        assert_eq!(field("Chủ trì tổ chức triển khai, theo dõi"), None);
    }
}
