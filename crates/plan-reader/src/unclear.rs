//! What is doubtful about the file itself, before anything in it is understood.

use crate::{DOUBTED, Problem, ProblemKind as Kind, Span, Task};

/// A doubt that the bytes leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// The letters were taken for those of an old code, not surely.
    Letters,
    /// From this line on letters stand as an old font stores them.
    OldLetters(usize),
    /// Pages that are pictures, or whose letters say nothing: nobody has read them.
    Pages(Vec<u32>),
    /// A row of a table without lines, whose cells may hold words of their neighbours.
    Row(Span),
    /// The last row that was read of a table without lines: others seem to follow.
    Rest(Span),
}

impl Unclear {
    /// The pages that it is about.
    pub fn into_pages(self) -> Vec<u32> {
        match self {
            Self::Pages(pages) => pages,
            Self::Letters | Self::OldLetters(_) | Self::Row(_) | Self::Rest(_) => vec![],
        }
    }

    /// Nobody may be sure of the task that such a row gave.
    pub fn lower(&self, tasks: &mut [Task]) {
        let Self::Row(row) = self else { return };
        // In their order.
        let first = tasks.partition_point(|task| task.source.end <= row.start);
        for task in tasks[first..].iter_mut().take_while(|task| task.source.start < row.end) {
            task.confidence = task.confidence.min(DOUBTED);
        }
    }

    pub fn problem(&self) -> Problem {
        let (kind, message_vi, message_en) = match self {
            Self::Letters => (
                Kind::LettersUnclear,
                "Chưa chắc bảng mã chữ của tệp: hãy so với bản gốc, hoặc lưu lại bằng UTF-8.".into(),
                "The code of the file's letters is not sure: compare with the original, or save it as UTF-8.".into(),
            ),
            Self::OldLetters(line) => (
                Kind::LettersUnclear,
                format!("Từ dòng {line} có chữ theo phông cũ (TCVN3, VNI): hãy chuyển sang Unicode."),
                format!("From line {line} on letters are those of an old font (TCVN3, VNI): make them Unicode."),
            ),
            Self::Pages(pages) => {
                let pages = listed(pages);
                (
                    Kind::PageUnread,
                    format!("Trang {pages} là ảnh hoặc có bảng mã chữ hỏng, chưa đọc được: hãy xem bản gốc."),
                    format!("Page {pages}: a picture, or letters that say nothing. It was not read: see the original."),
                )
            }
            Self::Row(_) => (
                Kind::TableUnclear,
                "Bảng không có đường kẻ: chữ của hàng này có thể nằm sai cột, hãy so với bản gốc.".into(),
                "A table without lines: words of this row may stand in the wrong column. Compare with the original."
                    .into(),
            ),
            Self::Rest(_) => (
                Kind::TableUnclear,
                "Bảng không có đường kẻ: sau hàng này có thể còn hàng chưa đọc được, hãy xem bản gốc.".into(),
                "A table without lines: rows that were not read may follow this one. See the original.".into(),
            ),
        };
        let source = match self {
            Self::Row(span) | Self::Rest(span) => Some(*span),
            Self::Letters | Self::OldLetters(_) | Self::Pages(_) => None,
        };
        Problem { kind, message_vi, message_en, source, task: None, target: None }
    }
}

/// "1, 4-6, 9".
fn listed(pages: &[u32]) -> String {
    let runs = pages.chunk_by(|page, next| page.checked_add(1) == Some(*next));
    let run = |run: &[u32]| match run {
        [first, .., last] => format!("{first}-{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_named_by_their_ends() {
        assert_eq!(listed(&[1, 4, 5, 6, 9, 10]), "1, 4-6, 9-10");
        assert_eq!(listed(&[7]), "7");
    }
}
