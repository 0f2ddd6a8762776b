//! One sentence as an order: who is told, with whom, and that it is told at all. What the predicate says is not asked:
//! no list of verbs decides.

use std::sync::LazyLock;

use regex::Regex;

use crate::{time, who};

/// How a sentence gives its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// "Giao Sở A …", "Yêu cầu UBND các xã …"
    Given,
    /// "Sở A …"
    Subject,
    /// In the middle: "…, giao Sở A …"
    Inside,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub lead: Vec<String>,
    pub with: Vec<String>,
    pub via: Via,
    /// Percent.
    pub sure: u8,
}

struct Patterns {
    opening: Regex,
    speaker: Regex,
    give: Regex,
    inside: Regex,
    with: Regex,
    no_predicate: Regex,
    heads_it: Regex,
    duty: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const GIVE: &str = r"(?:thống nhất\s+|nhất trí\s+|chấp thuận\s+|đồng ý\s+)?(?:giao(?:\s+nhiệm vụ)?|yêu cầu|đề nghị|phân công|chỉ đạo|ủy quyền|uỷ quyền|kiến nghị|đôn đốc|cử)(?:\s+cho)?";
    Some(Patterns {
        opening: Regex::new(
            r"(?i)^(?:(?:đồng thời|bên cạnh đó|ngoài ra|riêng|trước mắt|trong đó|theo đó|vì vậy|do đó|(?:để|nhằm)[^,;]{3,160}|căn cứ[^,;]{3,200}|trên cơ sở[^,;]{3,160}|từ nay[^,;]{3,60}|trong (?:tháng|quý|năm|thời gian)[^,;]{1,40}|định kỳ[^,;]{2,40}|(?:một|01) năm|(?:hằng|hàng) (?:tháng|quý|năm)[^,;]{0,30}|trong quá trình[^,;]{3,60}|nếu (?:có|gặp)[^,;]{3,60}(?:,\s*vướng mắc[^,;]{0,40})?|trường hợp[^,;]{3,80}|chậm nhất[^,;]{3,40}|trước ngày[^,;]{3,40})\s*,?\s+)",
        )
        .ok()?,
        speaker: Regex::new(&format!(
            r"^(?:(?:Chủ tịch\s+|Thường trực\s+|Ban Thường vụ\s+|đồng chí\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Thủ tướng Chính phủ|Chính phủ|Tỉnh ủy|Thành ủy|Đảng ủy|HĐND|Hội đồng nhân dân|Giám đốc|Bộ trưởng|Trưởng ban|Ban Chỉ đạo|Sở|Bộ)[^,;:.]{{0,60}}?)\s+(?:{GIVE})\s+"
        ))
        .ok()?,
        give: Regex::new(&format!(r"^(?i:{GIVE})\s+")).ok()?,
        inside: Regex::new(&format!(r"(?:^|[\s,;:(])(?i:{GIVE})\s+")).ok()?,
        with: Regex::new(r"(?i)(?:(?:phối|kết|liên) hợp|^\W*hợp)\s+(?:chặt chẽ\s+|thường xuyên\s+|đồng bộ\s+)*(?:với|cùng(?:\s+với)?)\s+(?:các\s+cơ quan:?\s+)?").ok()?,
        heads_it: Regex::new(r"(?i)^(?:là|làm)\s+(?:(?:cơ quan|đơn vị|tổ chức)\s+)?(?:đầu mối|chủ trì|thường trực|chịu trách nhiệm)").ok()?,
        no_predicate: Regex::new(
            r"(?i)^(?:đã|đang|vừa|từng|là|chưa|còn|bị|gồm|và|hoặc|của|thuộc|tại|cùng|trân trọng|gửi kèm|nhận được|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|cảm ơn|nhất trí|thống nhất với|được\s+(?:giao|phân công)\s+tại|kết luận|có\s+(?:ý kiến như|chức năng|tổng số|\d)|ban hành\s+(?:Kế hoạch|Chỉ thị|Chương trình|Quyết định|Thông báo|Đề án)[^.;]*như sau|thông báo[^.;]{0,80}(?:biết|kết luận|như sau))(?:[\s,.:;]|$)",
        )
        .ok()?,
        duty: Regex::new(r"(?i)^(?:theo|căn cứ|trong phạm vi|trên cơ sở)\s[^,]{3,160},\s*").ok()?,
    })
});

