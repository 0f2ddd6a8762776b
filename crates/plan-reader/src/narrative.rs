//! Why a sentence orders nothing: a reason that can be named, never the lack of one.

use std::sync::LazyLock;

use crate::{Reason, order, outline::Chapter};
use regex::Regex;

struct Patterns {
    opens_past: Regex,
    past: Regex,
    praise: Regex,
    opening: Regex,
    closing: Regex,
    force: Regex,
    money: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        opens_past: Regex::new(
            r"(?i)^(?:(?:trong\s+)?(?:thời gian|những năm|các năm|giai đoạn)\s+(?:vừa\s+)?qua|thời gian vừa qua|đến nay|tính đến|hiện nay|hiện tại|nhìn chung|qua (?:theo dõi|kiểm tra|rà soát|báo cáo|nghe)|sau khi nghe|kết quả[^.]{0,40}(?:đạt|cho thấy)|so với|đã\s)",
        )
        .ok()?,
        past: Regex::new(
            r"(?i)(?:^|[\s,;])(?:đã|vừa)\s+(?:được\s+)?(?:\p{L}+)|(?:^|[\s,;.(])(?:còn (?:chậm|hạn chế|thấp|tồn tại|lúng túng)|chưa (?:được|đạt|đồng bộ|kịp thời|nghiêm|đầy đủ|quan tâm|có)|đạt (?:được\s+)?(?:nhiều\s+)?kết quả)",
        )
        .ok()?,
        praise: Regex::new(r"(?i)(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh|cảm ơn|chúc mừng|trân trọng|nỗ lực của)").ok()?,
        opening: Regex::new(
            r"(?i)(?:như sau|sau đây|các nội dung sau|nội dung chính sau|cụ thể)\s*[:.]?$|^(?:sau khi nghe|dự họp|tham dự|chủ trì (?:cuộc )?họp|cùng dự|ngày\s+\d{1,2}[/\s].{0,60}(?:chủ trì|họp|làm việc)|thực hiện|triển khai|căn cứ|theo)\s.*(?:ban hành|xây dựng|thông báo|kết luận|yêu cầu|đề nghị)[^.]*:$",
        )
        .ok()?,
        closing: Regex::new(
            r"(?i)^(?:trên đây là|rất mong|mong nhận|xin trân trọng|trân trọng|trong quá trình (?:tổ chức\s+)?(?:triển khai|thực hiện)|nhận được|[^.]{0,80}(?:thông báo|phổ biến|truyền đạt)[^.]{0,80}(?:để|cho)[^.]{0,80}(?:biết|thực hiện)\s*[./]*$|yêu cầu (?:các|thủ trưởng)[^.]{0,120}(?:nghiêm túc|khẩn trương)[^.]{0,60}(?:thực hiện|triển khai))",
        )
        .ok()?,
        force: Regex::new(
            r"(?i)(?:có hiệu lực|hết hiệu lực|thay thế\s+(?:Quyết định|Kế hoạch|Chỉ thị|Công văn|Thông báo)\s+số|chịu trách nhiệm thi hành)",
        )
        .ok()?,
        money: Regex::new(r"(?i)(?:kinh phí|ngân sách|nguồn vốn|nguồn lực)[^.]{0,200}(?:bố trí|bảo đảm|đảm bảo|phân cấp|hiện hành|hợp pháp|lồng ghép|cân đối|xã hội hóa|theo quy định)").ok()?,
    })
});

