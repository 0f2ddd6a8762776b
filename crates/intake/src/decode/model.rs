//! What decoding answers.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::stroke;

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

impl Decoded {
    pub(super) fn new(charset: Charset, text: &str, doubt: Option<Doubt>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: String = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
        let text = stroke::mended(text);
        let doubt = text.find('\0').map(|at| Doubt::Binary { at }).or(doubt);
        Self { text, charset, doubt }
    }
}
