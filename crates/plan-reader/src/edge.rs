//! Where lines begin and end on their page, counted in letters, and whether the first line of a paragraph stands further in.

use crate::{marker, paragraph::Paragraph};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edge {
    /// Blanks before the first letter.
    pub inset: usize,
    /// Where the last letter ends.
    pub end: usize,
}

impl Edge {
    pub fn of(text: &str, line: &Paragraph) -> Self {
        let before = text.get(..line.span.start).unwrap_or_default();
        let blanks = before.chars().rev().take_while(|c| c.is_whitespace() && *c != '\n');
        let inset = blanks.filter(|c| !matches!(c, '\u{c}' | '\r')).count();
        Self { inset, end: inset + line.text.chars().count() }
    }
}

/// Further in than this (letters) is another place: blanks are counted, and letters are of many widths.
const NEAR: usize = 2;
/// So many lines of each kind tell it.
const FEW: usize = 3;

/// A text whose paragraphs begin further in than they go on.
#[derive(Debug, Clone, Copy)]
pub struct Insets {
    /// Lines that go on stand no further in than this.
    goes_on: usize,
    /// Paragraphs begin no further in than this; what does is set to the middle.
    begins: usize,
}

impl Insets {
    /// Lines with a mark, or a capital behind a stop, begin, those with a small letter behind no stop go on; most of both must agree.
    pub fn of(lines: &[Paragraph], edges: &[Edge]) -> Option<Self> {
        let (mut begin, mut go_on) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            if line.text.is_empty() || line.cells().is_some() {
                continue;
            }
            let before = at.checked_sub(1).map_or("", |at| lines[at].text.as_str());
            let open = !before.is_empty() && !before.ends_with(['.', ';', ':', '!', '?', '/']);
            let anew = before.ends_with(['.', ';', ':']) && line.text.starts_with(char::is_uppercase);
            if anew || marker::begins(&line.text) {
                begin.push(edges[at].inset);
            } else if open && line.text.starts_with(char::is_lowercase) {
                go_on.push(edges[at].inset);
            }
        }
        begin.sort_unstable();
        go_on.sort_unstable();
        let part = |of: &[usize], tenths: usize| of.get(of.len() * tenths / 10).copied();
        // Those who receive a document stand at the edge, each with a mark.
        let (usual, goes_on) = (part(&begin, 6)?, part(&go_on, 5)?);
        let told = begin.len() >= FEW && go_on.len() >= FEW && usual > goes_on + NEAR;
        told.then(|| Self { goes_on: goes_on + NEAR - 1, begins: part(&begin, 9).unwrap_or(usual) + NEAR })
    }

    /// Whether a line goes on with a paragraph that began at `first`; none where both stand alike.
    pub fn goes_on(self, first: usize, line: usize) -> Option<bool> {
        let begun = |inset: usize| inset > self.goes_on && inset <= self.begins;
        match (begun(first), begun(line)) {
            (true, _) if line <= self.goes_on => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}
