//! The time that governs a sentence: by its place, never the day of a document that is cited.

use std::sync::LazyLock;

use regex::Regex;

/// The words that set a deadline or a rhythm, as written; empty where there are none.
pub fn deadline(text: &str) -> String {
    static DUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:(?:hoàn thành|xong|thời hạn|thời gian|chậm nhất|báo cáo)[\s:]*)?(?:(?:trước|trong|đến|đến hết|vào|là|hết)\s+)*(?:(?:ngày|tháng|quý|năm)\s+)+[IVX\d]+(?:\s*[/.-]\s*\d+)*(?:\s+(?:tháng|năm)\s+\d+)*|(?i)(?:trước|đến|chậm nhất)\s+(?:ngày\s+)?\d{1,2}/\d{1,2}(?:/20\d\d)?").ok()
    });
    static AGAIN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:hằng|hàng) (?:tuần|tháng|quý|năm)|thường xuyên|định kỳ \d+ tháng").ok());
    let found = DUE.as_ref().and_then(|due| due.find_iter(text).filter(|due| !is_citation(text, due.start())).last());
    let again = || AGAIN.as_ref().and_then(|again| again.find(text));
    found.or_else(again).map(|due| due.as_str().trim().to_owned()).unwrap_or_default()
}

/// "Kế hoạch số 22/KH-UBND ngày 05/8/2025" names a document, not a term.
fn is_citation(text: &str, at: usize) -> bool {
    let mut before = text[..at].trim_end().rsplit(' ');
    before.next().is_some_and(|number| number.contains('/')) && before.next() == Some("số")
}
