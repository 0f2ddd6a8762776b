//! What decoding answers.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{pair::has_pair, stroke};

/// What the bytes, or the letters, were written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1258,
    Windows1252,
    /// TCVN 5712 (ABC): the fonts `.Vn…`.
    Tcvn3,
    Vni,
    /// UTF-8 that a program took for Windows-1252 and wrote as UTF-8 once more.
    Utf8Twice,
}

/// Why a person should look at the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No text: a zero byte at this place of what was decoded.
    Binary { at: usize },
    /// Broken letters stand as U+FFFD; the first at this place of the text.
    Broken { at: usize },
    /// Looks most like the charset that is named, but not surely.
    Unsure,
    /// From this line (from 1) letters stand as an old font stores them; the text was left as it is.
    OldCode { charset: Charset, line: usize },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// NFC, without a mark of order.
    pub text: String,
    pub charset: Charset,
    pub doubt: Option<Doubt>,
}

/// Whether a text holds nothing but letters and signs that are as they are in NFC: nearly every text, found out quickly.
fn is_composed(text: &str) -> bool {
    !may_be_apart(text) || text.chars().all(is_whole)
}

/// The same by pairs of bytes: whether any letter may be none of [`is_whole`].
fn may_be_apart(text: &str) -> bool {
    has_pair(text, |one, next| {
        let is_latin = one == 0xe1 && (0xb8..=0xbb).contains(&next);
        let is_sign = one == 0xe2 && next == 0x80;
        // What stands behind 0xe2 0x80 and is no sign of that kind.
        let is_other = one == 0x80 && matches!(next, 0x80..0x90 | 0xa8..0xc0);
        (one >= 0xcc && !is_latin && !is_sign) || is_other
    })
}

fn is_whole(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

impl Decoded {
    pub(super) fn new(charset: Charset, text: &str, doubt: Option<Doubt>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: String = if is_composed(text) || is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
        let text = stroke::mended(text);
        let doubt = text.find('\0').map(|at| Doubt::Binary { at }).or(doubt);
        Self { text, charset, doubt }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[test]
    fn what_is_whole_is_in_nfc_beside_anything_that_is() {
        for c in ('\0'..=char::MAX).filter(|c| is_whole(*c)) {
            assert!(canonical_combining_class(c) == 0 && is_nfc(c.encode_utf8(&mut [0; 4])), "{c:?}");
            assert!(is_nfc(&format!("a{c}ế")) && is_nfc(&format!("ơ{c}o")), "{c:?}");
        }
    }

    #[test]
    fn what_is_not_whole_is_seen_by_its_bytes() {
        for c in ('\0'..=char::MAX).filter(|c| !is_whole(*c)) {
            assert!(may_be_apart(&format!("ế{c}ộ")) && may_be_apart(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
        assert!(!may_be_apart("– Điều 1. “Ủy ban” ở xã… Ạ-ỹ À: ẀẀ"));
    }
}
