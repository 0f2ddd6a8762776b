//! Marks of state secrets (MẬT, TỐI MẬT, TUYỆT MẬT). Such papers live on other networks: nothing of them is kept here.
//!
//! A mark is a line of its own in capitals, also after "Đóng dấu", or in any letters what follows "Độ mật:"; "bảo mật"
//! and "Mật độ" are ordinary words. What looks like a mark is one, whatever it is made of; the weakest one, that is an
//! ordinary word too, where a document has its mark (`head`).

mod entity;
mod foreign;
mod head;
mod markup;
mod plain;

use std::{
    io::{Cursor, Read},
    ops::ControlFlow,
};

use unicode_normalization::UnicodeNormalization;

use head::Head;
use markup::lines;

use crate::{
    Refusal,
    format::{Kind, is_encrypted_office, is_rtf, is_web, kind},
    paragraph::lines_of_cells,
    source,
    stamp::{MARKS, seen, stamp},
    unclear::Unclear,
};

/// The weakest mark is also an ordinary word: it counts near the top, where stamps stand.
const TOP: usize = 30;
const MAX_PART: u64 = 64 * 1024 * 1024;
const MAX_TOTAL: u64 = 256 * 1024 * 1024;
const MAX_PARTS: usize = 5_000;
/// An archive in an archive in an archive is not opened.
const MAX_DEPTH: usize = 2;
/// A smaller picture is a sign or a bullet, no page.
const SMALLEST: u64 = 4 * 1024;
/// Letters of a page of text. An archive with fewer of them for each picture may hold pages as pictures.
const PAGE: usize = 2_000;

/// What can be said of a file without recognising pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    Clear,
    Marked(&'static str),
    /// Pictures of pages: they must be recognised first.
    Pictures,
}

/// The first mark among lines, each with the number of its paragraph.
pub fn among<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Option<&'static str> {
    first(lines, stamp)
}

/// The first line that is a mark; of the weakest one that stands in the head of the text.
fn first<'a>(
    lines: impl IntoIterator<Item = (usize, &'a str)>,
    mark: impl Fn(&str) -> Option<&'static str>,
) -> Option<&'static str> {
    let mut head = Head::default();
    lines.into_iter().find_map(|(at, line)| {
        let is_top = at < TOP;
        let found = mark(line).filter(|mark| *mark != MARKS[2] || is_top && head.holds(line));
        if is_top {
            head.pass(line);
        }
        found
    })
}

/// The same, also among lines whose letters stand as an old font stores them.
pub(crate) fn among_any<'a>(lines: impl IntoIterator<Item = (usize, &'a str)> + Clone) -> Option<&'static str> {
    among(lines.clone()).or_else(|| among_drawn(lines))
}

fn among_drawn<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Option<&'static str> {
    lines.into_iter().find_map(|(at, line)| plain::as_drawn(line, |said| among([(at, said)])))
}

/// The same among recognised lines, where an accent is easily another one ("TÔI MẬT"): capitals count, accents do not.
pub(crate) fn among_recognised<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Option<&'static str> {
    let bare = |text: &str| text.nfd().filter(char::is_ascii).collect::<String>();
    first(lines, |line| {
        let capitals = line.len() < 120 && !line.chars().any(char::is_lowercase);
        let words = bare(line.trim().trim_matches(|c: char| !c.is_alphanumeric()));
        let mark = MARKS.into_iter().find(|mark| words == bare(mark)).filter(|_| capitals);
        mark.or_else(|| stamp(line))
    })
}

/// The mark in words that somebody writes into a field: a line of its own, or among words that are no capitals one of the
/// two strong marks, or any after "đóng dấu".
pub fn in_words(text: &str) -> Option<&'static str> {
    if let Some(mark) = among(text.lines().enumerate()) {
        return Some(mark);
    }
    if !text.chars().any(char::is_lowercase) {
        return None;
    }
    let text = seen(text);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let pair = |mark: &&str| words.windows(2).any(|pair| pair.join(" ") == **mark);
    let is_stamped =
        || words.windows(3).any(|three| three[..2].join(" ").to_lowercase() == "đóng dấu" && three[2] == MARKS[2]);
    MARKS[..2].iter().find(|mark| pair(mark)).copied().or_else(|| is_stamped().then_some(MARKS[2]))
}

/// Looks for a mark in the text of a file of any kind that offices exchange. What is no text and no picture is clear.
pub fn look(bytes: &[u8]) -> Result<Look, Refusal> {
    look_and_hear(bytes, &mut |_| {})
}

/// Is told the text of a file, piece by piece; none for a piece that nobody can read.
pub type Hear<'a> = dyn FnMut(Option<&str>) + 'a;

/// The same, and `hear` is told all text in which no mark was found, so that it can be looked at for something else.
pub fn look_and_hear(bytes: &[u8], hear: &mut Hear<'_>) -> Result<Look, Refusal> {
    let mut left = MAX_TOTAL;
    look_at(bytes, MAX_DEPTH, &mut left, hear)
}

