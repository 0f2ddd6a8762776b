//! Work that a conclusion or a letter gives out in plain sentences: "Giao Sở A chủ trì, phối hợp với Sở B …, hoàn thành
//! trước ngày …". No fields stand under it; who, with whom and when are in the sentence.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Form, Task, bodies, outline::Block, task, time};

struct Patterns {
    order: Regex,
    with: Regex,
    verb: Regex,
    due: Regex,
}

const VERBS: &str = r"chủ trì|đầu mối|khẩn trương|tập trung|tham mưu|rà soát|xây dựng|triển khai|tổ chức|thực hiện|nghiên cứu|hoàn thiện|hoàn thành|đề xuất|báo cáo|kiểm tra|hướng dẫn|đôn đốc|cập nhật|bố trí|chủ động|tiếp tục|theo dõi|tổng hợp|phối hợp|chịu trách nhiệm|nghiêm túc|tăng cường|đẩy mạnh|chỉ đạo|ban hành|trình|thẩm định|cung cấp|công bố|số hóa|đăng ký|lập|gửi|chuẩn bị|bảo đảm|đảm bảo|có trách nhiệm|thống nhất|làm việc|quán triệt|giao|kết nối|vận hành|lựa chọn|đánh giá|phân công|cử|mở|xử lý|giải quyết|tuyên truyền";

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        order: Regex::new(&format!(r"^(?:(?:Giao|Yêu cầu|Đề nghị|Chỉ đạo|Phân công)(?:\s+cho)?\s+)?(.+?)(?:\s*[:,]\s*|\s+)(?:{VERBS})(?:\s|,)")).ok()?,
        with: Regex::new(r"(?i)phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\s+").ok()?,
        verb: Regex::new(&format!(r"(?:,|;|\s)\s*(?:để\s+)?(?:{VERBS})(?:\s|,)")).ok()?,
        due: Regex::new(r"(?i)(?:(?:hoàn thành|xong|thời hạn|thời gian|chậm nhất|báo cáo)[\s:]*)?(?:(?:trước|trong|đến|đến hết|vào|là|hết)\s+)*(?:(?:ngày|tháng|quý|năm)\s+)+[IVX\d]+(?:\s*[/.-]\s*\d+)*(?:\s+(?:tháng|năm)\s+\d+)*|(?i)(?:trước|đến|chậm nhất)\s+(?:ngày\s+)?\d{1,2}/\d{1,2}(?:/20\d\d)?").ok()?,
    })
});

/// Tasks in the sentences of a conclusion, a directive or a letter.
pub fn tasks(blocks: &[Block]) -> Vec<Task> {
    let mut out = Vec::new();
    for block in blocks {
        let above = block.above.iter().rev().find_map(|heading| addressed(&heading.text));
        for text in &block.texts {
            let lower = text.text.to_lowercase();
            if lower.starts_with("nơi nhận") {
                return out;
            }
            if lower.starts_with("kính gửi") || text.text.chars().count() < 20 || text.text.ends_with(':') {
                continue;
            }
            // The last sentence speaks to all and orders nothing.
            if text.text.ends_with("./.") && subject(&text.text).is_none() {
                return out;
            }
            if let Some(lead) = subject(&text.text).or_else(|| above.clone().filter(|_| block.mark.is_some())) {
                out.push(Task {
                    id: String::new(),
                    section: block.section(),
                    form: Form::Block,
                    embedded_targets: task::embedded(&text.text),
                    lead,
                    coordinating: with(&text.text),
                    time: time::parse(&due(&text.text)),
                    result: None,
                    source: text.span,
                    text: text.text.clone(),
                });
            }
        }
    }
    out
}

/// "Sở A chủ trì …", "Giao Sở A …": the bodies before the verb.
fn subject(text: &str) -> Option<Vec<String>> {
    let found = PATTERNS.as_ref()?.order.captures(text)?;
    let named = bodies::split(&found[1]);
    let short = found[1].chars().count() < 160;
    (short && !named.is_empty() && named.iter().all(|body| bodies::is_body(body))).then_some(named)
}

/// "2. Sở Nội vụ:" or "Giao Sở Nội vụ:" as a heading: the items under it are its work.
fn addressed(heading: &str) -> Option<Vec<String>> {
    static ORDER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:Giao|Yêu cầu|Đề nghị|Đối với)(?:\s+cho)?\s+").ok());
    let first = heading.lines().next()?.trim_end_matches([':', '.', ' ']);
    let name = ORDER.as_ref()?.replace(first, "");
    let named = bodies::split(&name);
    (!named.is_empty() && named.iter().all(|body| bodies::is_body(body)) && name.chars().count() < 160).then_some(named)
}

fn with(text: &str) -> Vec<String> {
    let Some(patterns) = PATTERNS.as_ref() else { return vec![] };
    let Some(found) = patterns.with.find(text) else { return vec![] };
    let rest = &text[found.end()..];
    let end = patterns.verb.find(rest).map_or(rest.len(), |verb| verb.start());
    bodies::split(rest[..end].trim_end_matches(['.', ';']))
}

fn due(text: &str) -> String {
    let found = PATTERNS
        .as_ref()
        .and_then(|patterns| patterns.due.find_iter(text).filter(|due| !is_citation(text, due.start())).last());
    let again = || patterns_again().and_then(|again| again.find(text));
    found.or_else(again).map(|due| due.as_str().trim().to_owned()).unwrap_or_default()
}

fn patterns_again() -> Option<&'static Regex> {
    static AGAIN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:hằng|hàng) (?:tuần|tháng|quý|năm)|thường xuyên|định kỳ \d+ tháng").ok());
    AGAIN.as_ref()
}

/// "Kế hoạch số 22/KH-UBND ngày 05/8/2025" names a document, not a term.
fn is_citation(text: &str, at: usize) -> bool {
    let mut before = text[..at].trim_end().rsplit(' ');
    before.next().is_some_and(|number| number.contains('/')) && before.next() == Some("số")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_with_whom_and_when_are_found_in_a_sentence() {
        let text = "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính, Công an tỉnh tham mưu UBND tỉnh ban hành kế hoạch theo Quyết định số 5/QĐ-TTg ngày 01/02/2026; hoàn thành trước ngày 30/11/2026.";
        assert_eq!(subject(text), Some(vec!["Sở Khoa học và Công nghệ".into()]));
        assert_eq!(with(text), ["Sở Tài chính", "Công an tỉnh"]);
        assert_eq!(due(text), "hoàn thành trước ngày 30/11/2026");
        assert_eq!(subject("Các sở, ban, ngành khẩn trương rà soát số liệu."), Some(vec!["Các sở, ban, ngành".into()]));
        assert_eq!(subject("Cuộc họp đã thống nhất các nội dung sau."), None);
        assert_eq!(addressed("Sở Nội vụ:"), Some(vec!["Sở Nội vụ".into()]));
        assert_eq!(addressed("Về tình hình chung"), None);
    }
}
