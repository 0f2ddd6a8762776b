//! Why a sentence orders nothing: a reason that can be named, never the lack of one.

use std::sync::LazyLock;

use crate::{Reason, TimeKind, order, outline::Chapter, statement, time, who};
use regex::Regex;

/// Whom the lines above a sentence tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Nobody,
    /// Something is asked, of whom is not said.
    Somebody,
    /// A body that is named.
    Body,
}

struct Patterns {
    opens_past: Regex,
    past: Regex,
    praise: Regex,
    praises: Regex,
    opening: Regex,
    closing: Regex,
    spread: Regex,
    carried_out: Regex,
    force: Regex,
    money: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const PRAISE: &str = "(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh|cảm ơn|chúc mừng|trân trọng|nỗ lực của)";
    Some(Patterns {
        opens_past: Regex::new(
            r"(?i)^(?:(?:trong\s+)?(?:thời gian|những năm|các năm|giai đoạn)\s+(?:vừa\s+)?qua|thời gian vừa qua|đến nay|tính đến|hiện nay|hiện tại|nhìn chung|qua (?:theo dõi|kiểm tra|rà soát|báo cáo|nghe)|sau khi nghe|kết quả[^.]{0,40}(?:đạt|cho thấy)|so với|đã\s)",
        )
        .ok()?,
        past: Regex::new(
            r"(?i)(?:^|[\s,;])(?:đã|vừa)\s+(?:được\s+)?(?:\p{L}+)|(?:^|[\s,;.(])(?:còn (?:chậm|hạn chế|thấp|tồn tại|lúng túng)|chưa (?:được|đạt|đồng bộ|kịp thời|nghiêm|đầy đủ|quan tâm|có)|đạt (?:được\s+)?(?:nhiều\s+)?kết quả)",
        )
        .ok()?,
        praise: Regex::new(&format!("(?i){PRAISE}")).ok()?,
        praises: Regex::new(&format!(
            r"(?i)^(?:(?:cơ bản|rất|luôn|xin|nhiệt liệt|chân thành|nhất trí|thống nhất)[,\s]+(?:và\s+)?)*{PRAISE}"
        ))
        .ok()?,
        opening: Regex::new(
            r"(?i)(?:như sau|sau đây|các nội dung sau|nội dung chính sau|cụ thể)\s*[:.]?$|^(?:sau khi nghe|dự họp|tham dự|chủ trì (?:cuộc )?họp|cùng dự|ngày\s+\d{1,2}[/\s].{0,60}(?:chủ trì|họp|làm việc)|thực hiện|triển khai|căn cứ|theo)\s.*(?:ban hành|xây dựng|thông báo|kết luận|yêu cầu|đề nghị)[^.]*:$",
        )
        .ok()?,
        closing: Regex::new(
            r"(?i)^(?:trên đây là|rất mong|mong nhận|xin trân trọng|trân trọng|trong quá trình (?:tổ chức\s+)?(?:triển khai|thực hiện)|nhận được)",
        )
        .ok()?,
        spread: Regex::new(
            r"(?i)^[^.]{0,80}(?:thông báo|phổ biến|truyền đạt)[^.]{0,80}(?:để|cho)[^.]{0,80}(?:biết|thực hiện)\s*[./]*$",
        )
        .ok()?,
        carried_out: Regex::new(
            r"(?i)^yêu cầu (?:các|thủ trưởng)[^.]{0,120}(?:nghiêm túc|khẩn trương)[,\s]+(?:(?:nghiêm túc|khẩn trương|và|tổ chức|chỉ đạo|phối hợp|tập trung|nghiên cứu|quán triệt)[,\s]+)*(?:thực hiện|triển khai)",
        )
        .ok()?,
        force: Regex::new(
            r"(?i)(?:có hiệu lực|hết hiệu lực|thay thế\s+(?:Quyết định|Kế hoạch|Chỉ thị|Công văn|Thông báo)\s+số|chịu trách nhiệm thi hành)",
        )
        .ok()?,
        money: Regex::new(r"(?i)(?:kinh phí|ngân sách|nguồn vốn|nguồn lực)[^.]{0,200}(?:bố trí|bảo đảm|đảm bảo|phân cấp|hiện hành|hợp pháp|lồng ghép|cân đối|xã hội hóa|theo quy định)").ok()?,
    })
});

