//! A body while it is being read: the words that name it.

use super::{
    lexicon::Entry,
    model::{Body, Kind},
    words::Words,
};

/// Words that name one body; places are places in the row of words.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub from: usize,
    pub to: usize,
    pub kind: Kind,
    pub is_group: bool,
    pub is_concerned: bool,
    pub sure: u8,
    /// Said before the words where a list leaves it out ("Sở").
    pub before: Option<String>,
    /// The words in brackets behind it.
    pub note: Option<(usize, usize)>,
}

/// What stands at one place of a list: one body, or several whose head is said once.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub to: usize,
    pub pieces: Vec<Piece>,
}

impl Piece {
    pub fn new(from: usize, to: usize, head: Entry) -> Self {
        let sure = head.weight.saturating_mul(10).saturating_add(9).min(99);
        Self { from, to, kind: head.kind, is_group: false, is_concerned: false, sure, before: None, note: None }
    }

    pub fn doubt(&mut self, by: u8) {
        self.sure = self.sure.saturating_sub(by);
    }

    pub fn body(&self, words: &mut Words) -> Body {
        let (start, end) = words.bytes(self.from, self.to);
        let said = words.between(self.from, self.to);
        let name = match &self.before {
            Some(before) => format!("{before} {said}"),
            None => said,
        };
        let note = self.note.map(|(from, to)| words.between(from, to));
        Body {
            span: start..end,
            name,
            kind: self.kind,
            is_group: self.is_group,
            is_concerned: self.is_concerned,
            note,
            sure: self.sure,
        }
    }
}

impl Item {
    pub fn one(to: usize, piece: Piece) -> Self {
        Self { to, pieces: vec![piece] }
    }
}
