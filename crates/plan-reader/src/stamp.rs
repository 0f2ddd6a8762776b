//! A mark of secrecy as a line of its own, whatever letters it is made of.

mod letters;

use intake::has_pair;
use letters::is_invisible;
pub use letters::seen;

/// The stronger before the weaker that it contains.
pub const MARKS: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// What a person or a place is written behind: "Họ và tên: MẬT".
const NAMED: [&str; 12] =
    ["họ và tên", "họ tên", "tên", "tên gọi", "ông", "bà", "đồng chí", "xã", "phường", "thôn", "quê quán", "nơi sinh"];
/// Letters of a line that is a mark, with what may stand beside it.
const LONGEST: usize = 30;

/// Whether a line has as many letters that nothing takes away from it: most lines of a text, found out quickly.
fn is_sentence(line: &str) -> bool {
    let stays = |c: &char| is_latin(*c) && c.is_alphanumeric();
    line.chars().filter(stays).nth(LONGEST - 1).is_some()
}

/// The same by the letters that are looked at soonest.
fn is_long(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_alphanumeric).nth(LONGEST - 1).is_some()
}

fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether the letter that every mark has can be seen in a line: as it is, in pieces, or as one that looks like it.
fn may_mark(line: &str) -> bool {
    has_pair(line, |lead, next| {
        let is_vowel = lead == 0xba && (next == 0xac || next == 0xad);
        let is_foreign = (lead == 0xe1 && !(0xb8..=0xbb).contains(&next)) || (lead == 0xc9 && next >= 0x90);
        is_vowel || is_foreign || (0xca..=0xdf).contains(&lead) || lead == 0xe0 || lead >= 0xe2
    })
}

/// The mark that a line is.
pub fn stamp(line: &str) -> Option<&'static str> {
    if !may_mark(line) || is_long(line) || is_sentence(line) {
        return None;
    }
    let mut left = 120_usize;
    let is_short = line.chars().filter(|c| !is_invisible(*c)).all(|c| {
        let rest = left.checked_sub(c.len_utf8());
        left = rest.unwrap_or(0);
        rest.is_some()
    });
    if !is_short {
        return None;
    }
    let line = seen(line);
    let line = line.trim().trim_matches(|c: char| !c.is_alphanumeric());
    let (head, last) = line.rsplit_once(':').unwrap_or(("", line));
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let is_name = NAMED.contains(&head.as_str());
    let is_named = head.ends_with("độ mật");
    let words: Vec<&str> = last.split_whitespace().collect();
    let mark = match words.as_slice() {
        [first, second, rest @ ..] if format!("{first} {second}").to_lowercase() == "đóng dấu" => rest.join(" "),
        all => all.join(" "),
    };
    let mark = if is_named { mark.to_uppercase() } else { mark };
    let mark = mark.trim_matches(|c: char| !c.is_alphanumeric());
    let found = MARKS.into_iter().find(|known| mark == *known && line.chars().count() < LONGEST);
    found.filter(|mark| *mark != MARKS[2] || !is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vowel_of_marks_and_letters_of_other_scripts_are_seen() {
        for c in '\0'..=char::MAX {
            let line = format!("ú{c}ế");
            let told = matches!(c, 'ậ' | 'Ậ') || !is_latin(c);
            assert_eq!(may_mark(&line), told, "{c:?}");
            assert_eq!(may_mark(c.encode_utf8(&mut [0; 4])), told, "{c:?}");
        }
    }
}
