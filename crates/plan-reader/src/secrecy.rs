//! Marks of state secrets (MẬT, TỐI MẬT, TUYỆT MẬT). Such papers live on other networks: nothing of them is kept here.
//!
//! A mark is a line of its own in capitals, or follows "Độ mật:"; "bảo mật" and "Mật độ" are ordinary words.

use std::io::{Cursor, Read};

use unicode_normalization::UnicodeNormalization;

use crate::{
    Kind, Refusal, kind,
    source::{self, is_encrypted_office},
};

/// The stronger before the weaker that it contains.
const MARKS: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// The weakest mark is also an ordinary word: it counts near the top, where stamps stand.
const TOP: usize = 30;
const MAX_PART: u64 = 64 * 1024 * 1024;
const MAX_TOTAL: u64 = 256 * 1024 * 1024;
const MAX_PARTS: usize = 5_000;
/// An archive in an archive in an archive is not opened.
const MAX_DEPTH: usize = 2;

/// What can be said of a file without recognising pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    Clear,
    Marked(&'static str),
    /// Pictures of pages: they must be recognised first.
    Pictures,
}

/// The mark that a line is.
fn stamp(line: &str) -> Option<&'static str> {
    if line.len() > 120 {
        return None;
    }
    let line: String = line.trim().trim_matches(|c: char| !c.is_alphanumeric()).nfc().collect();
    let last = line.rsplit(':').next().unwrap_or_default();
    let words = last.split_whitespace().collect::<Vec<_>>().join(" ");
    MARKS.into_iter().find(|mark| words == *mark && line.chars().count() < 30)
}

/// The first mark among lines, each with the number of its paragraph.
pub fn among<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Option<&'static str> {
    lines.into_iter().find_map(|(at, line)| stamp(line).filter(|mark| at < TOP || *mark != MARKS[2]))
}

/// The same among recognised lines, where an accent is easily another one ("TÔI MẬT"): capitals count, accents do not.
pub(crate) fn among_recognised<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Option<&'static str> {
    let bare = |text: &str| text.nfd().filter(char::is_ascii).collect::<String>();
    lines.into_iter().find_map(|(at, line)| {
        let capitals = line.len() < 120 && !line.chars().any(char::is_lowercase);
        let words = bare(line.trim().trim_matches(|c: char| !c.is_alphanumeric()));
        let mark = MARKS.into_iter().find(|mark| words == bare(mark)).filter(|_| capitals);
        mark.or_else(|| stamp(line)).filter(|mark| at < TOP || *mark != MARKS[2])
    })
}

/// The mark in words that somebody writes into a field: a line of its own, or one of the two strong marks in capitals
/// among words that are not.
pub fn in_words(text: &str) -> Option<&'static str> {
    if let Some(mark) = among(text.lines().enumerate()) {
        return Some(mark);
    }
    if !text.chars().any(char::is_lowercase) {
        return None;
    }
    let text: String = text.nfc().collect();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let pair = |mark: &&str| words.windows(2).any(|pair| pair.join(" ") == **mark);
    MARKS[..2].iter().find(|mark| pair(mark)).copied()
}

/// Looks for a mark in the text of a file of any kind that offices exchange. What is no text and no picture is clear.
pub fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    let mut left = MAX_TOTAL;
    look_at(bytes, MAX_DEPTH, &mut left)
}

fn look_at(bytes: &[u8], depth: usize, left: &mut u64) -> Result<Look, Refusal> {
    let clear_unless = |mark: Option<&'static str>| mark.map_or(Look::Clear, Look::Marked);
    match kind(bytes) {
        Kind::Image => Ok(Look::Pictures),
        Kind::Doc if is_encrypted_office(bytes) => Err(Refusal::Encrypted),
        Kind::Doc => Ok(clear_unless(wide(bytes))),
        Kind::Docx => archive(bytes, depth, left),
        Kind::Pdf => match source::sheet(bytes) {
            Ok(sheet) => {
                let lines = sheet.paragraphs.iter().enumerate();
                let cells = lines.flat_map(|(at, paragraph)| paragraph.text.split('\t').map(move |cell| (at, cell)));
                Ok(clear_unless(among(cells)))
            }
            Err(Refusal::Scan) => Ok(Look::Pictures),
            Err(refusal @ (Refusal::Encrypted | Refusal::TooLarge)) => Err(refusal),
            // What no reader opens shows nobody a mark.
            Err(_) => Ok(Look::Clear),
        },
        Kind::Text => {
            Ok(clear_unless(std::str::from_utf8(bytes).ok().and_then(|text| among(text.lines().enumerate()))))
        }
    }
}

