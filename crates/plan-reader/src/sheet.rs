//! The document as text under construction: every format ends as paragraphs and rows that quote one text.

use unicode_normalization::UnicodeNormalization;

use crate::{
    Span,
    paragraph::{self, Paragraph},
};

#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
}

impl Sheet {
    /// A paragraph of its own; one that begins in the middle of a sentence continues the one before.
    pub fn paragraph(&mut self, text: &str, page: Option<u32>) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        let paragraph = Paragraph { span: self.line(&text, page), text, after_blank: false };
        match self.paragraphs.last_mut() {
            Some(last) if paragraph::continues(last, &paragraph, false) => last.append(&paragraph),
            _ => self.paragraphs.push(paragraph),
        }
    }

    /// A table row. A line break inside a cell parts two things; in the quoted text it is a blank.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S], page: Option<u32>) {
        let cells: Vec<String> = cells.iter().map(|cell| lines(cell.as_ref())).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        let text = cells.join("\t");
        let span = self.line(&text.replace('\n', " "), page);
        self.paragraphs.push(Paragraph { text, span, after_blank: false });
    }

    fn line(&mut self, text: &str, page: Option<u32>) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span { start, end: self.text.len(), page };
        self.text.push('\n');
        span
    }
}

fn clean(text: &str) -> String {
    paragraph::collapse(&text.nfc().filter(|c| !is_invisible(*c)).collect::<String>())
}

fn lines(cell: &str) -> String {
    cell.split('\n').map(clean).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{ad}') || (c.is_control() && !c.is_whitespace())
}