/// The order that a sentence gives, if it gives one.
pub fn order(sentence: &str) -> Option<Order> {
    let p = PATTERNS.as_ref()?;
    let text = sentence.trim();
    let mut text = text;
    while let Some(opening) = p.opening.find(text).filter(|opening| opening.end() > 0) {
        text = &text[opening.end()..];
    }
    given(p, text).or_else(|| subject(p, text)).or_else(|| inside(p, text))
}

/// What the bodies at the beginning of a sentence are told.
pub fn predicate(sentence: &str) -> Option<&str> {
    let p = PATTERNS.as_ref()?;
    let mut text = sentence.trim();
    while let Some(opening) = p.opening.find(text).filter(|opening| opening.end() > 0) {
        text = &text[opening.end()..];
    }
    let text = p.give.find(text).map_or(text, |give| &text[give.end()..]);
    let found = who::at(text)?;
    Some(text.get(found.end..)?.trim_start_matches([' ', ',', ':']))
}

fn given(p: &Patterns, text: &str) -> Option<Order> {
    let begun = p.give.find(text).or_else(|| p.speaker.find(text))?;
    let rest = text.get(begun.end()..)?;
    told(p, rest, Via::Given, 95)
}

fn subject(p: &Patterns, text: &str) -> Option<Order> {
    told(p, text, Via::Subject, 90)
}

/// "Trước tình hình đó, yêu cầu Sở A …"; "theo yêu cầu của …" and "đã giao …" are none.
fn inside(p: &Patterns, text: &str) -> Option<Order> {
    const BEFORE: [&str; 16] = [
        "đã",
        "được",
        "theo",
        "các",
        "những",
        "có",
        "nội dung",
        "nhiệm vụ",
        "việc",
        "sự",
        "khi",
        "từng",
        "vụ",
        "dung",
        "nếu",
        "mục đích",
    ];
    p.inside.find_iter(text).find_map(|found| {
        let before = text.get(..found.start())?.trim_end_matches([' ', ',']);
        let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let told = told(p, text.get(found.end()..)?, Via::Inside, 80)?;
        (!BEFORE.contains(&last.as_str())).then_some(told)
    })
}

/// Bodies, then a predicate: whatever it says.
fn told(p: &Patterns, text: &str, via: Via, sure: u8) -> Option<Order> {
    let found = who::at(text)?;
    let rest = text.get(found.end..)?.trim_start();
    let rest = rest.strip_prefix([':', ',']).unwrap_or(rest).trim_start();
    let rest = p.duty.find(rest).map_or(rest, |duty| &rest[duty.end()..]);
    let words = rest.split_whitespace().count();
    // Only that something is asked: "… yêu cầu:".
    let asks = rest.ends_with(':') && words <= 4;
    if words < 2 || asks || (p.no_predicate.is_match(rest) && !p.heads_it.is_match(rest)) {
        return None;
    }
    Some(Order { lead: found.names, with: with(text), via, sure })
}

/// An order that says what is to be done, and does not end with whom it is done with.
pub fn is_whole(sentence: &str) -> bool {
    let Some(order) = order(sentence) else { return false };
    let with = PATTERNS.as_ref().and_then(|p| p.with.find_iter(sentence).last());
    let Some(rest) = with.and_then(|with| sentence.get(with.end()..)) else { return order.with.is_empty() };
    let words = |text: &str| text.trim_matches([' ', ';', ',']).split_whitespace().count();
    // Helpers that nobody knows take some words before it is said what is done.
    who::at(rest).map_or(words(rest) > 6, |who| words(rest.get(who.end..).unwrap_or_default()) >= 2)
}

/// Whether its bodies lead, answer or help: then what stands before them is another sentence.
pub fn has_role(sentence: &str) -> bool {
    const ROLES: [&str; 8] = [
        "chủ trì",
        "phối hợp",
        "có trách nhiệm",
        "chịu trách nhiệm",
        "làm đầu mối",
        "là đầu mối",
        "là cơ quan",
        "là đơn vị",
    ];
    predicate(sentence).is_some_and(|told| ROLES.iter().any(|role| told.starts_with(role)))
}

/// Ends with whom it is told, or with whom it is done, before it is said what: a line that was cut.
pub fn is_open(text: &str) -> bool {
    let Some(p) = PATTERNS.as_ref() else { return false };
    let with = p.with.find_iter(text).last().or_else(|| p.give.find(text));
    with.and_then(|with| text.get(with.end()..)).is_some_and(names_only)
}

/// No list of bodies at the end of a text has more bytes. A paragraph is asked with each line that it gets: all of it would
/// be read again each time.
pub const LONGEST_LIST: usize = 2_000;