fn clear_unless(mark: Option<&'static str>) -> Look {
    mark.map_or(Look::Clear, Look::Marked)
}

fn lines_of(text: &str, hear: &mut Hear<'_>) -> Look {
    hear(Some(text));
    clear_unless(among_any(text.lines().enumerate()))
}

/// A plain text, or what is none and is kept all the same.
fn plain_lines(bytes: &[u8], hear: &mut Hear<'_>) -> Look {
    let read = plain::read(bytes);
    let Some(text) = &read.text else {
        hear(None);
        return Look::Clear;
    };
    // A wide page begins as one only when it is read.
    let page = is_web(text.as_bytes()).then(|| foreign::web_archive(text.as_bytes()));
    let look = lines_of(page.as_ref().unwrap_or(text), hear);
    hear(Some(&plain::refilled(text)));
    if !read.is_whole {
        hear(None);
    }
    if look == Look::Clear { clear_unless(plain::among_old(bytes, |at, line| among([(at, line)]))) } else { look }
}

fn look_at(bytes: &[u8], depth: usize, left: &mut u64, hear: &mut Hear<'_>) -> Result<Look, Refusal> {
    match kind(bytes) {
        Kind::Image => Ok(Look::Pictures),
        Kind::Doc if is_encrypted_office(bytes) => Err(Refusal::Encrypted),
        Kind::Doc => {
            // What Latin-1 has stands in single bytes: also what is written in an old font.
            let narrow = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
            hear(Some(&narrow));
            let ends = |c: char| matches!(c, '\0' | '\u{7}' | '\n'..='\r');
            let drawn = || among_drawn(narrow.split(ends).map(|line| (0, line)));
            Ok(clear_unless(wide(bytes, hear).or_else(drawn)))
        }
        Kind::Docx => archive(bytes, depth, left, hear),
        Kind::Pdf => match source::sheet(bytes) {
            Ok(sheet) => {
                hear(Some(&sheet.text));
                let cells = lines_of_cells(&sheet.paragraphs);
                let is_whole = sheet.unclear.iter().all(|doubt| !matches!(doubt, Unclear::Pages(_)));
                Ok(among_any(cells).map_or(if is_whole { Look::Clear } else { Look::Pictures }, Look::Marked))
            }
            Err(Refusal::Scan) => Ok(Look::Pictures),
            Err(refusal @ (Refusal::Encrypted | Refusal::TooLarge)) => Err(refusal),
            // What no reader opens shows nobody a mark.
            Err(_) => {
                hear(None);
                Ok(Look::Clear)
            }
        },
        Kind::Rtf => Ok(lines_of(&foreign::rtf(bytes), hear)),
        Kind::Html | Kind::Mht => Ok(lines_of(&foreign::web_archive(bytes), hear)),
        Kind::Text => Ok(plain_lines(bytes, hear)),
    }
}

/// Word and Excel before 2007 keep letters that Latin-1 lacks as UTF-16, from an even or an odd byte on.
fn wide(bytes: &[u8], hear: &mut Hear<'_>) -> Option<&'static str> {
    [0, 1].into_iter().find_map(|start| {
        let units = bytes.get(start..)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\n')).collect();
        hear(Some(&text));
        // In front of Excel's strings stands a flag that reads as U+0100.
        let lines = text.split(|c: char| c.is_control() || c == '\u{100}');
        // Nobody knows where the top is, and frames stand behind all other text.
        lines.clone().find_map(stamp).or_else(|| among_drawn(lines.map(|line| (0, line))))
    })
}

/// What a part of an archive is, as far as it is looked at.
enum Inner {
    Xml(String),
    /// A document of its own.
    File(Vec<u8>),
    Picture(Vec<u8>),
    /// A document that is not opened, or a part that cannot be read.
    Shut,
}

/// What is done with each part of an archive, and with the bytes that are left to unpack.
type Visit<'a> = dyn FnMut(Inner, &mut u64) -> Result<ControlFlow<()>, Refusal> + 'a;

/// The cells of Excel and of OpenDocument.
fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/") || name == "content.xml"
}

