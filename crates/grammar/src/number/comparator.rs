//! The words that say how a figure is meant: "tối thiểu", "không quá", "trên", "trở lên".

use super::model::Comparator;
use crate::token::Tokens;

/// Of two phrases that end alike the longer stands first.
const WORDS: &[(&str, Comparator)] = &[
    ("tối thiểu từ", Comparator::AtLeast),
    ("ít nhất từ", Comparator::AtLeast),
    ("tối thiểu", Comparator::AtLeast),
    ("ít nhất", Comparator::AtLeast),
    ("không dưới", Comparator::AtLeast),
    ("không thấp hơn", Comparator::AtLeast),
    ("không ít hơn", Comparator::AtLeast),
    ("không nhỏ hơn", Comparator::AtLeast),
    ("không kém", Comparator::AtLeast),
    ("tối đa", Comparator::AtMost),
    ("nhiều nhất", Comparator::AtMost),
    ("cao nhất", Comparator::AtMost),
    ("không vượt quá", Comparator::AtMost),
    ("không quá", Comparator::AtMost),
    ("không để quá", Comparator::AtMost),
    ("không trên", Comparator::AtMost),
    ("không cao hơn", Comparator::AtMost),
    ("không nhiều hơn", Comparator::AtMost),
    ("không lớn hơn", Comparator::AtMost),
    ("không hơn", Comparator::AtMost),
    ("thấp hơn", Comparator::Below),
    ("nhỏ hơn", Comparator::Below),
    ("ít hơn", Comparator::Below),
    ("dưới", Comparator::Below),
    ("cao hơn", Comparator::Above),
    ("lớn hơn", Comparator::Above),
    ("nhiều hơn", Comparator::Above),
    ("vượt", Comparator::Above),
    ("trên", Comparator::Above),
    ("hơn", Comparator::Above),
    ("xấp xỉ", Comparator::About),
    ("ước đạt", Comparator::About),
    ("ước khoảng", Comparator::About),
    ("khoảng", Comparator::About),
    ("chừng", Comparator::About),
    ("gần", Comparator::About),
    ("ước", Comparator::About),
    ("đạt", Comparator::Equal),
    ("đạt mức", Comparator::Equal),
    ("ở mức", Comparator::Equal),
    ("bằng", Comparator::Equal),
    ("là", Comparator::Equal),
    ("đủ", Comparator::Equal),
];
/// Of how many phrases one comparator is made at most.
const MOST: usize = 4;

/// What the words before a place say, and where they begin. The nearest counts; "đạt" only where it stands alone.
pub fn before(tokens: &Tokens, at: usize, floor: usize) -> (Option<Comparator>, usize) {
    let (mut said, mut start) = (None, at);
    for _ in 0..MOST {
        let Some((comparator, from)) = one(tokens, start, floor) else { break };
        said = match said {
            None | Some(Comparator::Equal) => Some(comparator),
            Some(Comparator::About) if comparator != Comparator::Equal => Some(comparator),
            other => other,
        };
        start = from;
    }
    (said, start)
}

fn one(tokens: &Tokens, at: usize, floor: usize) -> Option<(Comparator, usize)> {
    if let Some(found) = sign(tokens, at, floor) {
        return Some(found);
    }
    let ends = |phrase: &str| tokens.ends_with(at, phrase).then(|| at - phrase.split(' ').count());
    let found = WORDS.iter().find_map(|(words, comparator)| Some((*comparator, ends(words)?)));
    found.filter(|(_, from)| *from >= floor)
}

fn sign(tokens: &Tokens, at: usize, floor: usize) -> Option<(Comparator, usize)> {
    let last = at.checked_sub(1).filter(|last| *last >= floor)?;
    let first = last.checked_sub(1).filter(|first| *first >= floor && tokens.is_glued(last));
    let two = first.and_then(|first| Some((first, tokens.sign(first)?)));
    match (two, tokens.sign(last)?) {
        (Some((from, '>')), '=') | (Some((from, '=')), '>') => Some((Comparator::AtLeast, from)),
        (Some((from, '<')), '=') | (Some((from, '=')), '<') => Some((Comparator::AtMost, from)),
        (_, '≥' | '⩾') => Some((Comparator::AtLeast, last)),
        (_, '≤' | '⩽') => Some((Comparator::AtMost, last)),
        (_, '>' | '˃') => Some((Comparator::Above, last)),
        (_, '<' | '˂') => Some((Comparator::Below, last)),
        (_, '=') => Some((Comparator::Equal, last)),
        (_, '~' | '≈') => Some((Comparator::About, last)),
        _ => None,
    }
}

/// "trở lên", "trở xuống" behind a figure, also behind a few words that say of what: "80% số xã trở lên".
pub fn behind(tokens: &Tokens, at: usize) -> Option<(Comparator, usize)> {
    for here in at..at + 7 {
        let up = tokens.any(here, &["trở lên", "hoặc cao hơn", "hoặc hơn", "hoặc nhiều hơn"]);
        if let Some(end) = up {
            return Some((Comparator::AtLeast, end));
        }
        if let Some(end) = tokens.any(here, &["trở xuống", "hoặc thấp hơn", "hoặc ít hơn"]) {
            return Some((Comparator::AtMost, end));
        }
        if tokens.word(here).is_empty() {
            return None;
        }
    }
    None
}
