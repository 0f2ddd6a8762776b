//! What a text has to do with a document that it cites, told by the words that begin the sentence.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The text is there to carry it out: "Thực hiện Quyết định số …", "Triển khai Kế hoạch số …".
    Carries,
    /// It hangs on the document that it names: "(Ban hành kèm theo Quyết định số …)", "(Kèm theo Kế hoạch số …)".
    Belongs,
    /// It is the text's own number: "Số: 22/KH-UBND" at the beginning of a line.
    Own,
    /// It rests on it: "Căn cứ Luật …", "Theo đề nghị của … tại Tờ trình số …", "Xét Tờ trình số …".
    Ground,
    /// It is only named.
    Mentions,
}

static CARRIES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let titles = "kế hoạch|chương trình|chương trình hành động|phương án|về việc|v/v|về|để|nhằm|tiếp tục";
    let verbs = "triển khai|thực hiện|thi hành|cụ thể hóa|quán triệt";
    let manner = "và|,|có hiệu quả|hiệu quả|nghiêm túc";
    let about = "ý kiến|kết luận|chỉ đạo|của|tại|các nội dung|nội dung|các nhiệm vụ|nhiệm vụ|các|những|theo";
    let first = r"(?:(?:tổ chức|tiếp tục)\s+)?";
    Regex::new(&format!(r"(?i)^(?:(?:{titles})\s*:?\s+)*{first}(?:{verbs})(?:\s+(?:{manner}|{verbs}|{about}))*\s*$"))
        .ok()
});

static BELONGS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\(?\s*(?:được\s+)?(?:ban hành\s+)?(?:kèm theo|đính kèm)\s*$").ok());

static ATTACHED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)ban hành\s+kèm theo(?:\s+các)?\s*$").ok());

static GROUND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:căn cứ|theo|xét|trên cơ sở|chiếu theo|được sự)(?:\s|$)").ok());

/// Words between the sentence's beginning and a citation → what it has to do with it.
pub(super) fn relation(before: &str) -> Relation {
    let before = before.trim_start_matches(|letter: char| letter.is_whitespace() || "-+•*".contains(letter));
    let says = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(before));
    if says(&BELONGS) {
        Relation::Belongs
    } else if says(&CARRIES) || says(&ATTACHED) && begins_to_carry(before) {
        Relation::Carries
    } else if says(&GROUND) {
        Relation::Ground
    } else {
        Relation::Mentions
    }
}

/// "Thực hiện Chương trình … ban hành kèm theo".
fn begins_to_carry(before: &str) -> bool {
    ["thực hiện", "triển khai"].iter().any(|verb| before.to_lowercase().starts_with(verb))
}
