//! One point of time, as much of it as is written: a day, a month, a quarter, half a year or a year.

use super::{
    digits,
    model::Part,
    written::{Hint, Point},
};
use crate::{spelled, token::Tokens};

/// The point that begins at a place, and the place after it.
pub fn read(tokens: &Tokens, at: usize, hint: Hint) -> Option<(Point, usize)> {
    let (part, at) = part(tokens, at);
    let at = clock(tokens, at).filter(|next| tokens.word(*next) == "ngày").unwrap_or(at);
    let (point, next) = named(tokens, at).or_else(|| bare(tokens, at, hint).filter(|_| part.is_none()))?;
    Some((Point { part, ..point }, next))
}

fn part(tokens: &Tokens, at: usize) -> (Option<Part>, usize) {
    let part = match tokens.word(at) {
        "đầu" => Some(Part::Early),
        "giữa" => Some(Part::Middle),
        "cuối" => Some(Part::Late),
        _ => None,
    };
    let here = at + 1;
    match part.filter(|_| matches!(tokens.word(here), "tháng" | "quý" | "năm")) {
        Some(part) => (Some(part), here),
        None => (None, at),
    }
}

/// "17 giờ 00 phút," and "17h00" before a day.
fn clock(tokens: &Tokens, at: usize) -> Option<usize> {
    (tokens.digits(at).len() <= 2 && !tokens.digits(at).is_empty()).then_some(())?;
    let mut next = tokens.any(at + 1, &["giờ", "h", "g"])?;
    if !tokens.digits(next).is_empty() {
        next += 1;
    }
    while tokens.word(next) == "phút" || matches!(tokens.sign(next), Some(',' | '\'' | '’' | '-')) {
        next += 1;
    }
    Some(next)
}

fn named(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    match tokens.word(at) {
        "ngày" => day(tokens, at + 1),
        "tháng" => month(tokens, at + 1),
        "quý" => quarter(tokens, at + 1),
        "nửa" => half(tokens, at + 1),
        "năm" => year(tokens, at + 1),
        "các" | "những" | "cả" | "mốc" if tokens.word(at + 1) == "năm" => year(tokens, at + 2),
        "q" if tokens.is_glued(at + 1) => quarter(tokens, at + 1),
        glued if glued.starts_with('q') => glued_quarter(tokens, at),
        _ => months_of_year(tokens, at),
    }
}

fn day(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    if let Some((point, next)) = digits::slashed(tokens, at) {
        return Some((Point { is_weak: false, ..point }, next));
    }
    let day = digits::small(tokens, at)?;
    let alone = Point { day: Some(day), ..Point::default() };
    match tokens.phrase(at + 1, "tháng").and_then(|next| month(tokens, next)) {
        Some((month, next)) => Some((Point { day: Some(day), ..month }, next)),
        None => Some((alone, at + 1)),
    }
}

fn month(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (month, next) = match digits::small(tokens, at) {
        Some(month) => (month, at + 1),
        None => spelled_month(tokens, at)?,
    };
    let point = Point { month: Some(month), ..Point::default() };
    Some(with_year(tokens, point, next))
}

fn spelled_month(tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    match tokens.word(at) {
        "giêng" => Some((1, at + 1)),
        "chạp" => Some((12, at + 1)),
        // "tháng năm 2026" leaves its number out.
        "năm" if !tokens.is_capital(at) || digits::year(tokens, at + 1).is_some() => None,
        _ => {
            let (month, next) = spelled::read(tokens, at)?;
            u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).map(|month| (month, next))
        }
    }
}

fn quarter(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let quarter = roman(tokens.word(at)).or_else(|| digits::small(tokens, at).filter(|n| (1..=4).contains(n)))?;
    let point = Point { quarter: Some(quarter), ..Point::default() };
    Some(with_year(tokens, point, at + 1))
}

fn glued_quarter(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let word = tokens.word(at);
    let quarter = roman(word.strip_prefix("quý").or_else(|| word.strip_prefix('q'))?)?;
    Some(with_year(tokens, Point { quarter: Some(quarter), ..Point::default() }, at + 1))
}

pub fn roman(word: &str) -> Option<u8> {
    match word {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        _ => None,
    }
}

/// "nửa đầu năm 2026"
fn half(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let half = if tokens.word(at) == "đầu" { 1 } else { 2 };
    let next = tokens.any(at, &["đầu năm", "cuối năm", "đầu của năm", "cuối của năm", "sau năm"])?;
    let point = Point { half: Some(half), ..Point::default() };
    Some(with_bare_year(tokens, point, next))
}

/// "6 tháng đầu năm 2026", "9 tháng đầu năm", "sáu tháng cuối năm"
fn months_of_year(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (count, next) = match digits::small(tokens, at) {
        Some(count) => (count, at + 1),
        None => spelled::read(tokens, at).and_then(|(count, next)| Some((u8::try_from(count).ok()?, next)))?,
    };
    let is_first = tokens.any(next, &["tháng đầu năm", "tháng đầu của năm"]);
    let end = is_first.or_else(|| tokens.any(next, &["tháng cuối năm", "tháng cuối của năm"]))?;
    let count = Some(count).filter(|count| (1..12).contains(count))?;
    let point = match (count, is_first) {
        (6, Some(_)) => Point { half: Some(1), ..Point::default() },
        (6, None) => Point { half: Some(2), ..Point::default() },
        (_, Some(_)) => Point { months: Some((1, count)), ..Point::default() },
        (_, None) => Point { months: Some((13 - count, 12)), ..Point::default() },
    };
    Some(with_bare_year(tokens, point, end))
}

fn year(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let at = tokens.any(at, &["ngân sách", "kế hoạch"]).unwrap_or(at);
    let year = digits::year(tokens, at)?;
    Some((Point { year: Some(year), ..Point::default() }, at + 1))
}

fn with_year(tokens: &Tokens, point: Point, at: usize) -> (Point, usize) {
    match digits::year_behind(tokens, at) {
        Some((year, next)) => (Point { year: Some(year), ..point }, next),
        None => (point, at),
    }
}

fn with_bare_year(tokens: &Tokens, point: Point, at: usize) -> (Point, usize) {
    match digits::year(tokens, at) {
        Some(year) => (Point { year: Some(year), ..point }, at + 1),
        None => (point, at),
    }
}

/// What stands without a word before it: 30/6/2026, 05/2026, 30/6, 2026, or a number after one of a known kind.
fn bare(tokens: &Tokens, at: usize, hint: Hint) -> Option<(Point, usize)> {
    if let Some(found) = digits::slashed(tokens, at) {
        return Some(found);
    }
    if let Some(year) = digits::year(tokens, at) {
        return Some((Point { year: Some(year), is_weak: hint != Hint::Year, ..Point::default() }, at + 1));
    }
    match hint {
        Hint::Month => month(tokens, at).filter(|_| digits::small(tokens, at).is_some()),
        Hint::Quarter => quarter(tokens, at),
        Hint::Day => day(tokens, at),
        Hint::None => {
            let loose = digits::small(tokens, at)?;
            Some((Point { loose: Some(loose), is_weak: true, ..Point::default() }, at + 1))
        }
        Hint::Year => None,
    }
}
