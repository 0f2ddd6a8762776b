//! Bytes to text: what is no text plan is refused here, with the reason a person can act on.

use unicode_normalization::UnicodeNormalization;

use crate::paragraph::Paragraph;

/// Larger files are refused before they are looked at.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the file is larger than 50 MB")]
    TooLarge,
    #[error("the file is empty")]
    Empty,
    #[error("this kind of file is not read: {0}")]
    Format(&'static str),
    #[error("the file is not text (byte {0})")]
    NotText(usize),
    #[error("the document is marked as a state secret ({0})")]
    Classified(&'static str),
}

const MAGIC: [(&[u8], &str); 6] = [
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word, Excel, zip"),
    (b"\xd0\xcf\x11\xe0", "Word 97-2003"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x7fELF", "ELF"),
];

pub fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Refusal::Format(name));
    }
    let (text, _, broken) = encoding_rs::UTF_8.decode(bytes);
    if broken {
        let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        return Err(Refusal::NotText(at));
    }
    if let Some(at) = text.find('\0') {
        return Err(Refusal::NotText(at));
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(text.nfc().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}')).collect())
}

/// A marking of secrecy stands alone on a line near the top. Such documents live on other networks: nothing is kept.
pub fn refuse_classified(paragraphs: &[Paragraph]) -> Result<(), Refusal> {
    for paragraph in paragraphs.iter().take(30) {
        for cell in paragraph.text.split('\t') {
            for mark in ["TUYỆT MẬT", "TỐI MẬT", "MẬT"] {
                if cell.trim().trim_matches(|c: char| !c.is_alphanumeric()) == mark {
                    return Err(Refusal::Classified(mark));
                }
            }
        }
    }
    Ok(())
}
