//! The head of the document: number, day, kind, issuer, title, what it implements.

mod date;
mod issuer;
pub mod kind;
mod title;

pub use issuer::is_motto;

use std::sync::LazyLock;

use grammar::document_number::{self, Relation};
use regex::Regex;

use crate::{Document, paragraph::Paragraph};

/// Paragraphs that a head may take.
const LONGEST: usize = 60;

/// What the head says, and how many paragraphs it takes.
pub fn document(paragraphs: &[Paragraph]) -> (Document, usize) {
    let head: Vec<&str> = paragraphs.iter().take(LONGEST).map(|paragraph| paragraph.text.trim()).collect();
    let named = head.iter().enumerate().find_map(|(at, line)| kind::kind(line).map(|kind| (at, kind)));
    let letter = if named.is_none() { letter(paragraphs, &head) } else { None };
    let title = named.as_ref().map(|(at, kind)| {
        let (title, taken) = title::title(kind.rest, paragraphs.get(at + 1..).unwrap_or_default());
        (title, at + 1 + taken)
    });
    let whole = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n");
    let letterhead = issuer::letterhead(&head);
    let kind = named.map(|(_, kind)| kind.name).or(letter.is_some().then_some("CÔNG VĂN"));
    let sender = if kind == Some("CÔNG ĐIỆN") { issuer::sender(&head) } else { None };
    let last = title.as_ref().map(|(_, end)| *end).or(letter.as_ref().map(|(_, end)| *end)).unwrap_or_default();
    let end = last.max(letterhead_end(&head)).min(paragraphs.len());
    let document = Document {
        number: number(&head).or_else(|| comes_with(&head)).or_else(|| attached(&whole)),
        date: date::date(&head),
        kind: kind.map(str::to_owned),
        issuer: sender.or(letterhead.issuer).or_else(|| issuer::in_words(&whole)),
        parent: letterhead.parent,
        title: title.map(|(title, _)| title).filter(|title| !title.is_empty()).or(letter.map(|(title, _)| title)),
        draft: head.iter().any(|line| line.to_uppercase().split('\t').any(|cell| cell.trim() == "DỰ THẢO")),
        implements: implements(&whole),
    };
    (document, end)
}

/// Behind the last line that only a letterhead has: a motto, a number, a day.
fn letterhead_end(head: &[&str]) -> usize {
    let top = head.iter().take(16).take_while(|line| crate::marker::marker(line).is_none());
    // A sentence may have a day too.
    let is_said = |line: &str| line.ends_with(['.', ';', ':']) && !line.contains('\t');
    let is_one = |line: &&&str| {
        issuer::is_motto(line) || !is_said(line) && (number(&[line]).is_some() || date::date(&[line]).is_some())
    };
    top.collect::<Vec<_>>().iter().rposition(is_one).map_or(0, |at| at + 1)
}

/// A letter has a subject ("V/v …") and addressees.
fn letter(paragraphs: &[Paragraph], head: &[&str]) -> Option<(String, usize)> {
    let addressed = head.iter().any(|line| line.to_lowercase().contains("kính gửi"));
    let subject = title::subject(paragraphs.get(..LONGEST.min(paragraphs.len()))?)?;
    addressed.then_some(subject)
}

/// `22/KH-UBND`, `12/2026/QĐ-TTg`, `57-NQ/TW`, `/KH-UBND` where the number was left blank.
fn number(head: &[&str]) -> Option<String> {
    let cells = head.iter().flat_map(|line| line.split('\t'));
    let own = |cell: &str| document_number::scan(cell.trim()).into_iter().find(|cited| cited.relation == Relation::Own);
    cells.filter_map(own).map(|cited| cited.number).next()
}

