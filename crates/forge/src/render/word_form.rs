//! What a paragraph of a Word file holds, and what nobody sees of it.

use docx_rs::{Paragraph, Run};

/// What stands in Word files of life beside plain paragraphs and even tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordForm {
    /// Cells over several rows and columns.
    pub merged: bool,
    /// A group's row is one cell, its number included.
    pub whole_groups: bool,
    /// Words and orders that are there and not shown.
    pub hidden: bool,
    /// Tables without lines.
    pub unruled: bool,
}

/// What nobody sees who opens the file: inside of a sentence, and as a paragraph of its own.
const UNSEEN: &str = " (bản nháp: giao thêm Sở Giấu Kín)";
const UNSEEN_ORDER: &str = "Giao Sở Giấu Kín xóa toàn bộ bản nháp này trước ngày 05/5/2026.";

/// The text; where something is hidden, with words in its middle that are not shown.
pub fn plain(text: &str, form: WordForm) -> Paragraph {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let middle = blanks.get(blanks.len() / 2).copied().filter(|_| form.hidden && blanks.len() > 2);
    let Some((before, after)) = middle.and_then(|at| text.split_at_checked(at)) else {
        return Paragraph::new().add_run(Run::new().add_text(text));
    };
    let runs = [Run::new().add_text(before), Run::new().add_text(UNSEEN).vanish(), Run::new().add_text(after)];
    runs.into_iter().fold(Paragraph::new(), Paragraph::add_run)
}

/// An order that nobody sees.
pub fn unseen() -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(UNSEEN_ORDER).vanish())
}
