//! Labels of a task in block form: "- Đơn vị chủ trì: …", several of them on one line, or behind the task's own sentence.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Lead,
    Coordinating,
    /// Who does it, where another leads.
    Implementers,
    Time,
    Result,
    Funding,
}

/// A label found in a text: where it stands, and where its value does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub field: Field,
    pub at: usize,
    pub value: Range<usize>,
}

struct Patterns {
    /// Any label, with its colon, at a place where one may begin.
    any: Regex,
    kinds: Vec<(Field, Regex)>,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const WHO: &str = r"(?:(?:các|những|nhóm)\s+)?(?:(?:cơ quan|đơn vị|bộ phận|phòng|tổ chức|địa phương|lãnh đạo|cá nhân|người|đồng chí|chuyên viên|ngành)(?:\s*[,/]\s*|\s+(?:và\s+)?))*(?:được\s+)?(?:giao\s+)?";
    const ON: &str = r"(?:\s*[,/]?\s*(?:thực hiện|tham mưu|triển khai|tổ chức|xây dựng|chính|theo dõi|đôn đốc|hoàn thành|trình|ban hành|báo cáo|dự kiến|cần đạt|đầu ra|kết quả|sản phẩm|xong|chung|chủ yếu|và|nhiệm vụ))*";
    let all = [
        (Field::Lead, format!(r"{WHO}(?:chủ trì|đầu mối|chịu trách nhiệm|phụ trách){ON}")),
        (Field::Coordinating, format!(r"{WHO}(?:phối hợp|cùng thực hiện|tham gia|hỗ trợ){ON}")),
        (
            Field::Implementers,
            format!(r"(?:(?:trách nhiệm\s+)?{WHO}(?:thực hiện|triển khai){ON}|phân công|trách nhiệm)"),
        ),
        (Field::Time, format!(r"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình|kỳ hạn|hạn|hoàn thành){ON}")),
        (Field::Result, format!(r"(?:kết quả|sản phẩm|đầu ra){ON}")),
        (Field::Funding, format!(r"(?:dự kiến\s+)?(?:nguồn\s+)?(?:kinh phí|vốn|nguồn lực){ON}")),
    ];
    let any = all.iter().map(|(_, pattern)| pattern.as_str()).collect::<Vec<_>>().join("|");
    Some(Patterns {
        any: Regex::new(&format!(r"(?i)(?:^\W*|[.;,(]\s*(?:[-–+•]\s*)?|\s[-–+•]\s+|\n\W*)(?:{any})\s*:")).ok()?,
        kinds: all
            .into_iter()
            .filter_map(|(field, pattern)| Some((field, Regex::new(&format!(r"(?i)^(?:{pattern})$")).ok()?)))
            .collect(),
    })
});

/// The labels of a text in order; a value ends where the next label begins.
pub fn labels(text: &str) -> Vec<Label> {
    // Each ends with a colon: what stands behind the last one need not be searched.
    let Some(last) = text.rfind(':') else { return vec![] };
    let Some(p) = PATTERNS.as_ref() else { return vec![] };
    let found: Vec<(Field, usize, usize, usize)> = p
        .any
        .find_iter(&text[..=last])
        .filter_map(|found| {
            let name = found.as_str().trim_end_matches(':').trim_end();
            let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
            let at = found.start() + found.as_str().find(name)?;
            let field = p.kinds.iter().find(|(_, kind)| kind.is_match(name)).map(|(field, _)| *field)?;
            Some((field, found.start(), at, found.end()))
        })
        .collect();
    let ends = found.iter().skip(1).map(|(_, start, ..)| *start).chain([text.len()]);
    found
        .iter()
        .zip(ends)
        .map(|((field, _, at, from), end)| Label { field: *field, at: *at, value: trimmed(text, *from..end) })
        .collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let value = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (value.len() - value.trim_start().len());
    let end = range.start + value.trim_end_matches([' ', '-', '–', '\n']).len();
    start..end.max(start)
}

/// The field that a paragraph begins with, with its value up to the next label.
pub fn field(text: &str) -> Option<(Field, &str)> {
    let first = labels(text).into_iter().next()?;
    let begins = text.get(..first.at)?.chars().all(|c| !c.is_alphanumeric());
    begins.then(|| (first.field, text.get(first.value).unwrap_or_default()))
}

pub fn is_field(text: &str) -> bool {
    let colon = text.find(':').and_then(|colon| text.get(..=colon));
    colon.is_some_and(|label| label.len() < MOST && field(label).is_some())
}

/// A label has fewer bytes than this.
const MOST: usize = 300;

/// The value without the punctuation that ends a list item.
pub fn value(text: &str) -> &str {
    let open = text.matches('(').count() >= text.matches(')').count();
    let text = text.trim_end_matches([' ', ';', '.', ',', ':']);
    let text = if open { text } else { text.trim_end_matches(')') };
    text.trim_end_matches([' ', ';', '.', ',', ':'])
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
        assert_eq!(field("Hoàn thành: trước ngày 30/6/2026"), Some((Field::Time, "trước ngày 30/6/2026")));
        assert_eq!(field("- Đơn vị thực hiện: UBND các xã"), Some((Field::Implementers, "UBND các xã")));
        assert_eq!(field("Chủ trì tổ chức triển khai, theo dõi"), None);
        assert_eq!(field("Thực hiện các nhiệm vụ sau: rà soát"), None);
    }

    #[test]
    fn several_labels_stand_on_one_line() {
        let read = |text: &str| {
            labels(text)
                .into_iter()
                .map(|label| (label.field, value(&text[label.value]).to_owned()))
                .collect::<Vec<_>>()
        };
        let pair = |field, value: &str| (field, value.to_owned());
        assert_eq!(
            read("Đơn vị chủ trì: Sở A; Đơn vị phối hợp: Sở B, Sở C; Thời gian: Quý II/2026."),
            [pair(Field::Lead, "Sở A"), pair(Field::Coordinating, "Sở B, Sở C"), pair(Field::Time, "Quý II/2026")]
        );
        assert_eq!(
            read("Xây dựng cổng dữ liệu (chủ trì: Sở A; phối hợp: Sở B; thời gian: 2026)."),
            [pair(Field::Lead, "Sở A"), pair(Field::Coordinating, "Sở B"), pair(Field::Time, "2026")]
        );
    }
}
