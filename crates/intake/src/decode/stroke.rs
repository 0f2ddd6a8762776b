//! Letters of other tongues that look like the Vietnamese Đ: some keyboards write them.

use super::judge::is_short_form;
use crate::syllable::is_syllable;

/// Eth and the African D, as they look.
const LIKE: [char; 4] = ['\u{d0}', '\u{f0}', '\u{189}', '\u{256}'];

/// With Đ where that makes a Vietnamese word or a short form of one.
pub(super) fn mended(text: String) -> String {
    if !text.contains(LIKE) {
        return text;
    }
    text.split_inclusive(|c: char| !c.is_alphabetic()).map(word).collect()
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