/// The reason, if there is one. `is_asked` where it stands below whom it tells: what was done is then part of a name.
pub fn reason(sentence: &str, chapter: Chapter, is_asked: bool) -> Option<Reason> {
    let text = sentence.trim();
    let p = PATTERNS.as_ref()?;
    match () {
        () if is_blank_form(text) => Some(Reason::Layout),
        () if chapter == Chapter::Situation => Some(Reason::Situation),
        () if matches!(chapter, Chapter::Purpose | Chapter::GeneralGoals) => Some(Reason::Purpose),
        () if p.praise.is_match(text) => Some(Reason::Praise),
        () if p.closing.is_match(text) || is_general(text) => Some(Reason::Closing),
        () if p.force.is_match(text) => Some(Reason::Force),
        () if p.opening.is_match(text) => Some(Reason::Opening),
        () if chapter == Chapter::Funding || p.money.is_match(text) => Some(Reason::Funding),
        () if p.opens_past.is_match(text) || (!is_asked && p.past.is_match(text)) => Some(Reason::Past),
        () => None,
    }
}

/// Dots and lines to be filled in, with few words between.
pub fn is_blank_form(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters < 2 || letters * 4 < text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A last sentence that asks everybody to carry the document out, and for nothing of its own: nearly every word of what it
/// asks is one of carrying out.
pub fn is_general(text: &str) -> bool {
    let asked = || order::predicate(text).filter(|predicate| predicate.split_whitespace().count() <= 14);
    is_of_carrying_out(text, 6) || asked().is_some_and(|asked| is_of_carrying_out(asked, 3))
}

fn is_of_carrying_out(text: &str, least: usize) -> bool {
    const GENERAL: [&str; 77] = [
        "thủ",
        "tướng",
        "chính",
        "phủ",
        "bộ",
        "cấp",
        "đoàn",
        "thể",
        "yêu",
        "cầu",
        "đề",
        "nghị",
        "các",
        "trưởng",
        "sở",
        "ban",
        "ngành",
        "ủy",
        "uỷ",
        "nhân",
        "dân",
        "tỉnh",
        "xã",
        "phường",
        "đặc",
        "khu",
        "ubnd",
        "chủ",
        "tịch",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "địa",
        "phương",
        "và",
        "liên",
        "có",
        "khẩn",
        "trương",
        "nghiêm",
        "túc",
        "tổ",
        "chức",
        "triển",
        "khai",
        "thực",
        "hiện",
        "kế",
        "hoạch",
        "chỉ",
        "thị",
        "thông",
        "báo",
        "kết",
        "luận",
        "quyết",
        "định",
        "này",
        "hiệu",
        "quả",
        "nội",
        "dung",
        "trên",
        "theo",
        "đúng",
        "kịp",
        "thời",
        "nhiệm",
        "vụ",
        "được",
        "giao",
        "biết",
        "phòng",
        "thuộc",
        "huyện",
        "thành",
    ];
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let count = words().count();
    // Most sentences have said something of their own after a few words.
    let mut own = 0;
    let is_own = |word: &str| {
        own += usize::from(!GENERAL.contains(&word.to_lowercase().as_str()));
        own * 100 > count * 15
    };
    count >= least && !words().any(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_a_positive_one() {
        let read = |text| reason(text, Chapter::Other, false);
        assert_eq!(read("Sở Tài chính đã ban hành 04 văn bản hướng dẫn."), Some(Reason::Past));
        assert_eq!(read("Ủy ban nhân dân tỉnh ghi nhận nỗ lực của các sở, ngành."), Some(Reason::Praise));
        assert_eq!(read("UBND tỉnh ban hành Kế hoạch phát triển chính quyền số như sau:"), Some(Reason::Opening));
        assert_eq!(read("Quyết định này có hiệu lực kể từ ngày ký."), Some(Reason::Force));
        assert_eq!(read("Mở rộng mạng truyền số liệu đến các xã."), None);
    }

    #[test]
    fn a_last_sentence_to_all_is_told_from_a_last_order() {
        let text = "UBND xã yêu cầu các phòng, ban, đơn vị nghiêm túc tổ chức thực hiện Kế hoạch này./.";
        assert_eq!(reason(text, Chapter::Other, false), Some(Reason::Closing));
        assert_eq!(reason("Giao Sở Tư pháp bàn giao hồ sơ trước ngày 30/6/2026./.", Chapter::Other, false), None);
    }
}