impl Reason {
    /// Whatever else a sentence looks like.
    pub fn is_strong(self) -> bool {
        use Reason::{Closing, Force, Layout, Praise, Purpose, Situation};
        matches!(self, Situation | Purpose | Praise | Closing | Force | Layout)
    }

    /// Behind an order it belongs to that.
    pub fn says_more(self) -> bool {
        matches!(self, Self::Past | Self::Funding | Self::Opening)
    }
}

/// The reason, if there is one. Below whom it tells, what was done is part of a name.
pub fn reason(sentence: &str, chapter: Chapter, asked: Asked) -> Option<Reason> {
    let text = sentence.trim();
    let p = PATTERNS.as_ref()?;
    let is_asked = asked != Asked::Nobody;
    // What was done to what it is about was not done to what it says: "Đối với giếng đã lấp: lập danh sách."
    let said = order::said(text);
    let is_past = || p.past.is_match(said) || is_missing(said);
    // An item among the work that begins with what is to be done: "Nhân rộng mô hình đã được đánh giá cao".
    let is_work = || chapter == Chapter::Tasks && !statement::begins(text);
    match () {
        () if is_blank_form(text) => Some(Reason::Layout),
        () if chapter == Chapter::Situation => Some(Reason::Situation),
        () if matches!(chapter, Chapter::Purpose | Chapter::GeneralGoals) => Some(Reason::Purpose),
        () if let Some(reason) = statement::reason(text, is_asked) => Some(reason),
        () if p.praise.is_match(text) && is_praise(p, text, asked) && (!is_work() || p.praises.is_match(text)) => {
            Some(Reason::Praise)
        }
        () if is_closing(p, text, asked) || is_to_all(p, text, asked) || is_general(text) => Some(Reason::Closing),
        () if p.force.is_match(text) && is_force(text, asked) => Some(Reason::Force),
        () if p.opening.is_match(text) => Some(Reason::Opening),
        () if chapter == Chapter::Funding || p.money.is_match(text) => Some(Reason::Funding),
        () if p.opens_past.is_match(said) && !(asked == Asked::Body && is_dated(text) && !p.past.is_match(text)) => {
            Some(Reason::Past)
        }
        () if !is_asked && is_past() && !is_work() => Some(Reason::Past),
        () => None,
    }
}

/// Whether a sentence may be an order for all its reason: praise that tells a body something too, praise or general words that
/// a body may be told (`is_item`: below whom it tells, and of nobody else), and an order with a day where none should stand.
pub fn may_be_told(reason: Reason, text: &str, is_item: bool) -> bool {
    let told = || order::order(text);
    match reason {
        Reason::Praise => is_item || told().is_some(),
        // Said to all at an end; below a body it may be what that body is told.
        Reason::Closing => is_item && is_general(text) && !text.contains("này") || has_day(text) && told().is_some(),
        Reason::Force => has_day(text) && told().is_some(),
        _ => false,
    }
}

/// "Trong quá trình thực hiện, nếu có vướng mắc …"; a body may be told what to do meanwhile.
fn is_closing(p: &Patterns, text: &str, asked: Asked) -> bool {
    let meanwhile =
        || asked == Asked::Body && text.to_lowercase().starts_with("trong quá trình") && !text.contains("vướng");
    p.closing.is_match(text) && !meanwhile()
}

/// Praise is what a sentence is about, and no word in it: what a body is told is praise where it begins so and has no time.
fn is_praise(p: &Patterns, text: &str, asked: Asked) -> bool {
    let speaks = order::predicate(text);
    // "Các đồng chí lãnh đạo Ban A: chỉ đạo tuyên truyền, biểu dương gương tốt."
    let label = text.split_once(": ").filter(|(label, _)| who::begins(label) && !p.praise.is_match(label));
    if label.is_some_and(|(_, rest)| !p.praises.is_match(rest)) {
        return false;
    }
    if p.praises.is_match(speaks.unwrap_or(text)) {
        return asked == Asked::Nobody || speaks.is_some() || !is_dated(text);
    }
    let is_told = |order: &order::Order| order.via == order::Via::Given || is_dated(text) || order::has_role(text);
    match asked {
        Asked::Body => false,
        Asked::Somebody if has_day(text) => false,
        Asked::Somebody | Asked::Nobody => !order::order(text).as_ref().is_some_and(is_told),
    }
}

