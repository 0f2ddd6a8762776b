//! How a text is cut into words, and how words are compared.

use crate::letter::{self, is_alphanumeric, is_uppercase};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    /// A capital and small letters, or one capital.
    Capital,
    /// Two capitals or more, "KH&CN" and "TTg" too.
    Upper,
    Number,
    Mark(char),
}

/// How many bytes the word has that begins the text: letters and digits, and "&" between them. Any other character is a
/// word by itself.
pub(super) fn length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !is_letter(first) {
        return Some(first.len_utf8());
    }
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joined = letter == '&' && letters.peek().is_some_and(|(_, next)| is_letter(*next));
        if !is_letter(letter) && !joined {
            break;
        }
        end = at + letter.len_utf8();
    }
    Some(end)
}

/// The words of a text.
pub(super) fn cut(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (word, after) = rest.split_at_checked(length(rest)?)?;
        rest = after;
        Some(word)
    })
}

fn is_letter(letter: char) -> bool {
    is_alphanumeric(letter) || ('\u{300}'..='\u{36f}').contains(&letter)
}

pub(super) fn shape(word: &str) -> Shape {
    let first = word.chars().next().unwrap_or(' ');
    if !is_letter(first) {
        return Shape::Mark(plain(first));
    }
    if first.is_numeric() {
        return Shape::Number;
    }
    let big = word.chars().filter(|letter| is_uppercase(*letter)).count();
    match (is_uppercase(first), big) {
        (false, _) => Shape::Lower,
        (true, 0 | 1) => Shape::Capital,
        (true, _) => Shape::Upper,
    }
}

/// Words as they are compared: small letters, one đ, one dash, and the tone on the first vowel ("hoà" is "hòa").
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

/// The same in a text that is used again and again: each word of each text is folded.
pub(super) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    for letter in word.chars() {
        match letter::small(letter) {
            Some(small) => folded.push(plain(small)),
            None => folded.extend(letter.to_lowercase().map(plain)),
        }
    }
    let mut ends = folded.char_indices().rev();
    let (Some((_, tone)), Some((before, vowel))) = (ends.next(), ends.next()) else { return };
    let ahead = ends.next().map(|(_, letter)| letter);
    if let Some((toned, bare)) = moved(vowel, tone).filter(|_| !(vowel == 'u' && ahead == Some('q'))) {
        folded.truncate(before);
        folded.extend([toned, bare]);
    }
}

fn plain(letter: char) -> char {
    match letter {
        'ð' => 'đ',
        '–' | '—' | '−' => '-',
        other => other,
    }
}

fn moved(vowel: char, tone: char) -> Option<(char, char)> {
    let (marked, bare, toned) = match vowel {
        'o' if "àáảãạ".contains(tone) => ("òóỏõọ", 'a', "àáảãạ"),
        'o' => ("òóỏõọ", 'e', "èéẻẽẹ"),
        'u' => ("ùúủũụ", 'y', "ỳýỷỹỵ"),
        _ => return None,
    };
    let at = toned.chars().position(|letter| letter == tone)?;
    Some((marked.chars().nth(at)?, bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in
            [("Hoà", "hòa"), ("ỦY", "uỷ"), ("Khoẻ", "khỏe"), ("Thuý", "thúy"), ("Ðơn", "Đơn"), ("–", "-")]
        {
            assert_eq!(fold(one), fold(other));
        }
        assert_ne!(fold("quý"), fold("qúy"));
        assert_eq!(fold("hoàn"), "hoàn");
    }

    #[test]
    fn words_are_cut_at_marks_and_not_at_ampersands() {
        let words: Vec<&str> = cut("Sở KH&CN, (xã A–B)").collect();
        assert_eq!(words, ["Sở", "KH&CN", ",", "(", "xã", "A", "–", "B", ")"]);
        assert_eq!(shape("KH&CN"), Shape::Upper);
        assert_eq!(shape("Mẫu"), Shape::Capital);
        assert_eq!(shape("–"), Shape::Mark('-'));
    }
}
