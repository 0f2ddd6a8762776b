//! Whether a word that is the weakest mark, and an ordinary word too, stands where a document has its mark: among the
//! lines of its head, not in a table and not as the rest of another word.

use crate::stamp::seen;

/// What is read of a text so far.
#[derive(Default)]
pub struct Head<'a> {
    /// The titles of a table stand above: its cells speak of what the rows are about.
    in_table: bool,
    before: &'a str,
}

/// Words that the end of a line parts from "MẬT"; a place may be called "Bảo", and stands behind none of the others.
const HALVES: [&str; 5] = [" BÍ", ", BẢO", " VÀ BẢO", " TÁC BẢO", " ĐỘ BẢO"];

impl<'a> Head<'a> {
    /// Whether this line, taken for a mark, is one of the document.
    pub fn holds(&self, line: &str) -> bool {
        let rest_of_word = HALVES.iter().any(|half| self.before.trim_end().ends_with(half));
        !(self.in_table || rest_of_word) || is_named(line)
    }

    pub fn pass(&mut self, line: &'a str) {
        self.in_table = self.in_table || begins_table(line);
        self.before = line;
    }
}

/// "Độ mật: MẬT", "Đóng dấu MẬT": said of the document wherever it stands.
fn is_named(line: &str) -> bool {
    let said = seen(line).to_lowercase();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    said.contains("độ mật") || said.contains("đóng dấu")
}

/// The title of the numbers, alone or with those beside it. "TT HĐND" is an office.
fn begins_table(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().map(|word| word.trim_end_matches('.'));
    let next = words.next();
    match first {
        Some("STT") => true,
        Some("TT") => next.is_none_or(|next| next.contains(char::is_lowercase)),
        Some("Số") => next == Some("TT"),
        _ => false,
    }
}
