//! How Vietnamese a text looks: of its words with letters beyond ASCII, how many are syllables.

use unicode_normalization::char::is_combining_mark;

use crate::syllable::is_syllable;

/// More words say no more.
const ENOUGH: usize = 3_000;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// Words that could tell.
    pub words: u32,
    /// Of them those that are syllables, from 0 to 1; 0 where there are none.
    pub share: f64,
    well: u32,
}

impl Look {
    /// Words that are no syllables.
    pub(super) fn wrong(&self) -> u32 {
        self.words - self.well
    }
}

pub(super) fn look(text: &str) -> Look {
    let telling = text.split(|c| !may_stand_in_word(c)).filter(|word| is_telling(word));
    let (mut words, mut well) = (0_u32, 0_u32);
    for word in telling.take(ENOUGH) {
        words += 1;
        well += u32::from(is_well_cased(word) && is_syllable(word));
    }
    Look { words, share: if words == 0 { 0.0 } else { f64::from(well) / f64::from(words) }, well }
}

/// A sign alone is a letter in some charset, whatever it means here.
fn is_telling(word: &str) -> bool {
    !word.is_ascii() && word.contains(|c: char| c.is_ascii_alphabetic()) && !is_short_form(word)
}

/// Letters, and the signs that stand for letters when a charset is taken for another.
fn may_stand_in_word(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || matches!(c, '\u{a1}'..='\u{bf}' | '×' | '÷')
}

/// `HĐND`, `QĐ`: no vowel, so no syllable in any charset.
pub(super) fn is_short_form(word: &str) -> bool {
    word.chars().all(|c| c == 'Đ' || c.is_ascii_uppercase() && !"AEIOUY".contains(c))
}

fn is_well_cased(word: &str) -> bool {
    let mut rest = word.chars().skip(1).filter(|c| c.is_alphabetic()).map(char::is_uppercase);
    let is_first_small = word.chars().next().is_some_and(char::is_lowercase);
    match rest.next() {
        None => true,
        Some(is_capital) => rest.all(|other| other == is_capital) && !(is_capital && is_first_small),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_and_wrong_charsets_look_different() {
        let right = look("Ủy ban nhân dân tỉnh, HĐND các cấp, KẾ HOẠCH năm 2026");
        assert_eq!((right.words, right.share), (9, 1.0));
        assert!(look("Uû ban nh©n d©n tØnh, H§ND c¸c cÊp").share < 0.2);
        assert!(look("Uûy ban nhaân daân tænh, caùc caáp").share < 0.2);
        assert!(look("tƠ bằNg").share < 0.1);
        assert_eq!(look("plain words 1,5").words, 0);
    }
}
