//! The parts of a paragraph that are each told to somebody: sentences, and what semicolons part in them.

use std::ops::Range;

use crate::{
    Reason, imperative,
    narrative::{self, Asked},
    order::{self, Via},
    outline::Chapter,
    sentence, time,
};

/// "thời gian hoàn thành trước ngày 30/6/2026": when something is done, and not what.
pub fn is_time(sentence: &str) -> bool {
    const WORDS: [&str; 11] =
        ["thời", "gian", "hạn", "hoàn", "thành", "xong", "thực", "hiện", "trong", "trước", "ngày"];
    let time = time::deadline(sentence);
    let rest = sentence.split_once(time.as_str()).filter(|_| !time.is_empty());
    let is_said = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).all(|word| WORDS.contains(&word.as_str()))
    };
    rest.is_some_and(|(before, behind)| is_said(before) && is_said(behind))
}

/// "…. Lắp đặt 12 trạm bơm trước ngày 31/10/2026.": behind an order another one, to the same bodies, with a day.
pub fn is_more_work(sentence: &str) -> bool {
    imperative::is_one(sentence) && narrative::has_day(sentence) && !says_when(sentence)
}

/// Whether a sentence behind an order says when that is to be done: "Hoàn thành trước ngày 30/6/2026, báo cáo UBND tỉnh."
pub fn says_when(sentence: &str) -> bool {
    const WORDS: [&str; 10] = [
        "hoàn thành trong",
        "hoàn thành trước",
        "hoàn thành chậm nhất",
        "xong ",
        "thời gian",
        "thời hạn",
        "tiến độ",
        "thực hiện từ",
        "thực hiện trong",
        "thực hiện trước",
    ];
    let lower = sentence.trim().to_lowercase();
    WORDS.iter().any(|words| lower.starts_with(words)) || is_time(sentence)
}

/// Sentences, and the parts of one that each tell another body: "Sở A làm X; Sở B làm Y."
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for range in sentence::sentences(text) {
        let mut start = range.start;
        let sentence = text.get(range.clone()).unwrap_or_default();
        let lists = if sentence.contains(';') { grammar::body::scan(sentence) } else { vec![] };
        for at in sentence.match_indices(';').map(|(at, _)| at) {
            let next = range.start + at + 1;
            let (before, after) =
                (text.get(start..next).unwrap_or_default(), text.get(next..range.end).unwrap_or_default());
            let in_list = lists.iter().any(|list| list.span.start < at && at < list.span.end);
            if parts_here(before, after.trim_start(), in_list) {
                out.push(start..next);
                start = next;
            }
        }
        out.push(start..range.end);
    }
    out
}

/// Whether another body is told behind a semicolon. A list of bodies that is not at its end is no place to cut, unless what
/// stands before it is whole ("… đời sống người dân; các sở chủ trì …").
fn parts_here(before: &str, after: &str, in_list: bool) -> bool {
    let Some(next) = order::order(after).filter(|next| next.via != Via::Inside) else { return false };
    if in_list {
        return order::has_role(after) && order::is_whole(before);
    }
    let is_told = order::order(before).is_some();
    let is_person = after.starts_with("đồng chí ") || after.starts_with("các đồng chí ");
    let named = next.via == Via::Given || after.starts_with(char::is_uppercase) || is_person;
    let is_other = || next.via == Via::Subject && is_deed(before, after);
    order::is_whole(before) || (!is_told && (named || is_other())) || is_aside(before)
}

/// "Đẩy nhanh việc đắp đê; đồng chí Chủ tịch xã trực tiếp gặp các hộ": what is to be done, and what a body is told beside it.
fn is_deed(before: &str, after: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let told = order::predicate(after).unwrap_or(after);
    let is_state =
        ["có ", "đạt ", "gồm ", "không ", "cơ quan ", "về ", "thuộc "].iter().any(|state| told.starts_with(state));
    imperative::is_one(before) && words(before) >= 5 && words(told) >= 4 && !is_state
}

/// "Trong quá trình thực hiện, chủ động tháo gỡ vướng mắc;" says nothing to whom the next part tells.
fn is_aside(before: &str) -> bool {
    let closes = || narrative::reason(before, Chapter::Other, Asked::Somebody) == Some(Reason::Closing);
    !before.contains("nếu ") && closes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        parts(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn two_orders_that_a_semicolon_parts_are_two() {
        let (suits, next) =
            ("Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế;", "đề nghị Công an tỉnh cắm biển báo.");
        assert_eq!(read(&format!("{suits} {next}")), [suits, next]);
        let (people, next) =
            ("Giao Sở Y tế lấp giếng, không làm phiền người dân;", "các sở, ngành có liên quan chủ trì đo nước.");
        assert_eq!(read(&format!("{people} {next}")), [people, next]);
        let (aside, next) =
            ("Trong quá trình thực hiện, chủ động gỡ vướng;", "các cơ quan, đơn vị có liên quan tổ chức đo nước.");
        assert_eq!(read(&format!("{aside} {next}")), [aside, next]);
    }

    #[test]
    fn a_list_of_bodies_is_not_cut() {
        for text in [
            "Giao Sở Y tế; Sở Nội vụ chủ trì lấp giếng.",
            "Giao Sở Y tế phối hợp với Sở Nội vụ; Công an tỉnh chủ trì lấp giếng.",
            "Sở Y tế gửi báo cáo về Sở Nội vụ; Công an tỉnh trước ngày 30/6/2026.",
            "Trong quá trình thực hiện, nếu có khó khăn; các sở kịp thời phản ánh về Sở Y tế.",
        ] {
            assert_eq!(read(text), [text]);
        }
    }

    #[test]
    fn a_time_alone_is_no_work() {
        assert!(is_time("thời gian hoàn thành trước ngày 03/10/2027.") && is_time("Xong trong quý I/2026;"));
        assert!(!is_time("Hoàn thành cầu treo trước ngày 03/10/2027.") && !is_time("Thực hiện xong."));
    }
}
