//! What a person must still say about the document itself, where it was not read for certain: who issued it, on which day,
//! under which title. Rights come from the issuer, deadlines from the day.

use jiff::civil::Date;
use kernel::Resolution;
use plan_reader::Document;

/// Something about the head of a document that was not read for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadDoubt {
    /// No issuer, or one that nobody here is called.
    Issuer(Option<String>),
    /// Perhaps this body.
    IsIssuer(String, String),
    /// No day, or only a month.
    Day(Option<String>),
    Title,
    /// No number: as yet, or of a draft.
    Number,
}

/// Codes of what is doubted of the head; settled when it is said.
pub const ISSUER: &str = "issuer_unsure";
pub const DAY: &str = "day_unsure";
pub const TITLE: &str = "title_missing";
pub const NUMBER: &str = "number_blank";
/// All of them: what the form of the head answers.
pub const OF_HEAD: [&str; 4] = [ISSUER, DAY, TITLE, NUMBER];

impl HeadDoubt {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Issuer(_) | Self::IsIssuer(..) => ISSUER,
            Self::Day(_) => DAY,
            Self::Title => TITLE,
            Self::Number => NUMBER,
        }
    }

    /// The question in Vietnamese and in English.
    pub fn asked(&self) -> (String, String) {
        match self {
            Self::Issuer(None) => (
                "Không đọc được cơ quan ban hành. Văn bản này do cơ quan nào ban hành?".into(),
                "The issuing body was not read. Who issued this document?".into(),
            ),
            Self::Issuer(Some(text)) => (
                format!("Cơ quan ban hành đọc được là “{text}”, chưa rõ là cơ quan nào."),
                format!("The issuing body reads “{text}”; nobody here is called so."),
            ),
            Self::IsIssuer(text, name) => (
                format!("Cơ quan ban hành đọc được là “{text}”. Có phải {name} không?"),
                format!("The issuing body reads “{text}”. Is it {name}?"),
            ),
            Self::Day(None) => ("Không đọc được ngày ban hành.".into(), "The day of issue was not read.".into()),
            Self::Day(Some(text)) => (
                format!("Ngày ban hành mới đọc được một phần: {}.", month(text)),
                format!("Of the day of issue only a part was read: {}.", month(text)),
            ),
            Self::Title => {
                ("Không đọc được trích yếu (tên) của văn bản.".into(), "The title of the document was not read.".into())
            }
            Self::Number => (
                "Văn bản chưa có số; có thể là dự thảo.".into(),
                "The document has no number; it may be a draft.".into(),
            ),
        }
    }
}

/// A day, and not only its month.
pub fn is_whole(day: Option<&str>) -> bool {
    day.is_some_and(|day| day.parse::<Date>().is_ok())
}

/// "/KH-UBND" is the kind of a document that has no number yet.
pub fn is_numbered(number: &str) -> bool {
    !number.is_empty() && !number.starts_with('/')
}

/// "2025-08" as people write it.
pub fn month(text: &str) -> String {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month] => format!("{}/{year}", month.trim_start_matches('0')),
        _ => text.to_owned(),
    }
}

/// What the head leaves open; `means` is what its issuer was taken for.
pub fn doubts(document: &Document, means: &Resolution) -> Vec<HeadDoubt> {
    let mut out = Vec::new();
    match (&document.issuer, means) {
        (Some(_), Resolution::Unit { certain: true, .. }) => {}
        (Some(text), Resolution::Unit { name, .. }) => out.push(HeadDoubt::IsIssuer(text.clone(), name.clone())),
        (text, _) => out.push(HeadDoubt::Issuer(text.clone())),
    }
    if !is_whole(document.date.as_deref()) {
        out.push(HeadDoubt::Day(document.date.clone()));
    }
    if document.title.as_deref().is_none_or(|title| title.trim().is_empty()) {
        out.push(HeadDoubt::Title);
    }
    out
}

/// The issuer without what stands in brackets: "Ủy ban nhân dân (UBND) tỉnh". A name that was mended so is a likeness.
pub fn without_brackets(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('(')?;
    let (_, after) = rest.split_once(')')?;
    let bare = format!("{} {}", before.trim(), after.trim());
    Some(bare.trim().to_owned()).filter(|bare| !bare.is_empty())
}

#[cfg(test)]
mod tests {
    use kernel::UnitId;

    use super::*;

    fn document(issuer: Option<&str>, date: Option<&str>, title: Option<&str>) -> Document {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Document { issuer: text(issuer), date: text(date), title: text(title), ..Document::default() }
    }

    fn unit(certain: bool) -> Resolution {
        Resolution::Unit { unit: UnitId::from_uuid(uuid::Uuid::nil()), name: "UBND tỉnh Mẫu".into(), certain }
    }

    #[test]
    fn what_was_read_for_certain_asks_nothing() {
        let whole = document(Some("UBND tỉnh"), Some("2026-01-15"), Some("Chuyển đổi số"));
        assert_eq!(doubts(&whole, &unit(true)), []);
    }

    #[test]
    fn each_part_of_the_head_that_was_not_read_is_asked_for() {
        let none = document(None, None, None);
        let all = [HeadDoubt::Issuer(None), HeadDoubt::Day(None), HeadDoubt::Title];
        assert_eq!(doubts(&none, &Resolution::Unknown), all);
        let part = document(Some("UBND (x) tỉnh"), Some("2025-08"), Some(" "));
        let asked: Vec<String> = doubts(&part, &unit(false)).iter().map(|doubt| doubt.asked().0).collect();
        assert_eq!(asked.len(), 3);
        assert!(asked[0].contains("Có phải UBND tỉnh Mẫu không"), "{asked:?}");
        assert!(asked[1].contains("8/2025"), "{asked:?}");
    }

    #[test]
    fn a_month_is_no_day_and_a_kind_no_number() {
        assert!(is_whole(Some("2026-01-15")));
        for day in [None, Some(""), Some("2026-01"), Some("2026-02-30")] {
            assert!(!is_whole(day), "{day:?}");
        }
        assert!(is_numbered("22/KH-UBND") && !is_numbered("/KH-UBND") && !is_numbered(""));
        assert_eq!(HeadDoubt::Number.code(), NUMBER);
    }

    #[test]
    fn brackets_are_left_out() {
        assert_eq!(without_brackets("Ủy ban nhân dân (UBND) tỉnh").as_deref(), Some("Ủy ban nhân dân tỉnh"));
        assert_eq!(without_brackets("UBND tỉnh"), None);
        assert_eq!(without_brackets("("), None);
    }
}
