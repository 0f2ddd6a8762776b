//! One sentence as an order: who is told, with whom, and that it is told at all. What the predicate says is not asked:
//! no list of verbs decides.

mod patterns;

use patterns::{PATTERNS, Patterns};

use crate::{DOUBTED, helpers, who};

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

/// By what word: the document gives out and asks, a body that leads others directs them, and both assign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// "Giao", or none: "Sở A …".
    Gives,
    /// "Yêu cầu", "đề nghị".
    Asks,
    /// "Phân công".
    Assigns,
    /// "Chỉ đạo", "đôn đốc".
    Directs,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub lead: Vec<String>,
    pub with: Vec<String>,
    pub via: Via,
    /// Who speaks, where it says so: "UBND tỉnh yêu cầu Sở A …", "Sở A chỉ đạo các bệnh viện …".
    pub speaker: Option<String>,
    pub verb: Verb,
    /// Percent.
    pub sure: u8,
}

impl Order {
    /// The same, no more sure than this.
    pub fn at_most(&self, sure: u8) -> Self {
        Self { sure: self.sure.min(sure), ..self.clone() }
    }
}

/// The order that a sentence gives, if it gives one.
pub fn order(sentence: &str) -> Option<Order> {
    let p = PATTERNS.as_ref()?;
    let text = opened(p, sentence);
    let begins = |text| given(p, text).or_else(|| subject(p, text));
    // Whether it is told, or only what the topic is: a person looks.
    let behind = || {
        let order = topic(p, text).and_then(begins)?.at_most(DOUBTED);
        let via = if order.speaker.is_none() { order.via } else { Via::Inside };
        Some(Order { via, ..order })
    };
    let aside = || behind_aside(p, sentence.trim());
    begins(text).or_else(behind).or_else(aside).or_else(|| inside(p, text))
}

/// Behind "đồng thời", "trước ngày …", "căn cứ …": where somebody may be told.
fn opened<'a>(p: &Patterns, sentence: &'a str) -> &'a str {
    let mut text = sentence.trim();
    while let Some(opening) = p.opening.find(text).filter(|opening| opening.end() > 0) {
        text = &text[opening.end()..];
    }
    text
}

/// "đối với dự án cầu Đông, Sở Xây dựng bàn giao …": no body, but what is to be done about something, stands before it.
fn behind_aside(p: &Patterns, text: &str) -> Option<Order> {
    let aside = p.aside.find(text)?;
    let about = aside.as_str().split_once(' ').map_or("", |(_, about)| about);
    let is_body = who::at(about).is_some() || about.strip_prefix("với ").is_some_and(|about| who::at(about).is_some());
    (!is_body).then(|| told(p, text.get(aside.end()..)?, Via::Subject, DOUBTED))?
}

/// "Đồng chí A: các xã ven sông": who has what, and not what is done.
pub fn only_names(sentence: &str) -> bool {
    let bare = sentence.trim().trim_end_matches(['.', ';']);
    let split = bare.split_once(':').map(|(name, rest)| (name.trim(), rest.trim()));
    split.is_some_and(|(name, rest)| grammar::body::is_body(name) && grammar::body::is_body(rest))
}

/// What stands behind what a sentence is about: "Về kinh phí: Sở A …", "Kiến nghị của xã B: giao Sở A …". Bodies before a colon
/// are told.
fn topic<'a>(p: &Patterns, text: &'a str) -> Option<&'a str> {
    const LONGEST: usize = 300;
    let is_shown =
        text.ends_with(['…', ',']) || text.ends_with("...") || text.starts_with("Ví dụ") || text.starts_with("Ghi chú");
    let (about, rest) =
        text.split_once(": ").filter(|(about, _)| about.len() < LONGEST && !about.contains(['.', ';']))?;
    (!is_shown && who::at(about).is_none() && inside(p, about).is_none()).then(|| rest.trim_start())
}

