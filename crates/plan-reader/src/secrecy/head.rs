//! Whether a word that is the weakest mark, and an ordinary word too, stands where a document has its mark: among the
//! lines of its head, not in a table that tells how secret its rows are, and not as the rest of another word.

use crate::stamp::seen;

/// What is read of a text so far.
#[derive(Default)]
pub struct Head {
    /// The title of the numbers stands above.
    in_table: bool,
    /// And one that says how secret the rows are.
    is_told: bool,
    /// The line before ends in the middle of a word.
    is_cut: bool,
}

/// What stands before "MẬT" where the end of a line parts words: of other places "BÍ" and "BẢO" are names (Uông Bí,
/// Vĩnh Bảo).
const HALVES: [&str; 10] =
    [" VỆ BÍ", " MỤC BÍ", " LIỆU BÍ", " TIN BÍ", " LỘ BÍ", " GIỮ BÍ", ", BẢO", " VÀ BẢO", " TÁC BẢO", " ĐỘ BẢO"];

impl Head {
    /// Whether this line, taken for a mark, is one of the document.
    pub fn holds(&self, line: &str) -> bool {
        !(self.is_told || self.is_cut) || is_named(line)
    }

    pub fn pass(&mut self, line: &str) {
        self.in_table = self.in_table || begins_table(line);
        self.is_told = self.is_told || self.in_table && says_degree(&plain(line));
        self.is_cut = HALVES.iter().any(|half| line.trim_end().ends_with(half));
    }
}

fn plain(line: &str) -> String {
    seen(line).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Độ mật", "Cấp độ mật", "Mức mật"; not "Cấp mật khẩu".
fn says_degree(said: &str) -> bool {
    let is_other = |behind: &str| [" khẩu", " mã"].iter().any(|word| behind.starts_with(word));
    let titles = ["độ mật", "mức mật", "cấp mật", "loại mật"];
    titles.iter().any(|title| said.split(title).skip(1).any(|behind| !is_other(behind)))
}

/// "Độ mật: MẬT", "Đóng dấu MẬT": said of the document wherever it stands.
fn is_named(line: &str) -> bool {
    let said = plain(line);
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
