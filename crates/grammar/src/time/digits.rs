//! Digits that are days, months and years: 31/12/2026, 2026-12-31, 05/2026, 30/6.

use super::written::Point;
use crate::token::Tokens;

/// A day or a month: one or two digits.
pub fn small(tokens: &Tokens, at: usize) -> Option<u8> {
    Some(tokens.digits(at)).filter(|digits| (1..=2).contains(&digits.len()))?.parse().ok()
}

/// A year in four digits, not a part of something longer.
pub fn year(tokens: &Tokens, at: usize) -> Option<i16> {
    let year = four(tokens, at)?;
    let goes_on = tokens.is_glued(at + 1)
        && (!tokens.word(at + 1).is_empty() || (tokens.sign(at + 1) == Some('/') && tokens.is_glued(at + 2)));
    (!goes_on && !is_inside(tokens, at)).then_some(year)
}

fn four(tokens: &Tokens, at: usize) -> Option<i16> {
    let token = tokens.get(at).filter(|token| !token.is_of_document && token.text.len() == 4)?;
    tokens.digits(at).parse().ok().filter(|year| (1900..=2100).contains(year) && token.text.len() == 4)
}

/// Whether what is before a number makes it a part of another: 12.2026, 2,2026.
fn is_inside(tokens: &Tokens, at: usize) -> bool {
    let before = at.checked_sub(1);
    let sign = before.and_then(|before| tokens.sign(before));
    let behind_digits =
        before.and_then(|before| before.checked_sub(1)).is_some_and(|two| !tokens.digits(two).is_empty());
    tokens.is_glued(at) && matches!(sign, Some('.' | ',' | ':')) && behind_digits
}

/// The year behind a month or a quarter: "/2026", "năm 2026", "-2026", " 2026", ", năm 2026".
pub fn year_behind(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let next = match tokens.sign(at) {
        Some('/') => at + 1,
        Some('-' | '–') if tokens.is_glued(at) && tokens.is_glued(at + 1) => at + 1,
        Some(',' | '(') if tokens.word(at + 1) == "năm" => at + 1,
        Some(_) => return None,
        None => at,
    };
    let next = tokens.any(next, &["của năm", "năm"]).unwrap_or(next);
    year(tokens, next).map(|year| (year, next + 1))
}

/// Two or three numbers with one sign between them, as far as they are a day or a month.
pub fn slashed(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let sign = tokens.sign(at + 1).filter(|sign| matches!(sign, '/' | '-' | '.' | '–'))?;
    let is_tight = tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    // "ngày 30 - 6 - 2026"
    let is_loose =
        tokens.sign(at + 3) == Some(sign) && four(tokens, at + 4).is_some() && small(tokens, at + 2).is_some();
    if tokens.get(at)?.is_of_document || is_behind_a_sign(tokens, at) || !(is_tight || sign == '/' || is_loose) {
        return None;
    }
    let next = at + 2;
    let three = tokens.sign(at + 3) == Some(sign) && (tokens.is_glued(at + 4) || sign == '/' || is_loose);
    if three && !tokens.digits(at + 4).is_empty() {
        return whole(tokens, at, sign).filter(|_| !goes_on(tokens, at + 5)).map(|point| (point, at + 5));
    }
    if goes_on(tokens, at + 3) {
        return None;
    }
    match (small(tokens, at), small(tokens, next), year(tokens, next)) {
        (Some(month), _, Some(year)) if sign != '.' && (1..=12).contains(&month) => {
            Some((Point { month: Some(month), year: Some(year), ..Point::default() }, at + 3))
        }
        (Some(day), Some(month), _) if sign == '/' => Some(day_and_month(tokens, day, month, at + 3)),
        _ => None,
    }
}

fn day_and_month(tokens: &Tokens, day: u8, month: u8, at: usize) -> (Point, usize) {
    let point = Point { day: Some(day), month: Some(month), is_weak: true, ..Point::default() };
    match tokens.phrase(at, "năm").and_then(|next| Some((year(tokens, next)?, next + 1))) {
        Some((year, next)) => (Point { year: Some(year), is_weak: false, ..point }, next),
        None => (point, at),
    }
}

fn whole(tokens: &Tokens, at: usize, sign: char) -> Option<Point> {
    let (first, middle, last) = (at, at + 2, at + 4);
    let month = small(tokens, middle)?;
    let point = Point { month: Some(month), ..Point::default() };
    if let (Some(year), Some(day)) = (four(tokens, first), small(tokens, last)) {
        return Some(Point { day: Some(day), year: Some(year), ..point });
    }
    let day = small(tokens, first)?;
    if let Some(year) = four(tokens, last) {
        return Some(Point { day: Some(day), year: Some(year), ..point });
    }
    let short = small(tokens, last).filter(|_| sign == '/' && tokens.digits(last).len() == 2)?;
    let plausible = (1..=31).contains(&day) && (1..=12).contains(&month);
    plausible.then(|| Point { day: Some(day), year: Some(2000 + i16::from(short)), has_short_year: true, ..point })
}

/// A number that is a later part of a chain: the 5/6 of 4/5/6 was looked at with its first.
fn is_behind_a_sign(tokens: &Tokens, at: usize) -> bool {
    let sign = at.checked_sub(1).and_then(|before| tokens.sign(before));
    let two = at.checked_sub(2);
    tokens.is_glued(at)
        && matches!(sign, Some('/' | '.' | ','))
        && two.is_some_and(|two| !tokens.digits(two).is_empty() || !tokens.word(two).is_empty())
}

fn goes_on(tokens: &Tokens, at: usize) -> bool {
    let glued = tokens.is_glued(at);
    let sign = tokens.sign(at);
    let digits_behind = tokens.is_glued(at + 1) && !tokens.digits(at + 1).is_empty();
    glued
        && (!tokens.word(at).is_empty()
            || (sign == Some('/') && tokens.is_glued(at + 1))
            || (matches!(sign, Some('.' | ',')) && digits_behind)
            || sign == Some('%'))
}
