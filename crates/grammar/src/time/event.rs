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
    ("trước hội nghị", Bound::Before),
    ("trước phiên họp", Bound::Before),
    ("trước thời điểm", Bound::Before),
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
const AROUND: [(&str, Bound); 9] = [
    ("trước trong và sau", Bound::In),
    ("trước và trong", Bound::In),
    ("trong và sau", Bound::In),
    ("trước và sau", Bound::In),
    ("trong suốt", Bound::In),
    ("trong", Bound::In),
    ("nhân", Bound::In),
    ("vào", Bound::In),
    ("trước", Bound::Before),
];
/// Parts of a year that have no day: the longer of two that begin alike stands first.
const SEASONS: [&str; 14] = [
    "dịp tết nguyên đán",
    "dịp tết",
    "dịp lễ",
    "dịp hè",
    "kỳ nghỉ hè",
    "tết nguyên đán",
    "tết",
    "hè",
    "mùa mưa bão",
    "mùa mưa lũ",
    "mùa mưa",
    "mùa khô",
    "mùa bão",
    "mùa lũ",
];
/// Behind "trong thời gian": how long it is, or that nobody says.
const NO_SPAN: [&str; 12] = ["tới", "qua", "vừa", "này", "đó", "gần", "ngắn", "sớm", "nhanh", "tiếp", "trước", "nhất"];

/// "trong suốt mùa khô", "dịp hè", "trước, trong và sau Tết", "trong thời gian dự báo cháy rừng cấp III".
pub fn season(tokens: &Tokens, at: usize) -> Option<(Time, Bound, usize)> {
    let told = |from: usize, end: usize| Time::Event(tokens.written(from..end).to_owned());
    let (bound, next) = around(tokens, at).unwrap_or((Bound::In, at));
    let is_bare = next == at;
    if let Some(end) = tokens.any(next, &SEASONS).filter(|_| !is_bare || tokens.word(at) == "dịp") {
        return Some((told(next, end), bound, end));
    }
    let lasts = tokens.any(next, &["thời gian"]).filter(|_| bound == Bound::In && !is_bare)?;
    let is_told = !tokens.word(lasts).is_empty() && !NO_SPAN.contains(&tokens.word(lasts));
    let end = end(tokens, lasts);
    (is_told && end > lasts).then(|| (told(next, end), bound, end))
}

/// "trước, trong và sau", with or without its comma.
fn around(tokens: &Tokens, at: usize) -> Option<(Bound, usize)> {
    let listed = tokens.word(at) == "trước" && tokens.sign(at + 1) == Some(',');
    if listed && let Some(end) = tokens.phrase(at + 2, "trong và sau") {
        return Some((Bound::In, end));
    }
    AROUND.iter().find_map(|(words, bound)| Some((*bound, tokens.phrase(at, words)?)))
}

/// "trong tuần này", "trong tuần 25", "ngay trong tháng này", "trong ngày": a round that is told by where today lies in it.
pub fn near(tokens: &Tokens, at: usize) -> Option<(Time, usize)> {
    let which = at + 1;
    let is_round = matches!(tokens.word(at), "tuần" | "tháng" | "quý" | "năm" | "ngày" | "hôm");
    let named = ["này", "nay", "tới", "sau", "tiếp theo", "hôm nay"];
    let numbered = || tokens.digits(which).parse::<u8>().is_ok_and(|week| (1..=53).contains(&week));
    let end = tokens
        .any(which, &named)
        .filter(|_| is_round)
        .or_else(|| (tokens.word(at) == "tuần" && numbered()).then_some(which + 1))
        .or_else(|| (matches!(tokens.word(at), "tuần" | "ngày") && tokens.ends_sentence(which)).then_some(which))?;
    Some((Time::Event(tokens.written(at..end).to_owned()), end))
}

/// The event that begins at a place, and the place after it.
pub fn read(tokens: &Tokens, at: usize) -> Option<(Time, Bound, usize)> {
    let (words, bound) = OPENINGS.iter().find(|(words, _)| tokens.phrase(at, words).is_some())?;
    let next = tokens.phrase(at, words)?;
    let is_dated = !tokens.digits(next).is_empty() || tokens.word(next) == "ngày";
    if *words == "ngay sau" && !tokens.is_capital(next) || *words == "trước thời điểm" && is_dated {
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