/// The same of those with whom it is done alone: no heading ends so.
pub fn ends_with_helpers(text: &str) -> bool {
    let Some(p) = PATTERNS.as_ref().filter(|_| !text.ends_with(['.', ';', ':'])) else { return false };
    let (mut from, mut rest) = (text.floor_char_boundary(text.len().saturating_sub(LONGEST_LIST)), None);
    while let Some(found) = p.with.find_at(text, from) {
        from = found.end();
        rest = text.get(from..);
    }
    rest.is_some_and(names_only)
}

fn names_only(rest: &str) -> bool {
    let words = |text: &str| text.trim_matches([' ', ';', ',']).split_whitespace().count();
    who::at(rest).map_or(words(rest) <= 4, |who| words(rest.get(who.end..).unwrap_or_default()) <= 2)
}

/// "phối hợp với Sở B, Công an tỉnh …": the bodies behind it, whatever follows them.
pub fn with(text: &str) -> Vec<String> {
    let found = PATTERNS.as_ref().and_then(|p| p.with.find(text));
    let rest = found.and_then(|with| text.get(with.end()..));
    rest.and_then(who::at).map(|who| who.names).unwrap_or_default()
}

/// "2. Sở Nội vụ:", "Giao Sở Nội vụ:", "Đối với các doanh nghiệp", "Trách nhiệm của Sở A": what stands below is told to them.
pub fn addressed(heading: &str) -> Option<Vec<String>> {
    static FRAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:giao|yêu cầu|đề nghị|phân công|đối với|về phía|trách nhiệm của|nhiệm vụ của|phân công nhiệm vụ cho)(?:\s+cho)?\s+)+").ok()
    });
    let line = heading.lines().next()?;
    let first = line.trim_end_matches([':', '.', ' ', ';']);
    let frame = FRAME.as_ref()?.find(first);
    let name = frame.map_or(first, |frame| &first[frame.end()..]);
    // An item of a list, or what has a time of its own, is told and tells nobody: "Phân công trực ban trong năm 2027;".
    let may_tell = || !line.ends_with(';') && time::deadline(name).is_empty();
    let Some(found) = who::at(name) else { return unknown(name, frame.is_some() && may_tell()) };
    let rest = name.get(found.end..)?.trim();
    let words = rest.split_whitespace().count();
    let only = rest.is_empty()
        || rest.starts_with('(')
        || (rest.starts_with("chủ trì") && words <= 4)
        || (rest.trim_start_matches([',', ' ']).starts_with("có trách nhiệm") && words <= 5)
        || (rest.starts_with("thực hiện") && words <= 5);
    if only { Some(found.names) } else { unknown(name, frame.is_some_and(|frame| is_of(frame.as_str())) && may_tell()) }
}

/// "Đối với", "Trách nhiệm của": what follows is a name to its end.
fn is_of(frame: &str) -> bool {
    let lower = frame.to_lowercase();
    ["đối với", "trách nhiệm của", "về phía", "nhiệm vụ của"].iter().any(|words| lower.trim_end().ends_with(words))
}

/// "Đối với chủ đầu tư các dự án khu đô thị": no body that is known, but whoever it is, it is told.
fn unknown(name: &str, is_framed: bool) -> Option<Vec<String>> {
    const TOPICS: [&str; 14] = [
        "thực hiện",
        "triển khai",
        "công tác",
        "việc",
        "nội dung",
        "các nội dung",
        "nhiệm vụ",
        "các nhiệm vụ",
        "lĩnh vực",
        "vấn đề",
        "kiến nghị",
        "đề xuất",
        "tình hình",
        "kinh phí",
    ];
    if !is_framed || !(2..=12).contains(&name.split_whitespace().count()) {
        return None;
    }
    let lower = name.to_lowercase();
    let topic = TOPICS.iter().any(|topic| lower.starts_with(topic));
    (!topic).then(|| vec![name.trim().to_owned()])
}

/// "… thực hiện các nội dung sau": its items are what is ordered.
pub fn opens_list(heading: &str) -> bool {
    heading.trim_end().ends_with(':') || announces(heading)
}

/// Whether it says so in words, wherever a colon stands.
pub fn announces(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = ["nội dung sau", "nhiệm vụ sau", "công việc sau", "như sau", "sau đây", "việc sau"];
    says.iter().any(|words| lower.contains(words))
}

