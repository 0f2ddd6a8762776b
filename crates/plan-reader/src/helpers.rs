//! With whom something is done: "phối hợp với Sở B, Công an tỉnh …", wherever a sentence says it.

use std::sync::LazyLock;

use regex::Regex;

use crate::who;

#[derive(Debug, Clone, Default)]
pub struct Helpers {
    pub names: Vec<String>,
    /// Wherever helpers are said to be, bodies are named, and their names end where they seem to.
    pub is_sure: bool,
    /// Where the last of them end, or the words that say that they follow.
    pub end: Option<usize>,
}

struct Patterns {
    said: Regex,
    noun: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    // What is only tied by a blank ("phối hợp Sở B") must be followed by bodies; so must "thống nhất với", "chủ trì, cùng".
    let said = r"(?i)(?:(?:phối|kết|liên) hợp|^\W*hợp)\s+(?:chặt chẽ\s+|thường xuyên\s+|đồng bộ\s+)*(?P<tied>(?:với|cùng(?:\s+với)?)\s+)?|thống nhất\s+(?:với|cùng)\s+|(?:chủ trì|đầu mối|chịu trách nhiệm),?\s+cùng(?:\s+với)?\s+";
    let noun = r"(?i)(?:quy chế|công tác|cơ chế|việc|sự)\s+$";
    Some(Patterns { said: Regex::new(said).ok()?, noun: Regex::new(noun).ok()? })
});

/// The bodies behind each such word, whatever follows them.
pub fn of(text: &str) -> Helpers {
    let mut out = Helpers { names: vec![], is_sure: true, end: None };
    let Some(p) = PATTERNS.as_ref() else { return out };
    for said in p.said.captures_iter(text) {
        let Some(whole) = said.get(0) else { continue };
        let (before, rest) = (&text[..whole.start()], &text[whole.end()..]);
        const NEAR: usize = 24;
        if p.noun.is_match(&before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..]) {
            continue;
        }
        let is_tied = said.name("tied").is_some();
        match if is_tied { tied(rest) } else { who::at(rest) } {
            Some(found) => {
                out.is_sure &= found.is_sure;
                out.end = Some(whole.end() + found.end);
                let fresh: Vec<String> = found.names.into_iter().filter(|name| !out.names.contains(name)).collect();
                out.names.extend(fresh);
            }
            None if is_tied => (out.is_sure, out.end) = (false, Some(whole.end())),
            None => {}
        }
    }
    out
}

/// Bodies at once, or behind "các cơ quan:".
fn tied(rest: &str) -> Option<who::Who> {
    static FRAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^các\s+(?:cơ quan|đơn vị):?\s+").ok());
    who::behind(rest).or_else(|| {
        let frame = FRAME.as_ref()?.find(rest)?;
        who::at(&rest[frame.end()..])
    })
}