/// "… (Ban hành kèm theo Quyết định số 21/2026/QĐ-UBND …)" behind the title of what has no letterhead of its own.
fn comes_with(head: &[&str]) -> Option<String> {
    let behind = |line: &&str| {
        let at = line.find("èm theo ").filter(|at| line[..*at].contains('('))?;
        document_number::scan(line).into_iter().find(|cited| cited.number_span.start > at).map(|cited| cited.number)
    };
    head.iter().find_map(behind)
}

/// "(Kèm theo Kế hoạch số 22/KH-UBND ngày …)" of a text that begins without a letterhead.
fn attached(whole: &str) -> Option<String> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s*\(?\s*(?:(?i:ban hành )?[Kk]èm theo\s[^()\n]*?)?[Ss]ố\s*:?\s*([\d….]*)\s*(/[\p{Lu}\d]+(?:-[\p{Lu}\d&]+)*)").ok()
    });
    let found = NUMBER.as_ref()?.captures(whole)?;
    Some(format!("{}{}", found[1].trim_matches([' ', '.', '…']), &found[2]))
}

fn implements(whole: &str) -> Vec<String> {
    static CARRIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:Thực hiện|Triển khai|Căn cứ)\s+((?:Quyết định|Kế hoạch|Nghị quyết|Chương trình|Chỉ thị)[^,;\n]*?số\s*\d+[^,;\n]*?ngày\s+[\d/]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?(?:\s+của\s+(?:Thủ tướng Chính phủ|Chính phủ|[\p{Lu}][^,;\n]*?))?)(?:\s+về|\s+phê duyệt|,|;|\n)").ok()
    });
    let Some(carried) = CARRIED.as_ref() else { return vec![] };
    carried.captures_iter(whole).map(|found| found[1].trim().to_owned()).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_issuer_are_read_whole() {
        let read = |line: &str| number(&[line]);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("Số: 07/CT-TTg"), some("07/CT-TTg"));
        assert_eq!(read("Số: 12/2026/QĐ-TTg"), some("12/2026/QĐ-TTg"));
        assert_eq!(read("Số: 12/CTr-UBND"), some("12/CTr-UBND"));
        assert_eq!(read("Số 57-NQ/TW"), some("57-NQ/TW"));
        assert_eq!(read("Số: 45 /TTr-SKHCN"), some("45/TTr-SKHCN"));
        assert_eq!(read("Số:      /KH-UBND"), some("/KH-UBND"));
        assert_eq!(read("Số: …/KH-UBND"), some("/KH-UBND"));
        assert_eq!(read("Số 123-CV/VPĐU"), some("123-CV/VPĐU"));
        assert_eq!(read("Số: 345/UBND-KT"), some("345/UBND-KT"));
        assert_eq!(read("Số: 22/KH-UBND\tTỉnh Mẫu, ngày 05 tháng 8 năm 2026"), some("22/KH-UBND"));
        assert_eq!(read("Số liệu năm 2026"), None);
    }

    #[test]
    fn a_sentence_with_a_day_is_no_letterhead() {
        let day = "Sông Mẫu, ngày 05 tháng 8 năm 2026";
        assert_eq!(letterhead_end(&["Số: 22/KH-UBND", day, "CHỈ THỊ"]), 2);
        assert_eq!(
            letterhead_end(&[day, "CHỈ THỊ", "UBND tỉnh giao Sở Y tế đo nước trước ngày 07 tháng 11 năm 2027."]),
            1
        );
    }

    #[test]
    fn the_day_is_of_the_place_line() {
        let read = |line: &str| date::date(&[line]);
        assert_eq!(read("Tỉnh Mẫu, ngày 05 tháng 8 năm 2026").as_deref(), Some("2026-08-05"));
        assert_eq!(read("Tỉnh Mẫu, ngày     tháng 7 năm 2025").as_deref(), Some("2025-07"));
        assert_eq!(read("Sông Mẫu, ngày 5/8/2026").as_deref(), Some("2026-08-05"));
        assert_eq!(read("Căn cứ Kế hoạch số 1/KH-UBND ngày 5/8/2026"), None);
    }
}
