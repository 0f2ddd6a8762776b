//! A text as its words, one blank between them, with the way back to its bytes: where a sentence stands, whatever the
//! line breaks, the page numbers and the form of its letters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

pub struct Folded {
    text: String,
    /// Where each word begins in the folded text, and its bytes in the original.
    words: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// `furniture`: lines that the pages bring and no sentence holds.
    pub fn new(original: &str, furniture: &[String]) -> Self {
        let mut out = Self { text: String::new(), words: Vec::new() };
        let mut at = 0;
        for line in original.split_inclusive('\n') {
            if !furniture.iter().any(|known| fold(known) == fold(line)) || line.trim().is_empty() {
                out.line(line, at);
            }
            at += line.len();
        }
        out
    }

    fn line(&mut self, line: &str, from: usize) {
        let mut start = None;
        for (at, letter) in line.char_indices().chain([(line.len(), ' ')]) {
            match (letter.is_whitespace(), start) {
                (false, None) => start = Some(at),
                (true, Some(begin)) => {
                    self.word(&line[begin..at], from + begin..from + at);
                    start = None;
                }
                _ => {}
            }
        }
    }

    fn word(&mut self, word: &str, bytes: Range<usize>) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.words.push((self.text.len(), bytes));
        self.text.extend(word.nfc());
    }

    pub fn count(&self, sentence: &str) -> usize {
        let sentence = fold(sentence);
        if sentence.is_empty() { 0 } else { self.text.matches(&sentence).count() }
    }

    /// The bytes of the original in which the sentence stands first.
    pub fn find(&self, sentence: &str) -> Option<Range<usize>> {
        let sentence = fold(sentence);
        let start = self.text.find(&sentence).filter(|_| !sentence.is_empty())?;
        let word = |at: usize| self.words.partition_point(|(begin, _)| *begin <= at).checked_sub(1);
        let (first, last) = (word(start)?, word(start + sentence.len() - 1)?);
        Some(self.words[first].1.start..self.words[last].1.end)
    }
}

/// NFC, one blank for any white space, nothing at the ends: no mark of a list before, no stop behind.
pub fn fold(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(|word| word.nfc().collect()).collect();
    let joined = words.join(" ");
    let bare = joined.trim_start_matches(['-', '–', '+', '•', '*', ' ']);
    bare.trim_end_matches(['.', ',', ';', ':', '/', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_over_lines_pages_and_decomposed_letters() {
        let text = "Sở Mẫu\r\nrà soát\n2\n  hồ sơ.".nfd().collect::<String>();
        let folded = Folded::new(&text, &["2".to_owned()]);
        assert_eq!(folded.count("Sở Mẫu rà soát hồ sơ;"), 1);
        let place = folded.find("rà soát hồ sơ").unwrap();
        assert!(text[place.clone()].ends_with("sơ.".nfd().collect::<String>().as_str()), "{}", &text[place]);
        assert_eq!(folded.find("không có"), None);
    }
}