/// What a sentence says, without what it is about.
pub fn said(text: &str) -> &str {
    PATTERNS.as_ref().and_then(|p| topic(p, text.trim())).unwrap_or(text)
}

/// What the bodies at the beginning of a sentence are told.
pub fn predicate(sentence: &str) -> Option<&str> {
    let p = PATTERNS.as_ref()?;
    let text = opened(p, sentence);
    let text = p.give.find(text).map_or(text, |give| &text[give.end()..]);
    let found = who::at(text)?;
    Some(text.get(found.end..)?.trim_start_matches([' ', ',', ':']))
}

fn given(p: &Patterns, text: &str) -> Option<Order> {
    if let Some(verb) = p.give.find(text) {
        return by_verb(p, text.get(verb.end()..)?, verb.as_str(), Via::Given, 95);
    }
    if let Some(them) = p.for_them.find(text) {
        return for_them(p, text.get(them.end()..)?);
    }
    let found = p.speaker.captures(text)?;
    let (all, speaker) = (found.get(0)?, found.get(1)?);
    let verb = text.get(speaker.end()..all.end())?;
    // "UBND tỉnh có văn bản yêu cầu …" tells what was done, "kính đề nghị …" asks those above.
    let manner = verb.to_lowercase();
    if ["văn bản", "ban hành", "tổ chức", "kính"].iter().any(|words| manner.contains(words)) {
        return None;
    }
    let order = by_verb(p, text.get(all.end()..)?, verb, Via::Given, 95)?;
    Some(Order { speaker: Some(speaker.as_str().to_owned()), ..order })
}

/// "chỉ đạo Sở A …": less sure where it may be that those who direct are told and not those whom they direct.
fn by_verb(p: &Patterns, rest: &str, verb: &str, via: Via, sure: u8) -> Option<Order> {
    let said = verb.trim_matches([' ', ',', ';', ':', '(']).to_lowercase();
    let verb = match said.as_str() {
        "chỉ đạo" | "đôn đốc" | "cử" => Verb::Directs,
        "phân công" => Verb::Assigns,
        _ if said.contains("giao") => Verb::Gives,
        _ => Verb::Asks,
    };
    let sure = if verb == Verb::Directs || said.ends_with("chỉ đạo") { 70 } else { sure };
    Some(Order { verb, ..told(p, rest, via, sure)? })
}

/// "Đối với Sở A, đề nghị …"
fn for_them(p: &Patterns, text: &str) -> Option<Order> {
    let rest = text.get(who::at(text)?.end..)?.trim_start().strip_prefix([',', ':'])?.trim_start();
    let asked = p.give.find(rest).map_or(rest, |give| &rest[give.end()..]);
    // "Đối với các xã, giao Sở A …": another is told.
    if who::begins(asked) { order(rest) } else { told(p, text, Via::Given, DOUBTED) }
}

fn subject(p: &Patterns, text: &str) -> Option<Order> {
    // "Do Sở A chủ trì, phối hợp với …"
    let led = text.strip_prefix("Do ").filter(|rest| predicate(rest).is_some_and(|told| told.starts_with("chủ trì")));
    told(p, led.unwrap_or(text), Via::Subject, 90)
}

/// "Trước tình hình đó, yêu cầu Sở A …"; "theo yêu cầu của …" and "đã giao …" are none.
fn inside(p: &Patterns, text: &str) -> Option<Order> {
    const BEFORE: [&str; 19] = [
        "mưu",
        "không",
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
        "kính",
    ];
    p.inside.find_iter(text).find_map(|found| {
        let before = text.get(..found.start())?.trim_end_matches([' ', ',']);
        let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let told = by_verb(p, text.get(found.end()..)?, found.as_str(), Via::Inside, DOUBTED)?;
        // "Hội nghị giao ban".
        let is_word = found.as_str().trim_end().ends_with("giao") && text[found.end()..].starts_with("ban ");
        (!is_word && !BEFORE.contains(&last.as_str())).then(|| Order { speaker: speaker(before), ..told })
    })
}

