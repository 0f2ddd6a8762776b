//! Letters of other tongues that look like the Vietnamese Đ: some keyboards write them.

use super::{judge::is_short_form, pair::has_pair};
use crate::syllable::is_syllable;

/// Eth and the African D, as they look.
const LIKE: [char; 4] = ['\u{d0}', '\u{f0}', '\u{189}', '\u{256}'];

/// With Đ where that makes a Vietnamese word or a short form of one.
pub(super) fn mended(text: String) -> String {
    if !may_be_like(&text) || !text.contains(LIKE) {
        return text;
    }
    text.split_inclusive(|c: char| !c.is_alphabetic()).map(word).collect()
}

/// By the bytes that these letters begin and end with.
fn may_be_like(text: &str) -> bool {
    has_pair(text, |lead, last| {
        let is_latin = lead == 0xc3 && (last == 0x90 || last == 0xb0);
        let is_african = (lead == 0xc6 && last == 0x89) || (lead == 0xc9 && last == 0x96);
        is_latin | is_african
    })
}

fn word(text: &str) -> String {
    let meant: String = text.chars().map(meant).collect();
    let letters = meant.trim_end_matches(|c: char| !c.is_alphabetic());
    let is_word = letters.chars().count() > 1 && (is_syllable(letters) || is_short_form(letters));
    if is_word { meant } else { text.to_owned() }
}

fn meant(c: char) -> char {
    match c {
        '\u{d0}' | '\u{189}' => 'Đ',
        '\u{f0}' | '\u{256}' => 'đ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_like_the_d_with_a_stroke_are_seen_by_their_bytes() {
        for c in '\0'..=char::MAX {
            assert_eq!(may_be_like(&format!("{c}{c}")), LIKE.contains(&c), "{c:?}");
        }
    }
}
