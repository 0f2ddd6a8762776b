//! Stretches of time and what they are counted from: "trong 15 ngày làm việc kể từ ngày ký".

use super::{
    digits, event,
    model::{Bound, Time, Unit},
};
use crate::{spelled, token::Tokens};

/// The stretch that begins at a place, and the place after it. Without a bound, "kể từ" must stand behind it.
pub fn read(tokens: &Tokens, at: usize, bound: Bound) -> Option<(Time, usize)> {
    let (count, to, next) = counts(tokens, at)?;
    let (unit, next) = unit(tokens, next)?;
    let is_part = matches!(tokens.word(next), "đầu" | "cuối" | "một") || digits::year(tokens, next).is_some();
    if is_part || tokens.sign(next) == Some('/') {
        return None;
    }
    let (from, end) = from(tokens, next);
    let time = Time::Relative { count, to, unit, from };
    (bound != Bound::Bare || end > next).then_some((time, end))
}

fn counts(tokens: &Tokens, at: usize) -> Option<(u16, Option<u16>, usize)> {
    let (count, next) = count(tokens, at)?;
    let other = matches!(tokens.sign(next), Some('-' | '–')).then_some(next + 1);
    let other = other.or_else(|| tokens.any(next, &["đến", "hoặc"]));
    match other.and_then(|other| self::count(tokens, other)) {
        Some((to, end)) => Some((count, Some(to), end)),
        None => Some((count, None, next)),
    }
}

/// "15", "mười lăm", "15 (mười lăm)"
fn count(tokens: &Tokens, at: usize) -> Option<(u16, usize)> {
    let digits = tokens.digits(at);
    if digits.is_empty() {
        let (count, next) = spelled::read(tokens, at)?;
        return u16::try_from(count).ok().map(|count| (count, next));
    }
    let count = digits.parse().ok().filter(|_| digits.len() <= 3)?;
    let in_words = (tokens.sign(at + 1) == Some('(')).then(|| spelled::read(tokens, at + 2)).flatten();
    let next = in_words.map(|(_, next)| next).filter(|next| tokens.sign(*next) == Some(')'));
    Some((count, next.map_or(at + 1, |next| next + 1)))
}

fn unit(tokens: &Tokens, at: usize) -> Option<(Unit, usize)> {
    let units = [
        ("ngày làm việc", Unit::WorkingDay),
        ("giờ làm việc", Unit::WorkingHour),
        ("ngày", Unit::Day),
        ("giờ", Unit::Hour),
        ("tuần", Unit::Week),
        ("tháng", Unit::Month),
        ("quý", Unit::Quarter),
        ("năm", Unit::Year),
    ];
    units.iter().find_map(|(words, unit)| Some((*unit, tokens.phrase(at, words)?)))
}

/// What a stretch is counted from, in its words: "ngày nhận được văn bản".
fn from(tokens: &Tokens, at: usize) -> (Option<String>, usize) {
    let comma = if tokens.sign(at) == Some(',') { at + 1 } else { at };
    let words = ["kể từ khi", "kể từ", "tính từ", "sau khi", "trước khi", "từ khi"];
    // "từ" alone is also where money comes from.
    let day = tokens.phrase(comma, "từ ngày").map(|next| next - 1);
    let Some(next) = tokens.any(comma, &words).or(day) else { return (None, at) };
    let end = event::end(tokens, next);
    if end == next {
        return (None, at);
    }
    (Some(tokens.written(next..end).to_owned()), end)
}