/// The body right before the verb: "Về cầu treo: Sở A đôn đốc các nhà thầu …".
fn speaker(before: &str) -> Option<String> {
    let last = grammar::body::scan(before).pop().filter(|list| list.span.end == before.len())?;
    before.get(last.span).map(str::to_owned)
}

/// Whether a part of the sentence begins by giving it out: "…, giao Sở A …", "…; yêu cầu Sở A …".
pub fn gives_out(sentence: &str) -> bool {
    const GIVEN: [&str; 4] = ["giao ", "yêu cầu ", "đề nghị ", "phân công "];
    let mut parts = sentence.split([',', ';', ':', '(']).skip(1);
    parts.any(|part| GIVEN.iter().any(|verb| part.trim_start().starts_with(verb)))
}

/// "yêu cầu các xã …" behind what a body does: the same body asks it.
pub fn goes_on(part: &str) -> bool {
    ["yêu cầu ", "phân công "].iter().any(|verb| part.trim_start().starts_with(verb))
}

/// Bodies, then a predicate: whatever it says.
fn told(p: &Patterns, text: &str, via: Via, sure: u8) -> Option<Order> {
    let found = who::at(text)?;
    let behind = text.get(found.end..)?.trim_start();
    let behind = behind.strip_prefix('(').and_then(|note| Some(note.split_once(')')?.1.trim_start())).unwrap_or(behind);
    let rest = behind.strip_prefix([':', ',']).unwrap_or(behind).trim_start();
    let duty = p.duty.find(rest);
    // "Cấp ủy | , tập thể lãnh đạo …", "Hiệu trưởng các trường | Mầm non …": a name that nobody knows to its end.
    let is_cut = behind.starts_with(char::is_uppercase) || behind.starts_with(',') && duty.is_none();
    let rest = duty.map_or(rest, |duty| &rest[duty.end()..]);
    let words = rest.split_whitespace().count();
    // Bodies, and what they are: "Thành phần: Sở A; Sở B", "Chỉ huy trưởng: Bộ Chỉ huy C".
    if rest.starts_with(';') || who::begins(rest) && who::fills(rest) {
        return None;
    }
    // Only that something is asked: "… yêu cầu:".
    let asks = rest.ends_with(':') && words <= 4;
    if words < 2
        || asks
        || grammar::body::is_body(rest)
        || (p.no_predicate.is_match(rest) && !p.heads_it.is_match(rest))
    {
        return None;
    }
    let with = helpers::of(text);
    // A person looks at names that may be cut.
    let sure = if found.is_sure && with.is_sure && !is_cut { sure } else { sure.min(DOUBTED) };
    Some(Order { lead: found.names, with: with.names, via, speaker: None, verb: Verb::Gives, sure })
}

/// An order that says what is to be done, and does not end with whom it is done with.
pub fn is_whole(sentence: &str) -> bool {
    let Some(order) = order(sentence) else { return false };
    let helpers = helpers::of(sentence);
    let Some(rest) = helpers.end.and_then(|end| sentence.get(end..)) else { return order.with.is_empty() };
    // Helpers that nobody knows take some words before it is said what is done.
    let words = rest.trim_matches([' ', ';', ',']).split_whitespace().count();
    if helpers.is_sure { words >= 2 } else { words > 6 }
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
    let told = || PATTERNS.as_ref()?.give.find(text).map(|give| give.end());
    let until = helpers::said_until(text).or_else(told);
    until.and_then(|until| text.get(until..)).is_some_and(who::fills)
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
    fn what_suits_something_ends_no_order() {
        assert!(is_whole("Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế;"));
    }

    #[test]
    fn a_role_behind_bodies_begins_a_sentence() {
        assert!(has_role("các sở, ngành có liên quan chủ trì lấp giếng") && has_role("Sở Y tế có trách nhiệm đo nước"));
        assert!(!has_role("Sở Y tế đo nước") && !has_role("chủ trì lấp giếng"));
    }
}