/// Goes through the parts of Word, Excel, PowerPoint, OpenDocument or a plain zip, until `visit` has seen enough. Nobody
/// knows what is in one that does not open.
fn parts(bytes: &[u8], left: &mut u64, is_deep: bool, visit: &mut Visit<'_>) -> Result<(), Refusal> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return visit(Inner::Shut, left).map(|_| ());
    };
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge);
    }
    for at in 0..archive.len() {
        if archive.by_index_raw(at).is_ok_and(|part| part.encrypted()) {
            return Err(Refusal::Encrypted);
        }
        let inner = match archive.by_index(at) {
            Ok(part) => {
                let name = part.name().map(|name| name.to_lowercase()).unwrap_or_default();
                let size = part.size();
                unpacked(part, &name, size, left, is_deep)?
            }
            Err(_) => Some(Inner::Shut),
        };
        let Some(inner) = inner else { continue };
        if visit(inner, left)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// What a part of this name is; none for one that holds nothing to look at.
fn unpacked(part: impl Read, name: &str, size: u64, left: &mut u64, is_deep: bool) -> Result<Option<Inner>, Refusal> {
    let is = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let (xml, inner) = (
        is(&[".xml", ".html", ".htm", ".xhtml", ".rtf", ".mht", ".mhtml", ".eml"]),
        is(&[".txt", ".md", ".csv", ".docx", ".xlsx", ".pptx", ".pdf", ".doc", ".zip"]),
    );
    // The small picture of itself that an office program keeps is of no page.
    let picture = size >= SMALLEST && !name.starts_with("docprops/");
    if inner && !is_deep {
        return Ok(Some(Inner::Shut));
    }
    let mut whole = Vec::new();
    let mut part = part.take(MAX_PART.min(*left) + 1);
    let is_foreign = !xml && !inner;
    // Of what is neither text nor document by its name only pictures are unpacked, and what Word shows as text.
    if is_foreign {
        if part.by_ref().take(16).read_to_end(&mut whole).is_err() {
            return Ok(Some(Inner::Shut));
        }
        let is_picture = picture && kind(&whole) == Kind::Image;
        if !(is_picture || is_rtf(&whole) || is_web(&whole)) {
            return Ok(is_document(name, &whole).then_some(Inner::Shut));
        }
    }
    if part.read_to_end(&mut whole).is_err() {
        return Ok(Some(Inner::Shut));
    }
    *left = left.checked_sub(whole.len() as u64).ok_or(Refusal::TooLarge)?;
    if whole.len() as u64 > MAX_PART {
        return Err(Refusal::TooLarge);
    }
    Ok(Some(match () {
        () if !inner && is_rtf(&whole) => Inner::Xml(foreign::rtf(&whole)),
        () if is(&[".mht", ".mhtml", ".eml"]) || is_foreign && is_web(&whole) => {
            Inner::Xml(foreign::web_archive(&whole))
        }
        () if is(&[".htm", ".html", ".xhtml"]) => Inner::Xml(foreign::page(&whole)),
        () if xml && is_sheet(name) => {
            let text = lines(&encoding_rs::UTF_8.decode(&whole).0);
            Inner::Xml(format!("{text}\n{}", plain::refilled(&text)))
        }
        () if xml => Inner::Xml(lines(&encoding_rs::UTF_8.decode(&whole).0)),
        () if is_foreign => Inner::Picture(whole),
        () => Inner::File(whole),
    }))
}

/// Whether a part that is not opened may hold text of its own, by its name or by how it begins.
fn is_document(name: &str, head: &[u8]) -> bool {
    const ENDINGS: [&str; 9] = [".ods", ".odt", ".odp", ".xls", ".ppt", ".rar", ".7z", ".gz", ".tar"];
    matches!(kind(head), Kind::Doc | Kind::Docx | Kind::Pdf) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn archive(bytes: &[u8], depth: usize, left: &mut u64, hear: &mut Hear<'_>) -> Result<Look, Refusal> {
    let (mut found, mut letters, mut pictures, mut is_scan) = (None, 0, 0, false);
    parts(bytes, left, depth > 0, &mut |inner, left| {
        match inner {
            Inner::Xml(text) => {
                letters += text.chars().filter(|c| c.is_alphanumeric()).count();
                hear(Some(&text));
                found = among_any(text.lines().enumerate());
            }
            Inner::File(whole) => match look_at(&whole, depth - 1, left, hear)? {
                Look::Marked(mark) => found = Some(mark),
                Look::Pictures => is_scan = true,
                Look::Clear => {}
            },
            Inner::Picture(_) => pictures += 1,
            Inner::Shut => hear(None),
        }
        Ok(if found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(match found {
        Some(mark) => Look::Marked(mark),
        None if is_scan || letters < pictures * PAGE => Look::Pictures,
        None => Look::Clear,
    })
}

/// The picture, or the scan, at this place among those of an archive and of the archives in it.
pub fn picture(bytes: &[u8], at: u32) -> Result<Option<Vec<u8>>, Refusal> {
    let (mut left, mut rest) = (MAX_TOTAL, at);
    picture_in(bytes, MAX_DEPTH, &mut left, &mut rest)
}

fn picture_in(bytes: &[u8], depth: usize, left: &mut u64, rest: &mut u32) -> Result<Option<Vec<u8>>, Refusal> {
    let mut found = None;
    parts(bytes, left, depth > 0, &mut |inner, left| {
        match inner {
            Inner::Xml(_) | Inner::Shut => {}
            Inner::File(whole) if kind(&whole) == Kind::Docx => found = picture_in(&whole, depth - 1, left, rest)?,
            Inner::File(whole) if look_at(&whole, 0, left, &mut |_| {})? != Look::Pictures => {}
            Inner::Picture(whole) | Inner::File(whole) => match rest.checked_sub(1) {
                Some(fewer) => *rest = fewer,
                None => found = Some(whole),
            },
        }
        Ok(if found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests;
