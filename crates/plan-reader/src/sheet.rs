//! The document as text under construction: every format ends as paragraphs and rows that quote one text.

use intake::has_pair;
use unicode_normalization::UnicodeNormalization;

use crate::{
    Recognised, Span, order,
    paragraph::{self, Paragraph},
    unclear::Unclear,
};

/// Where a paragraph comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub page: Option<u32>,
    /// How sure the recognition of its least sure word is; 1 where the document says so itself.
    pub sure: f64,
}

impl Origin {
    pub const DOCUMENT: Self = Self { page: None, sure: 1.0 };
}

#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    /// Lines that were recognised from a picture, with their confidence.
    pub recognised: Vec<Recognised>,
    /// What the file itself leaves unclear.
    pub unclear: Vec<Unclear>,
    /// An empty paragraph stands before the next one.
    pub after_blank: bool,
}

impl Sheet {
    /// A paragraph of its own; one that begins in the middle of a sentence continues the one before.
    pub fn paragraph(&mut self, text: &str, origin: Origin) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        let after_blank = std::mem::take(&mut self.after_blank);
        let paragraph = Paragraph { span: self.line(&text, origin), text, after_blank };
        match self.paragraphs.last_mut() {
            Some(last) if paragraph::continues(last, &paragraph, false) => last.append(&paragraph),
            Some(last) if origin.page.is_some() && is_cut(last, &paragraph) => last.append(&paragraph),
            _ => self.paragraphs.push(paragraph),
        }
    }

    /// An empty paragraph.
    pub fn blank(&mut self) {
        self.after_blank = true;
    }

    /// A table row. A line break inside a cell parts two things; in the quoted text it is a blank.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S], origin: Origin) {
        let cells = cells.iter().map(AsRef::as_ref).enumerate();
        let cells: Vec<String> =
            cells.map(|(at, cell)| lines(if at > 0 { paragraph::filled(cell) } else { cell })).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        self.after_blank = false;
        let text = cells.join("\t");
        let span = self.line(&text.replace('\n', " "), origin);
        self.paragraphs.push(Paragraph { text, span, after_blank: false });
    }

    fn line(&mut self, text: &str, origin: Origin) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span { start, end: self.text.len(), page: origin.page };
        if origin.sure < 1.0 {
            self.recognised.push(Recognised { source: span, confidence: percent(origin.sure) });
        }
        self.text.push('\n');
        span
    }
}

/// A line of a page in whose middle a sentence goes on.
fn is_cut(last: &Paragraph, line: &Paragraph) -> bool {
    let ends = last.text.ends_with(['.', ':', '!', '?', '/']) || last.text.chars().count() < 30;
    paragraph::is_cut(last, line) || !ends && !paragraph::is_apart(last, line) && order::is_open(&last.text)
}

fn clean(text: &str) -> String {
    grammar::collapse(&text.nfc().filter(|c| !is_invisible(*c)).collect::<String>())
}

fn lines(cell: &str) -> String {
    cell.split('\n').map(clean).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether a text may hold something that cannot be seen: by pairs of its bytes, for nearly every text has none of them.
pub fn may_hide(text: &str) -> bool {
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t'..=b'\r') || byte == 0x7f;
    let hidden = |one: u8, next: u8| {
        let joiner = one == 0x80 && (0x8b..=0x8d).contains(&next);
        let mark = one == 0xbb && next == 0xbf;
        control(next) || joiner || mark || (one == 0xc2 && (next < 0xa0 || next == 0xad))
    };
    text.bytes().next().is_some_and(control) || has_pair(text, hidden)
}

pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{ad}') || (c.is_control() && !c.is_whitespace())
}

fn percent(share: f64) -> u8 {
    (0..=100).rev().find(|percent| f64::from(*percent) <= share * 100.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_told_by_its_bytes() {
        for c in ('\0'..=char::MAX).filter(|c| is_invisible(*c)) {
            assert!(may_hide(&format!("ế{c}ộ")) && may_hide(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
        assert!(!may_hide("– Điều 1.\t“Ủy ban”\r\n… Ạ-ỹ À: Ẁ"));
    }
}