fn is_dated(text: &str) -> bool {
    !time::deadline(text).is_empty()
}

/// A day or a month; a year may be of what it is about.
pub fn has_day(text: &str) -> bool {
    time::parse(&time::deadline(text)).kind == Some(TimeKind::Month)
}

/// The document speaks of itself: "Thông báo này được phổ biến để …".
fn is_of_itself(text: &str) -> bool {
    text.split_whitespace().take(6).any(|word| word == "này")
}

/// Said to all, to be known or carried out, and to nobody by a day: the end of a document.
fn is_to_all(p: &Patterns, text: &str, asked: Asked) -> bool {
    if p.carried_out.is_match(text) {
        return !has_day(text);
    }
    p.spread.is_match(text)
        && match order::order(text) {
            Some(order) => !is_dated(text) && order.lead.iter().all(|name| who::is_anybody(name)),
            // "Phổ biến quy chế cho các xã thực hiện." below a body is told to it.
            None => {
                asked != Asked::Body || is_of_itself(text) || text.ends_with("./.") || order::predicate(text).is_some()
            }
        }
}

/// What holds, and from when; who is to have another document replaced is told so.
fn is_force(text: &str, asked: Asked) -> bool {
    let is_told = || asked == Asked::Body && order::predicate(text).is_none() && !is_of_itself(text);
    !(is_told() || is_dated(text) && order::order(text).is_some())
}

/// "Sở Y tế chưa báo cáo đúng hạn": what a body has not done. "Các xã chưa nộp báo cáo khẩn trương nộp" asks them to.
fn is_missing(text: &str) -> bool {
    let asks = ["khẩn trương", "phải", "cần", "yêu cầu", "tiếp tục", "nghiêm túc", "chịu trách nhiệm"];
    let told = order::predicate(text).filter(|told| told.starts_with("chưa ") && told.split_whitespace().count() <= 12);
    told.is_some_and(|told| !asks.iter().any(|words| told.contains(words)))
        && !text.starts_with("Các ")
        && time::deadline(text).is_empty()
}

