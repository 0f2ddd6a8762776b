//! The words of a row on one page as one text, of which every cell that may be is a stretch.

use std::{cell::OnceCell, ops::Range};

use super::{row::Word, sense};
use crate::{bodies::Parting, paragraph};

/// What is known of a word, whatever cell it stands in.
#[derive(Debug)]
pub struct Known {
    pub start: usize,
    pub end: usize,
    pub letters: usize,
    /// Brackets that it opens, less those that it closes.
    pub brackets: isize,
    /// Where the letters without a blank begin that it ends, and whether a sentence goes on behind them, once asked.
    pub run: usize,
    is_joint: OnceCell<bool>,
    /// It begins with a small letter behind the end of a sentence.
    pub small: bool,
}

pub struct Piece<'w, 'a> {
    pub words: &'w [Word<'a>],
    pub known: Vec<Known>,
    pub text: String,
    parting: OnceCell<Parting>,
    names: OnceCell<Vec<Range<usize>>>,
}

impl<'w, 'a> Piece<'w, 'a> {
    pub fn of(words: &'w [Word<'a>]) -> Self {
        let mut text = String::with_capacity(words.iter().map(|word| word.text.len() + 1).sum());
        let mut known = Vec::with_capacity(words.len());
        for word in words {
            let said = text.strip_suffix('.').unwrap_or_default();
            let small =
                said.ends_with(|c: char| c.is_alphanumeric() || c == ')') && word.text.starts_with(char::is_lowercase);
            append(&mut text, word);
            known.push(Known {
                start: text.len() - word.text.len(),
                end: text.len(),
                run: text.rfind(' ').map_or(0, |blank| blank + 1),
                is_joint: OnceCell::new(),
                letters: word.text.chars().count(),
                brackets: word.text.bytes().map(|byte| isize::from(byte == b'(') - isize::from(byte == b')')).sum(),
                small,
            });
        }
        Self { words, known, text, parting: OnceCell::new(), names: OnceCell::new() }
    }

    /// Whether a sentence goes on behind a word, for cells that begin no later than the letters that it ends.
    pub fn is_joint(&self, word: &Known) -> bool {
        *word.is_joint.get_or_init(|| sense::is_joint(self.text.get(word.run..word.end).unwrap_or_default()))
    }

    pub fn parting(&self) -> &Parting {
        self.parting.get_or_init(|| Parting::of(&self.text))
    }

    /// Where names stand that may clash with what is before them.
    pub fn names(&self) -> &[Range<usize>] {
        self.names.get_or_init(|| sense::names(&self.text))
    }
}

pub fn join(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        append(&mut out, word);
    }
    out
}

fn append(out: &mut String, word: &Word) {
    let blank = if word.starts.is_some() { paragraph::glue(out) } else { " " };
    out.push_str(if out.is_empty() { "" } else { blank });
    out.push_str(word.text);
}
