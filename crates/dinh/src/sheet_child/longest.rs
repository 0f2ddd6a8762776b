//! Cells that are longer than any, found while the book is unpacked: once one was read whole it has been copied several times.

use std::io::{BufRead, BufReader, Cursor};

/// What Excel itself lets a cell hold.
pub(super) const MOST_IN_CELL: usize = 32 * 1024;
/// A letter may be written in so many bytes: `&#x1EA1;`.
const OF_A_LETTER: usize = 8;
/// Bytes of the name of an element that are looked at.
const NAME: usize = 32;
/// What may stand before a text, by which its letters are known.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a cell, or a text that cells share, is longer than any cell. What does not open is for its reader to refuse.
pub(super) fn has_longer(bytes: &[u8]) -> bool {
    let Ok(mut book) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    (0..book.len()).any(|at| book.by_index(at).is_ok_and(|part| is_longer(BufReader::new(part))))
}

/// The same of one part; pictures and the like, which begin with another sign, have no cells.
fn is_longer(part: impl BufRead) -> bool {
    let is_before = |byte: &u8| byte.is_ascii_whitespace() || MARK.contains(byte);
    let mut bytes = part.bytes().map_while(Result::ok).skip_while(is_before).peekable();
    let mut scan = Scan::default();
    bytes.peek() == Some(&b'<') && bytes.any(|byte| scan.is_longer_with(byte))
}

/// Where in the text the reading is.
#[derive(Default)]
struct Scan {
    /// The name of the tag that is open.
    tag: Option<Vec<u8>>,
    is_named: bool,
    last: u8,
    is_inside: bool,
    length: usize,
}

impl Scan {
    fn is_longer_with(&mut self, byte: u8) -> bool {
        match &mut self.tag {
            Some(name) if byte == b'>' => {
                let name = std::mem::take(name);
                self.tag = None;
                self.closed(&name);
            }
            Some(name) => {
                self.is_named |= byte.is_ascii_whitespace() || byte == b'/' && !name.is_empty();
                if !self.is_named && name.len() < NAME {
                    name.push(byte);
                }
                // What is marked as text stands in the place of a tag.
                self.length += usize::from(name.first() == Some(&b'!'));
            }
            None if byte == b'<' => (self.tag, self.is_named) = (Some(Vec::new()), false),
            None => self.length += 1,
        }
        self.last = byte;
        self.is_inside && self.length > OF_A_LETTER * MOST_IN_CELL
    }

    fn closed(&mut self, tag: &[u8]) {
        let (is_end, name) = tag.strip_prefix(b"/").map_or((false, tag), |name| (true, name));
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        if [b"c".as_slice(), b"si"].contains(&name) {
            self.is_inside = !is_end && self.last != b'/';
            self.length = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_long(text: &str) -> bool {
        // Read in small parts: a tag may lie across two.
        is_longer(BufReader::with_capacity(7, text.as_bytes()))
    }

    #[test]
    fn only_a_cell_is_too_long() {
        let most = OF_A_LETTER * MOST_IN_CELL;
        let (fits, long) = ("x".repeat(most), "x".repeat(most + 1));
        for cell in [
            format!("<row><c r=\"A1\" t=\"inlineStr\"><is><t>{long}"),
            format!("\u{feff} <x:c><x:is><x:t>{long}</x:t></x:is></x:c>"),
            format!("{:20}<c><v>{long}", ""),
            format!("<sst><si><r><t>{fits}</t></r><r><t>x</t></r></si></sst>"),
            format!("<sst><si/><si ><t><![CDATA[{long}]]></t></si></sst>"),
        ] {
            assert!(is_long(&cell));
        }
        for other in [
            format!("<c><v>{fits}</v></c><c><v>{fits}</v></c>"),
            format!("<c r=\"A1\"/><note>{long}</note>"),
            format!("<sst><si><t>x</t></si>{long}</sst>"),
            format!("<c><f a=\"{long}\"/><v>7</v></c>"),
            format!("<comment><text>{long}</text></comment>"),
            format!("PNG<c>{long}"),
            String::new(),
        ] {
            assert!(!is_long(&other));
        }
    }
}
