//! The day of a round: "trước ngày 25 hằng tháng", "ngày 15 tháng cuối quý", "trước 30/6 hằng năm", "thứ Sáu hằng tuần".

use std::ops::Range;

use super::{
    bound,
    dated::{self, Points},
    model::{Bound, Every, InMonth, On},
    point,
    recurring::{self, Round},
    written::Point,
};
use crate::token::Tokens;

/// The days of a round that stand before its words, the round, and the place after it.
pub fn before(tokens: &Tokens, points: &Points) -> Option<(Round, Vec<On>, usize)> {
    if points.is_range {
        return None;
    }
    let (round, month, next) = round_behind(tokens, points.next)?;
    Some((round, on(&points.list, month)?, next))
}

fn on(list: &[(Point, Range<usize>)], in_month: Option<InMonth>) -> Option<Vec<On>> {
    list.iter().map(|(point, _)| one(*point).map(|on| On { in_month, ..on })).collect()
}

fn one(point: Point) -> Option<On> {
    let is_set = point.day.is_some() || point.month.is_some() || point.quarter.is_some();
    (point.year.is_none() && is_set && point.loose.is_none()).then_some(On {
        day: point.day,
        month: point.month,
        quarter: point.quarter,
        ..On::default()
    })
}

/// "hằng tháng", "của tháng cuối quý", "tháng sau", behind a day.
fn round_behind(tokens: &Tokens, at: usize) -> Option<(Round, Option<InMonth>, usize)> {
    let at = if tokens.sign(at) == Some(',') { at + 1 } else { at };
    let next = tokens.phrase(at, "của").unwrap_or(at);
    let of = |every| Round { every, count: 1 };
    if let Some((month, end)) = month_of_quarter(tokens, next) {
        return Some((of(Every::Quarter), Some(month), end));
    }
    if let Some(end) = tokens.any(next, &["tháng sau", "tháng tiếp theo", "tháng kế tiếp", "tháng liền kề"])
    {
        return Some((of(Every::Month), None, end));
    }
    tokens.any(next, &recurring::EACH)?;
    recurring::read(tokens, next).first().map(|(round, span)| (*round, None, span.end))
}

/// "tháng cuối quý", "tháng cuối cùng của mỗi quý", "tháng đầu tiên của quý sau"
fn month_of_quarter(tokens: &Tokens, at: usize) -> Option<(InMonth, usize)> {
    let last = tokens.any(at, &["tháng cuối cùng", "tháng cuối", "tháng thứ ba"]);
    let first = tokens.any(at, &["tháng đầu tiên", "tháng đầu"]);
    let month = if last.is_some() { InMonth::Last } else { InMonth::First };
    let next = last.or(first)?;
    let next = tokens.phrase(next, "của").unwrap_or(next);
    let next = tokens.any(next, &recurring::EACH).unwrap_or(next);
    let of_report = tokens.phrase(next, "quý báo cáo").filter(|end| tokens.word(*end).is_empty());
    let end = of_report.or_else(|| tokens.any(next, &["quý tiếp theo", "quý kế tiếp", "quý sau", "quý"]))?;
    // "tháng cuối quý II" is a month.
    point::roman(tokens.word(end)).is_none().then_some((month, end))
}

/// The days behind the words of a round, in brackets or after a comma or not: "hằng năm (trước ngày 10/12)".
pub fn behind(tokens: &Tokens, at: usize) -> Option<(Bound, Vec<On>, usize)> {
    let opens = tokens.sign(at) == Some('(');
    let at = if opens || tokens.sign(at) == Some(',') { at + 1 } else { at };
    let (bound, next) = bound::read(tokens, at);
    let (on, end) = days(tokens, next).or_else(|| weekday(tokens, next))?;
    let closes = opens && tokens.sign(end) == Some(')');
    let is_bound = bound != Bound::Bare || opens || matches!(tokens.word(next), "ngày" | "thứ");
    is_bound.then_some((bound, on, if closes { end + 1 } else { end }))
}

fn days(tokens: &Tokens, at: usize) -> Option<(Vec<On>, usize)> {
    let points = dated::points(tokens, at)?;
    if points.is_range {
        return None;
    }
    let month = month_of_quarter(tokens, tokens.phrase(points.next, "của").unwrap_or(points.next));
    let days = on(&points.list, month.map(|(month, _)| month))?;
    let own = tokens.any(points.next, &["của tháng", "trong tháng"]);
    Some((days, month.map(|(_, end)| end).or(own).unwrap_or(points.next)))
}

/// "thứ Sáu hằng tuần", "chiều thứ 6 hằng tuần"
pub fn weekly(tokens: &Tokens, at: usize) -> Option<(Round, Vec<On>, usize)> {
    let (on, next) = weekday(tokens, at)?;
    tokens.any(next, &recurring::EACH)?;
    let (round, span) = recurring::read(tokens, next).into_iter().next()?;
    (round.every == Every::Week).then_some((round, on, span.end))
}

fn weekday(tokens: &Tokens, at: usize) -> Option<(Vec<On>, usize)> {
    let at = tokens.any(at, &["sáng", "chiều", "ngày"]).unwrap_or(at);
    let (day, next) = match tokens.word(at) {
        "thứ" => (nth(tokens, at + 1)?, at + 2),
        "chủ" if tokens.word(at + 1) == "nhật" => (7, at + 2),
        _ => return None,
    };
    Some((vec![On { weekday: Some(day), ..On::default() }], next))
}

fn nth(tokens: &Tokens, at: usize) -> Option<u8> {
    let written = tokens.digits(at).parse().ok().filter(|day| (2..=7).contains(day));
    let day = match tokens.word(at) {
        "hai" => Some(2),
        "ba" => Some(3),
        "tư" => Some(4),
        "năm" => Some(5),
        "sáu" => Some(6),
        "bảy" => Some(7),
        _ => written,
    };
    day.and_then(|day: u8| day.checked_sub(1))
}
