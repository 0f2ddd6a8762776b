//! Bytes to paragraphs: what is no document is refused here, with the reason a person can act on.

use std::{collections::BTreeMap, sync::LazyLock};

use intake::{Charset, Decoded, Doubt};
use regex::Regex;

use crate::{
    Refusal, docx,
    format::{self, Kind, is_encrypted_office, kind},
    lines, pdf,
    scan::ScannedPage,
    sheet::{Sheet, is_invisible, may_hide},
    typed,
    unclear::Unclear,
};

/// Larger files are refused before they are looked at.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

pub fn sheet(bytes: &[u8]) -> Result<Sheet, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let sheet = match kind(bytes) {
        Kind::Text => {
            let (text, unclear) = decode(bytes)?;
            let typed::Unfolded { text, rows, doubts } = typed::unfolded(text);
            let paragraphs = lines::paragraphs_with(&text, rows);
            Sheet { text, paragraphs, unclear: unclear.into_iter().chain(doubts).collect(), ..Sheet::default() }
        }
        Kind::Docx => docx::read(bytes)?,
        Kind::Pdf => pdf::read(bytes, &BTreeMap::new())?,
        Kind::Doc => {
            return Err(if is_encrypted_office(bytes) { Refusal::Encrypted } else { Refusal::Format("Word 97-2003") });
        }
        Kind::Rtf => return Err(Refusal::Format("RTF")),
        Kind::Html => return Err(Refusal::Format("HTML")),
        Kind::Mht => return Err(Refusal::Format("MHT, EML")),
        Kind::Image => return Err(Refusal::Scan),
    };
    Ok(sheet)
}

/// A PDF of which some pages were recognised.
pub fn mixed(bytes: &[u8], recognised: &BTreeMap<u32, ScannedPage>) -> Result<Sheet, Refusal> {
    match kind(bytes) {
        _ if bytes.len() > MAX_BYTES => Err(Refusal::TooLarge),
        Kind::Pdf => pdf::read(bytes, recognised),
        _ => sheet(bytes),
    }
}

/// The text, and what is not sure about its letters. What is no text is refused.
fn decode(bytes: &[u8]) -> Result<(String, Option<Unclear>), Refusal> {
    if let Some(name) = format::other(bytes) {
        return Err(Refusal::Format(name));
    }
    let Decoded { text, charset, doubt } = intake::decode(bytes);
    let unclear = match doubt {
        Some(Doubt::Binary { at } | Doubt::Broken { at }) => return Err(Refusal::NotText(at)),
        // Nothing makes words of it.
        Some(Doubt::Unsure) if charset == Charset::Windows1252 => {
            let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
            return Err(Refusal::NotText(at));
        }
        Some(Doubt::Unsure) => Some(Unclear::Letters),
        Some(Doubt::OldCode { line, .. }) => Some(Unclear::OldLetters(line)),
        None => None,
    };
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let text = if may_hide(&text) && text.contains(is_invisible) { text.replace(is_invisible, "") } else { text };
    let whole = RESIDUE.as_ref().filter(|residue| residue.is_match(&text));
    let without = whole.map(|residue| residue.replace_all(&text, "").into_owned());
    Ok((without.unwrap_or(text), unclear))
}

/// What converters leave of bookmarks, also over the end of a line.
static RESIDUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[bookmark:[^\]]{0,200}\]").ok());
