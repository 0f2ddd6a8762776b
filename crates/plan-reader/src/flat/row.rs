//! The words of a row before its cells are found.

use crate::Span;

/// A word of a row; its flags tell where lines begin.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    /// Blank lines above, if it begins a line.
    pub starts: Option<usize>,
}

/// The words of a row, in one piece for every page that the row stands on.
#[derive(Debug, Clone)]
pub struct Row {
    pub label: String,
    pub pieces: Vec<Vec<Word>>,
    pub span: Span,
    /// Only a title: the rows that belong to it follow.
    pub is_group: bool,
}
