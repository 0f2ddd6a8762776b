//! The words of a row before its cells are found.

use crate::Span;

/// Longer rows are given up: their words go to the first column, for a person to part.
pub const MAX_WORDS: usize = 400;

/// Which ends of a cell a page break left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Open {
    pub start: bool,
    pub end: bool,
}

/// A word of a row; its flags tell where lines begin.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    pub text: &'a str,
    /// Blank lines above, if it begins a line.
    pub starts: Option<usize>,
}

/// The words of a row, in one piece for every page that the row stands on.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub label: &'a str,
    pub pieces: Vec<Vec<Word<'a>>>,
    pub span: Span,
    /// Only a title: the rows that belong to it follow.
    pub is_group: bool,
}
