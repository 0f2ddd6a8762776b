//! Lists of materials as other programs write them: CycloneDX 1.0 to 1.7 as JSON or XML, SPDX 2.3 as JSON or tag-value.
//! What depends on what in them is not read, so that no circle in it matters.

mod json;
mod material;
mod tags;
#[cfg(test)]
mod tests;
mod xml;

use std::borrow::Cow;

use kernel::Problem;

pub use self::material::{MOST, Material, Materials};
use self::material::{begins, refused, text};

/// Reads a list. In which form it is, its content says, never the name of its file.
///
/// # Errors
/// In words: it is no such list, of a version that is not known, or has too much in it.
pub fn read(bytes: &[u8]) -> Result<Materials, Problem> {
    let bytes = utf8(bytes)?;
    let list = match () {
        () if bytes.trim_ascii_start().starts_with(b"<") => xml::read(text(&bytes)?)?,
        () if begins(&bytes, "SPDXVersion:") => tags::read(text(&bytes)?)?,
        () => json::read(&bytes)?,
    };
    if list.all.is_empty() { Err(refused("bill-empty")) } else { Ok(list) }
}

/// Without the mark at its beginning. What Windows directs into a file is UTF-16.
fn utf8(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Problem> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Vec<u8>, Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(letter.map_err(|error| refused("bill-letters").because(error))?);
    }
    if rest.is_empty() { Ok(text.into_bytes()) } else { Err(refused("bill-letters")) }
}
