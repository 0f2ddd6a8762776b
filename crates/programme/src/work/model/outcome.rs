//! What kind of result a task asks for, and what its acceptance needs as evidence.

use kernel::text::fold;

use crate::work::store::evidence::EvidenceRow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultKind {
    /// Văn bản: number, date, signed file.
    Document,
    /// Hệ thống: where it can be used.
    System,
    /// Báo cáo.
    Report,
    /// Dữ liệu.
    Data,
    /// Sản phẩm truyền thông.
    Media,
    Other,
}

impl ResultKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::System => "system",
            Self::Report => "report",
            Self::Data => "data",
            Self::Media => "media",
            Self::Other => "other",
        }
    }
}

/// Words of results as plans write them; the one that stands first decides.
const WORDS: [(&str, ResultKind); 30] = [
    ("bao cao", ResultKind::Report),
    ("ke hoach", ResultKind::Document),
    ("quyet dinh", ResultKind::Document),
    ("nghi quyet", ResultKind::Document),
    ("van ban", ResultKind::Document),
    ("cong van", ResultKind::Document),
    ("to trinh", ResultKind::Document),
    ("quy che", ResultKind::Document),
    ("quy dinh", ResultKind::Document),
    ("de an", ResultKind::Document),
    ("huong dan", ResultKind::Document),
    ("danh muc", ResultKind::Document),
    ("ho so", ResultKind::Document),
    ("he thong", ResultKind::System),
    ("nen tang", ResultKind::System),
    ("phan mem", ResultKind::System),
    ("ung dung", ResultKind::System),
    ("cong", ResultKind::System),
    ("ha tang", ResultKind::System),
    ("trung tam", ResultKind::System),
    ("co so du lieu", ResultKind::Data),
    ("du lieu", ResultKind::Data),
    ("bo chi so", ResultKind::Data),
    ("so lieu", ResultKind::Data),
    ("truyen thong", ResultKind::Media),
    ("video", ResultKind::Media),
    ("tin bai", ResultKind::Media),
    ("phong su", ResultKind::Media),
    ("an pham", ResultKind::Media),
    ("tuyen truyen", ResultKind::Media),
];

/// The kind of result that the words name, by the first known word in them.
pub fn kind(result: &str) -> ResultKind {
    let text = format!(" {} ", fold(result));
    let found =
        WORDS.iter().filter_map(|(word, kind)| text.find(&format!(" {word} ")).map(|at| (at, word.len(), *kind)));
    // Of words that begin at one place the longer one says more.
    found.min_by_key(|(at, length, _)| (*at, usize::MAX - length)).map_or(ResultKind::Other, |(_, _, kind)| kind)
}

/// What is missing for acceptance, as locale keys `missing-<code>`.
pub fn missing(kind: ResultKind, evidence: &[EvidenceRow]) -> Vec<&'static str> {
    let document = evidence.iter().any(|row| row.number.is_some() && row.day.is_some());
    let file = evidence.iter().any(|row| row.blob_hash.is_some());
    let link = evidence.iter().any(|row| row.link.is_some());
    let mut out = Vec::new();
    match kind {
        ResultKind::Document => {
            if !document {
                out.push("number-day");
            }
            if !evidence.iter().any(EvidenceRow::is_signed) {
                out.push("signed-file");
            }
        }
        ResultKind::Report if !document && !file => out.push("report"),
        ResultKind::System if !link && !document => out.push("system"),
        ResultKind::Data if !link && !file => out.push("data"),
        ResultKind::Media if !link && !file => out.push("media"),
        ResultKind::Other if evidence.is_empty() => out.push("any"),
        ResultKind::Report | ResultKind::System | ResultKind::Data | ResultKind::Media | ResultKind::Other => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_signature_is_no_signed_file() {
        let file = |name: &str, signed: Option<&str>| EvidenceRow {
            number: Some(db::Words::new("22/QĐ-UBND")),
            day: Some("2026-03-05".into()),
            file_name: Some(db::Words::new(name)),
            blob_hash: Some("hash".into()),
            signed: signed.map(str::to_owned),
            ..EvidenceRow::default()
        };
        let asked = |row| missing(ResultKind::Document, &[row]);
        assert_eq!(asked(file("qd.docx", Some("unsigned"))), ["signed-file"]);
        assert_eq!(asked(file("qd.pdf", Some("unsigned"))), ["signed-file"]);
        assert_eq!(asked(file("qd.pdf", Some("changed"))), ["signed-file"]);
        assert!(asked(file("qd.pdf", Some("signed"))).is_empty());
        // Files that came before anybody looked.
        assert_eq!((asked(file("qd.PDF", None)).len(), asked(file("qd.docx", None)).len()), (0, 1));
    }

    #[test]
    fn results_are_known_by_their_first_word() {
        for (words, expected) in [
            ("Quyết định phê duyệt danh mục", ResultKind::Document),
            ("Báo cáo đánh giá hệ thống", ResultKind::Report),
            ("Hệ thống được nâng cấp", ResultKind::System),
            ("Cơ sở dữ liệu được cập nhật", ResultKind::Data),
            ("Các tin bài, phóng sự", ResultKind::Media),
            ("100% hộ dân", ResultKind::Other),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
    }
}