/// Word and Excel before 2007 keep letters that Latin-1 lacks as UTF-16, from an even or an odd byte on.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    [0, 1].into_iter().find_map(|start| {
        let units = bytes.get(start..)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\n')).collect();
        // In front of Excel's strings stands a flag that reads as U+0100. Nobody knows where the top is.
        among(text.split(|c: char| c.is_control() || c == '\u{100}').map(|line| (0, line)))
    })
}

/// Word, Excel, PowerPoint, OpenDocument, or plain files in a zip.
fn archive(bytes: &[u8], depth: usize, left: &mut u64) -> Result<Look, Refusal> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(Look::Clear) };
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge);
    }
    for at in 0..archive.len() {
        if archive.by_index_raw(at).is_ok_and(|part| part.encrypted()) {
            return Err(Refusal::Encrypted);
        }
        let Ok(part) = archive.by_index(at) else { continue };
        let name = part.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let is = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let (xml, inner) =
            (is(&[".xml", ".html"]), is(&[".txt", ".md", ".docx", ".xlsx", ".pptx", ".pdf", ".doc", ".zip"]));
        if !(xml || inner && depth > 0) {
            continue;
        }
        let mut whole = Vec::new();
        if part.take(MAX_PART.min(*left) + 1).read_to_end(&mut whole).is_err() {
            continue;
        }
        *left = left.checked_sub(whole.len() as u64).ok_or(Refusal::TooLarge)?;
        if whole.len() as u64 > MAX_PART {
            return Err(Refusal::TooLarge);
        }
        let found = if xml {
            among(lines(&encoding_rs::UTF_8.decode(&whole).0).lines().enumerate())
        } else {
            match look_at(&whole, depth - 1, left)? {
                Look::Marked(mark) => Some(mark),
                Look::Clear | Look::Pictures => None,
            }
        };
        if let Some(mark) = found {
            return Ok(Look::Marked(mark));
        }
    }
    Ok(Look::Clear)
}

/// Elements that end a line: paragraphs, headings, strings and cells of sheets, breaks.
const BREAKS: [&str; 9] = ["p", "h", "si", "is", "v", "c", "tc", "br", "tab"];

/// The text of an XML part, a line for each paragraph or cell; empty lines are left out.
fn lines(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        if BREAKS.contains(&local) && (tag.starts_with('/') || tag.ends_with('/')) && !out.ends_with('\n') {
            out.push('\n');
        }
        entities(text, &mut out);
    }
    out
}

fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once(';').filter(|(name, _)| name.len() < 10) else {
            rest = after;
            continue;
        };
        let code = name.strip_prefix('#').and_then(|code| match code.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        });
        out.push(code.and_then(char::from_u32).unwrap_or(' '));
        rest = behind;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_words_is_a_line_or_strong_capitals_and_ordinary_words_pass() {
        for marked in [
            "TỐI MẬT",
            "Độ mật: MẬT",
            "Họp về việc TUYỆT MẬT của tỉnh",
            "a\nMẬT\nb",
            "TO\u{302}\u{301}I MA\u{323}\u{302}T",
        ] {
            assert!(in_words(marked).is_some(), "{marked}");
        }
        for plain in [
            "bảo mật",
            "Mật độ dân số",
            "BẢO MẬT THÔNG TIN",
            "Bí mật nhà nước",
            "An toàn, BẢO MẬT",
            "TÀI LIỆU TỐI MẬT VÀ CÁCH LƯU",
        ] {
            assert_eq!(in_words(plain), None, "{plain}");
        }
    }

    #[test]
    fn a_recognised_mark_may_have_lost_an_accent() {
        assert_eq!(among_recognised([(0, "TÔI MẬT")]), Some("TỐI MẬT"));
        assert_eq!(among_recognised([(3, " |TUYET MÂT. ")]), Some("TUYỆT MẬT"));
        assert_eq!(among_recognised([(3, "Mặt"), (40, "MẶT"), (2, "TÔI MẤT XE")]), None);
    }

    #[test]
    fn a_mark_in_parts_of_an_archive_is_seen_across_runs_and_entities() {
        let xml = "<w:p><w:r><w:t>T&#x1ED0;I</w:t></w:r><w:r><w:t xml:space=\"preserve\"> M&#7852;T</w:t></w:r></w:p><w:p><w:t>a</w:t></w:p>";
        assert_eq!(among(lines(xml).lines().enumerate()), Some("TỐI MẬT"));
        assert_eq!(among(lines("<si><t>Mật độ</t></si><si><t>B&amp;C</t></si>").lines().enumerate()), None);
        let old: Vec<u8> = "\u{7}Độ mật: MẬT\r".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(look(&[b"\xd0\xcf\x11\xe0x".as_slice(), &old].concat()), Ok(Look::Marked("MẬT")));
        assert_eq!(look(b"\x89PNG"), Ok(Look::Pictures));
    }
}
