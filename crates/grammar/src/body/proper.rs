//! A place behind a name that has said all else: "Tỉnh đoàn" + "Bản Mẫu", "Bảo hiểm xã hội" + "Việt Nam".

use super::{
    lexicon::Role,
    starts::{is_none, level, starts},
    words::Words,
};

/// How many syllables a place has; more capitals in a row are a heading.
const LONGEST: usize = 3;

/// Where the place ends. A sentence begins with one capital, a place has as many as syllables; one capital alone is a
/// place where it is known to be.
pub(super) fn proper(words: &mut Words, at: usize) -> Option<usize> {
    let mut to = at;
    while to <= at + LONGEST && is_syllable(words, to) {
        to += 1;
    }
    let fits = (2..=LONGEST).contains(&(to - at)) && !words.is_big(to) && !begins_more(words, at, to);
    if fits {
        return Some(to);
    }
    let known = words.longest(at, Role::Place).filter(|place| place.has('c'));
    known.map(|place| at + place.words).filter(|end| *end <= to)
}

fn is_syllable(words: &mut Words, at: usize) -> bool {
    words.get(at).is_some_and(|word| word.is_big() && word.lines == 0)
        && !starts(words, at)
        && !is_none(words, at)
        && level(words, at).is_none()
}

/// Whether the last capital begins words that go on behind it ("Khối" + "Doanh nghiệp").
fn begins_more(words: &mut Words, from: usize, to: usize) -> bool {
    (from..to).any(|at| at + words.reach(at) > to)
}