/// Dots and lines to be filled in, with few words between.
pub fn is_blank_form(text: &str) -> bool {
    let quick = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if quick >= 2 && quick * 4 >= text.len() {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters < 2 || letters * 4 < text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A last sentence that asks everybody to carry the document out, and for nothing of its own: nearly every word of what it
/// asks is one of carrying out.
pub fn is_general(text: &str) -> bool {
    // "Công văn này", "Chương trình hành động này": the document itself, whatever its kind.
    static ITSELF: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\p{Lu}\p{Ll}+(?:\s\p{Ll}+){1,3}\s+này").ok());
    let itself = ITSELF.as_ref().filter(|_| text.contains("này"));
    let text = itself.map_or(text.into(), |itself| itself.replace_all(text, "này"));
    let text = &*text;
    let asked = || order::predicate(text).filter(|predicate| predicate.split_whitespace().count() <= 14);
    // "Ban Nội chính phục vụ nhân dân": one that is named and told of no document.
    let is_one = |name: &String| !who::is_anybody(name) && !name.to_lowercase().split(' ').any(|word| word == "các");
    let is_named = || match order::order(text) {
        Some(order) => order.lead.iter().any(is_one),
        None => who::at(text).is_some_and(|who| who.names.iter().any(is_one)),
    };
    let is_general = is_of_carrying_out(text, 6) || asked().is_some_and(|asked| is_of_carrying_out(asked, 3));
    is_general && (text.contains("này") || !is_named())
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
        let read = |text| reason(text, Chapter::Other, Asked::Nobody);
        assert_eq!(read("Sở Tài chính đã ban hành 04 văn bản hướng dẫn."), Some(Reason::Past));
        assert_eq!(read("Ủy ban nhân dân tỉnh ghi nhận nỗ lực của các sở, ngành."), Some(Reason::Praise));
        assert_eq!(read("UBND tỉnh ban hành Kế hoạch phát triển chính quyền số như sau:"), Some(Reason::Opening));
        assert_eq!(read("Quyết định này có hiệu lực kể từ ngày ký."), Some(Reason::Force));
        assert_eq!(read("Mở rộng mạng truyền số liệu đến các xã."), None);
        assert_eq!(read("Công an tỉnh chưa báo cáo đúng hạn."), Some(Reason::Past));
        assert_eq!(read("Các xã chưa nộp báo cáo nộp trước ngày 15/6/2026."), None);
        assert_eq!(read("Công an tỉnh chưa nộp báo cáo, khẩn trương nộp ngay."), None);
    }

    #[test]
    fn a_last_sentence_to_all_is_told_from_a_last_order() {
        let text = "UBND xã yêu cầu các phòng, ban, đơn vị nghiêm túc tổ chức thực hiện Kế hoạch này./.";
        let read = |text| reason(text, Chapter::Other, Asked::Nobody);
        assert_eq!(read(text), Some(Reason::Closing));
        assert_eq!(read("Yêu cầu UBND các xã nghiêm túc triển khai thực hiện Công văn này./."), Some(Reason::Closing));
        assert_eq!(read("Giao Sở Tư pháp bàn giao hồ sơ trước ngày 30/6/2026./."), None);
    }

    #[test]
    fn an_order_with_a_day_or_below_a_body_is_no_end() {
        use Asked::{Body, Nobody};
        let read = |text, asked| reason(text, Chapter::Other, asked);
        for text in [
            "Yêu cầu các sở, ngành khẩn trương rà soát hồ sơ, triển khai số hóa.",
            "Yêu cầu các sở, ngành khẩn trương thực hiện kiểm kê hồ sơ trước ngày 30/6/2026.",
            "Sở Y tế phổ biến quy chế cho các xã thực hiện.",
            "Sở Tư pháp trình văn bản thay thế Quyết định số 12/QĐ-UBND trước ngày 30/6/2026.",
        ] {
            assert_eq!(read(text, Nobody), None, "{text}");
        }
        assert_eq!(read("Phổ biến quy chế cho các xã thực hiện.", Body), None);
        assert_eq!(read("Soạn văn bản thay thế Kế hoạch số 5/KH-UBND.", Body), None);
        assert_eq!(read("Qua kiểm tra, xử lý vi phạm trước ngày 30/6/2026.", Body), None);
        assert_eq!(read("Thông báo này được phổ biến để các cơ quan biết, thực hiện./.", Body), Some(Reason::Closing));
        assert_eq!(read("Quyết định này thay thế Quyết định số 12/QĐ-UBND.", Body), Some(Reason::Force));
        assert_eq!(read("Văn phòng UBND tỉnh thông báo để các sở biết, thực hiện.", Nobody), Some(Reason::Closing));
    }

    #[test]
    fn general_words_told_to_one_body_are_not_passed_over() {
        let read = |text, asked| reason(text, Chapter::Other, asked);
        assert_ne!(read("Ban Nội chính Tỉnh ủy phục vụ nhân dân.", Asked::Nobody), Some(Reason::Closing));
        let general = "Thực hiện hiệu quả tại các xã, phường.";
        assert_eq!(read(general, Asked::Body), Some(Reason::Closing));
        assert!(may_be_told(Reason::Closing, general, true) && !may_be_told(Reason::Closing, general, false));
        let itself = "Thực hiện hiệu quả các nhiệm vụ tại Kế hoạch này.";
        assert!(!may_be_told(Reason::Closing, itself, true));
    }

    #[test]
    fn a_word_of_praise_makes_no_praise_of_an_order() {
        use Asked::{Body, Nobody, Somebody};
        let read = |text, asked| reason(text, Chapter::Other, asked) == Some(Reason::Praise);
        assert!(!read("Chủ trì, phối hợp với Sở Y tế đắp lại bờ kè, biểu dương tinh thần tại các xã.", Body));
        assert!(!read("Ghi nhận mực nước ở các hồ, hoàn thành trong quý I/2026.", Body));
        assert!(!read("Giao Sở Y tế rà soát hồ sơ, biểu dương cá nhân tiêu biểu.", Nobody));
        assert!(!read("Sở Y tế chủ trì rà soát hồ sơ, biểu dương cá nhân tiêu biểu.", Nobody));
        assert!(read("Ghi nhận nỗ lực của các xã.", Body) && read("Biểu dương các xã.", Somebody));
        assert!(read("Hội nghị đánh giá cao sự chuẩn bị của các xã.", Somebody));
        assert!(read("UBND tỉnh ghi nhận nỗ lực của các sở; đã kiểm tra ngày 07/4/2026.", Body));
        assert!(read("UBND tỉnh cơ bản thống nhất và đánh giá cao các sở.", Nobody));
    }
}
