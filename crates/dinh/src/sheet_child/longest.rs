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
    /// The sign that ends the value of an attribute, while the reading is inside of one.
    quote: Option<u8>,
    /// The two bytes before.
    last: [u8; 2],
    is_inside: bool,
    length: usize,
    /// Bytes since a list of entities began, whose comments and quotes hide where it ends; no office program writes one.
    hidden: usize,
}

impl Scan {
    fn is_longer_with(&mut self, byte: u8) -> bool {
        let is_listing = |tag: &[u8]| tag.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case(b"!d"));
        let begins_list = byte == b'[' && self.tag.as_deref().is_some_and(is_listing);
        self.hidden += usize::from(begins_list || self.hidden > 0);
        let is_end = byte == b'>' && self.tag.as_deref().is_some_and(|tag| self.ends(tag));
        match &mut self.tag {
            Some(name) if is_end => {
                let name = std::mem::take(name);
                self.tag = None;
                self.closed(&name);
            }
            Some(name) => {
                self.quote = match (self.quote, byte) {
                    (Some(quote), _) if quote == byte => None,
                    (None, b'"' | b'\'') if !is_no_element(name) => Some(byte),
                    (quote, _) => quote,
                };
                self.is_named |= byte.is_ascii_whitespace() || byte == b'/' && !name.is_empty();
                if !self.is_named && name.len() < NAME {
                    name.push(byte);
                }
                // What is marked as text stands in the place of a tag.
                self.length += usize::from(name.first() == Some(&b'!'));
            }
            None if byte == b'<' => (self.tag, self.is_named, self.quote) = (Some(Vec::new()), false, None),
            None => self.length += 1,
        }
        self.last = [self.last[1], byte];
        let most = OF_A_LETTER * MOST_IN_CELL;
        self.hidden > most || self.is_inside && self.length > most
    }

    /// Whether a `>` ends what is open: values of attributes, comments and what is marked as text may have one inside.
    fn ends(&self, tag: &[u8]) -> bool {
        match () {
            // The strokes that begin a comment do not end it.
            () if tag.starts_with(b"!--") => self.last == *b"--" && (self.is_named || tag.len() >= b"!----".len()),
            () if tag.starts_with(b"![") => self.last == *b"]]",
            () if tag.starts_with(b"?") => self.last[1] == b'?',
            () => self.quote.is_none(),
        }
    }

    fn closed(&mut self, tag: &[u8]) {
        if is_no_element(tag) {
            return;
        }
        let (is_end, name) = tag.strip_prefix(b"/").map_or((false, tag), |name| (true, name));
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        if [b"c".as_slice(), b"si"].contains(&name) {
            self.is_inside = !is_end && self.last[1] != b'/';
            self.length = 0;
        }
    }
}

/// A comment, what is marked as text, or what is said to programs: quotes in it end nothing.
fn is_no_element(tag: &[u8]) -> bool {
    tag.starts_with(b"!") || tag.starts_with(b"?")
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
            format!("<c r=\"/>\" t=\"inlineStr\"><is><t>{long}"),
            format!("<c r='\"/>'><v>{long}"),
            format!("<c><t><![CDATA[></c>{long}]]></t></c>"),
            format!("<?a it's?><!-- it's --><!--><a b='--><c><v>{long}"),
            format!("<!DOCTYPE a [<!-- > <b ' --> ]><c><v>{long}"),
        ] {
            assert!(is_long(&cell));
        }
        for other in [
            format!("<c><v>{fits}</v></c><c><v>{fits}</v></c>"),
            format!("<c r=\"A1\"/><note>{long}</note>"),
            format!("<sst><si><t>x</t></si>{long}</sst>"),
            format!("<c><f a=\"{long}\"/><v>7</v></c>"),
            format!("<comment><text>{long}</text></comment>"),
            format!("<note a=\"><c>\">{long}</note>"),
            format!("<!-- > <c> -->{long}"),
            format!("<!DOCTYPE a SYSTEM \"b\"><note>{long}</note>"),
            "<!DOCTYPE a [<!ENTITY b 'c'>]><c><v>7</v></c>".to_owned(),
            format!("PNG<c>{long}"),
            String::new(),
        ] {
            assert!(!is_long(&other));
        }
    }
}
