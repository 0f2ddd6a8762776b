//! Words compared without case, marks and runs of blanks.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without marks, đ as d, whatever is no letter or digit as one blank.
pub fn fold(text: &str) -> String {
    words(text.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c }))
}

/// Lower case with its marks: "hạn" is not "hàn".
pub(crate) fn lower(text: &str) -> String {
    words(text.nfc())
}

fn words(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in letters.flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// Whether these words stand in that text next to each other, each whole.
pub(crate) fn has_words(text: &str, words: &str) -> bool {
    let (text, words): (Vec<&str>, Vec<&str>) = (text.split(' ').collect(), words.split(' ').collect());
    !words.is_empty() && text.windows(words.len()).any(|part| part == words.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_marks_and_blanks() {
        assert_eq!(fold("  Đơn vị \n CHỦ  TRÌ:"), "don vi chu tri");
        assert_eq!(fold("Thời hạn (ngày)".nfd().collect::<String>().as_str()), "thoi han ngay");
        assert_eq!(lower("Thời hạn (ngày)".nfd().collect::<String>().as_str()), "thời hạn ngày");
    }

    #[test]
    fn only_whole_words_count() {
        assert!(!has_words("co quan ban hanh", "han"));
        assert!(has_words("co quan ban hanh", "ban hanh"));
        assert!(has_words("han", "han"));
        assert!(!has_words("", "han"));
    }
}
