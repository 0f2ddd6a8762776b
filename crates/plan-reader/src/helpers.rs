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
    /// Words behind which a list of helpers goes on to the end of a line that was cut.
    with: Regex,
    noun: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    // What is only tied by a blank ("phối hợp Sở B") must be followed by bodies; so must "thống nhất với", "chủ trì, cùng".
    let said = r"(?i)(?:(?:phối|kết|liên) hợp|^\W*hợp)\s+(?:chặt chẽ\s+|thường xuyên\s+|đồng bộ\s+)*(?P<tied>(?:với|cùng(?:\s+với)?)\s+)?|thống nhất\s+(?:với|cùng)\s+|(?:chủ trì|đầu mối|chịu trách nhiệm),?\s+cùng(?:\s+với)?\s+";
    let noun = r"(?i)(?:quy chế|công tác|cơ chế|việc|sự)\s+$";
    let with = r"(?i)(?:(?:phối|kết|liên) hợp|^\W*hợp)\s+(?:chặt chẽ\s+|thường xuyên\s+|đồng bộ\s+)*(?:với|cùng(?:\s+với)?)\s+(?:các\s+cơ quan:?\s+)?";
    Some(Patterns { said: Regex::new(said).ok()?, with: Regex::new(with).ok()?, noun: Regex::new(noun).ok()? })
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

/// Where the last words end behind which helpers are to stand.
pub fn said_until(text: &str) -> Option<usize> {
    PATTERNS.as_ref()?.with.find_iter(text).last().map(|with| with.end())
}

/// No list of bodies at the end of a text has more bytes. A paragraph is asked with each line that it gets: all of it would
/// be read again each time.
pub const LONGEST_LIST: usize = 2_000;

/// Ends with whom it is done, before it is said what: a line that was cut. No heading ends so.
pub fn end(text: &str) -> bool {
    let Some(p) = PATTERNS.as_ref().filter(|_| !text.ends_with(['.', ';', ':'])) else { return false };
    let (mut from, mut rest) = (text.floor_char_boundary(text.len().saturating_sub(LONGEST_LIST)), None);
    while let Some(found) = p.with.find_at(text, from) {
        from = found.end();
        rest = text.get(from..);
    }
    rest.is_some_and(who::fills)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_suits_something_is_no_help() {
        assert_eq!(of("Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế").names, Vec::<String>::new());
        assert_eq!(of("hợp với Công an tỉnh cắm biển báo").names, ["Công an tỉnh"], "a line that was cut");
    }

    #[test]
    fn a_line_may_end_among_helpers() {
        assert!(end("Sở Y tế làm đầu mối, phối hợp với Sở Tài chính, Trung tâm"));
        assert!(!end("Giao Sở Y tế") && !end("Sở Y tế phối hợp với Sở Tài chính lấp giếng cũ"));
    }
}