/// "Chủ tịch UBND tỉnh yêu cầu:", "tập trung thực hiện các nhiệm vụ sau:": what follows is asked, of whom is not said.
pub fn asks(heading: &str) -> bool {
    let last = heading.lines().next_back().unwrap_or_default().to_lowercase();
    let content = [
        "nội dung trọng tâm",
        "nội dung cần",
        "nhiệm vụ về",
        "nhiệm vụ trọng tâm",
        "các nội dung liên quan",
        "nội dung khác",
    ];
    content.iter().any(|words| last.contains(words))
        || last.ends_with(':')
            && ["yêu cầu", "đề nghị", "giao", "nhiệm vụ sau", "nội dung sau"].iter().any(|word| last.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(text: &str) -> Vec<String> {
        order(text).map(|order| order.lead).unwrap_or_default()
    }

    #[test]
    fn any_predicate_behind_a_body_is_an_order() {
        for verb in ["tập huấn", "thành lập", "thường xuyên kiểm tra", "bàn giao", "niêm yết", "vun trồng"]
        {
            assert_eq!(lead(&format!("Giao Sở Nội vụ {verb} theo phân cấp trước ngày 30/6/2026.")), ["Sở Nội vụ"]);
            assert_eq!(lead(&format!("Sở Y tế {verb} theo phân cấp.")), ["Sở Y tế"]);
        }
    }

    #[test]
    fn what_was_done_or_only_said_is_none() {
        assert_eq!(order("Sở Tài chính đã ban hành 04 văn bản hướng dẫn."), None);
        assert_eq!(order("Ủy ban nhân dân tỉnh ghi nhận và đánh giá cao nỗ lực của các sở, ngành."), None);
        assert_eq!(order("Cuộc họp đã thống nhất các nội dung sau."), None);
        assert_eq!(order("Báo cáo theo yêu cầu của Sở Tài chính khi cần."), None);
    }

    #[test]
    fn who_with_whom_is_found_in_a_sentence() {
        let text = "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính, Công an tỉnh đào tạo kỹ năng số cho cán bộ xã.";
        let order = order(text).unwrap();
        assert_eq!(order.lead, ["Sở Khoa học và Công nghệ"]);
        assert_eq!(order.with, ["Sở Tài chính", "Công an tỉnh"]);
        assert_eq!(lead("Trước tình hình đó, Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng bàn giao hồ sơ."), ["Sở Xây dựng"]);
    }

    #[test]
    fn a_line_that_ends_among_helpers_is_open() {
        assert!(is_open("- Chủ trì, phối hợp với Sở Tài chính, Thanh tra"));
        assert!(is_open("Giao Sở Nội vụ, Trung tâm"));
        assert!(!is_open("Sở Y tế phối hợp với Sở Tài chính rà soát hồ sơ"));
        assert!(!is_open("Về tình hình chung của Sở Y tế"));
    }

    #[test]
    fn what_suits_something_is_no_help() {
        assert_eq!(with("Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế"), Vec::<String>::new());
        assert!(is_whole("Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế;"));
        assert_eq!(with("hợp với Công an tỉnh cắm biển báo"), ["Công an tỉnh"], "a line that was cut");
        assert!(ends_with_helpers("Sở Y tế làm đầu mối, phối hợp với Sở Tài chính, Trung tâm"));
        assert!(
            !ends_with_helpers("Giao Sở Y tế") && !ends_with_helpers("Sở Y tế phối hợp với Sở Tài chính lấp giếng cũ")
        );
    }

    #[test]
    fn a_role_behind_bodies_begins_a_sentence() {
        assert!(has_role("các sở, ngành có liên quan chủ trì lấp giếng") && has_role("Sở Y tế có trách nhiệm đo nước"));
        assert!(!has_role("Sở Y tế đo nước") && !has_role("chủ trì lấp giếng"));
    }

    #[test]
    fn an_item_of_a_list_tells_nobody() {
        assert_eq!(addressed("Phân công lịch tuần đê;"), None);
        assert_eq!(addressed("Phân công lịch tuần đê trong năm 2027"), None);
        assert_eq!(addressed("Giao chủ hồ chứa").unwrap_or_default(), ["chủ hồ chứa"]);
    }

    #[test]
    fn a_heading_may_address_bodies() {
        let read = |text| addressed(text).unwrap_or_default();
        assert_eq!(read("Sở Nội vụ:"), ["Sở Nội vụ"]);
        assert_eq!(read("Giao Sở Nội vụ, Sở Tài chính:"), ["Sở Nội vụ", "Sở Tài chính"]);
        assert_eq!(read("Về tình hình chung"), Vec::<String>::new());
        assert_eq!(read("Sở Nội vụ tập huấn kỹ năng số"), Vec::<String>::new());
    }
}
