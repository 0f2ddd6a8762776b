//! What must have happened first: "sau khi Bộ X ban hành hướng dẫn", "ngay khi có kết quả".

use super::model::{Bound, Time};
use crate::token::Tokens;

const OPENINGS: &[(&str, Bound)] = &[
    ("ngay sau khi", Bound::From),
    ("kể từ khi", Bound::From),
    ("sau khi", Bound::From),
    ("ngay sau", Bound::From),
    ("ngay khi", Bound::From),
    ("từ khi", Bound::From),
    ("chậm nhất khi", Bound::By),
    ("trước khi", Bound::Before),
    ("trước kỳ họp", Bound::Before),
    ("trước đại hội", Bound::Before),
    ("trước tết", Bound::Before),
    ("trước mùa", Bound::Before),
    ("sau kỳ họp", Bound::From),
    ("sau đại hội", Bound::From),
    ("khi có", Bound::In),
    ("khi được", Bound::In),
    ("khi phát sinh", Bound::In),
    ("khi cần thiết", Bound::In),
];
/// What begins something else: a time of its own, or what is to be done.
const CLOSINGS: [&str; 16] = [
    "hoàn thành",
    "xong trước",
    "chậm nhất",
    "muộn nhất",
    "trước ngày",
    "trước tháng",
    "trước quý",
    "trong quý",
    "trong tháng",
    "trong năm",
    "đến hết",
    "đến ngày",
    "đồng thời",
    "thì phải",
    "nhưng không",
    "và báo",
];
/// Of how many words what happened is told at most.
const LONGEST: usize = 40;

/// The event that begins at a place, and the place after it.
pub fn read(tokens: &Tokens, at: usize) -> Option<(Time, Bound, usize)> {
    let (words, bound) = OPENINGS.iter().find(|(words, _)| tokens.phrase(at, words).is_some())?;
    let next = tokens.phrase(at, words)?;
    if *words == "ngay sau" && !tokens.is_capital(next) {
        return None;
    }
    let end = end(tokens, next);
    // "trước kỳ họp": its noun is what happens.
    let is_noun = !words.ends_with("khi") && *words != "ngay sau";
    let told = if is_noun { at + 1..end } else { next..end };
    (end > next || is_noun).then(|| (Time::Event(tokens.written(told).to_owned()), *bound, end.max(next)))
}

/// Where the words of what happened end: at a sign that parts clauses, or where a new one begins.
pub fn end(tokens: &Tokens, from: usize) -> usize {
    let mut at = from;
    let mut depth = 0_u8;
    while at < tokens.len().min(from + LONGEST) {
        match tokens.sign(at) {
            Some('(') => depth = depth.saturating_add(1),
            Some(')' | ',' | ';' | ':') if depth == 0 && !is_list(tokens, from, at) => break,
            Some(')') => depth = depth.saturating_sub(1),
            Some('.') if tokens.ends_sentence(at) => break,
            _ => {}
        }
        if depth == 0 && at > from && tokens.any(at, &CLOSINGS).is_some() {
            break;
        }
        at += 1;
    }
    if at > from + 1 && matches!(tokens.word(at - 1), "và" | "hoặc") { at - 1 } else { at }
}

/// "sau khi Bộ Tài chính, Bộ Nội vụ ban hành": the comma parts two of a kind, not two clauses.
fn is_list(tokens: &Tokens, from: usize, comma: usize) -> bool {
    tokens.sign(comma) == Some(',')
        && tokens.is_capital(comma + 1)
        && !tokens.word(from).is_empty()
        && tokens.word(from) == tokens.word(comma + 1)
}
