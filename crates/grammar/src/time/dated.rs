//! Times that are fixed in the calendar: one point, a range of two, a list of several.

use std::ops::Range;

use super::{
    doubt,
    model::{Doubt, Part, Time},
    point,
    written::{Hint, Point},
};
use crate::token::Tokens;

/// A time, the tokens that name it, and what is to be doubted of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    pub tokens: Range<usize>,
    pub time: Time,
    pub part: Option<Part>,
    pub doubt: Option<Doubt>,
}

/// What a list holds at most.
const MOST: usize = 12;

/// The points that a place begins with: one, two with "to" between them, or several of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub list: Vec<(Point, Range<usize>)>,
    pub is_range: bool,
    pub next: usize,
}

pub fn points(tokens: &Tokens, at: usize) -> Option<Points> {
    let (first, next) = point::read(tokens, at, Hint::None)?;
    if let Some(found) = range(tokens, first, at..next) {
        return Some(found);
    }
    let list = list(tokens, first, at..next);
    let next = list.last().map_or(next, |(_, span)| span.end);
    Some(Points { list, is_range: false, next })
}

fn range(tokens: &Tokens, first: Point, span: Range<usize>) -> Option<Points> {
    let other = to(tokens, span.end)?;
    let (last, next) = point::read(tokens, other, first.hint())?;
    let (from, last) = paired(first, last)?;
    let list = vec![(from, span), (last, other..next)];
    Some(Points { list, is_range: true, next })
}

/// The place behind "-", "–" or "đến".
fn to(tokens: &Tokens, at: usize) -> Option<usize> {
    let next = match tokens.sign(at) {
        Some('-' | '–' | '—' | '−' | '→' | '÷' | '~') => at + 1,
        Some(_) => return None,
        None => tokens.any(at, &["cho đến", "đến"])?,
    };
    Some(tokens.any(next, &["trước", "hết", "khoảng"]).unwrap_or(next))
}

/// Both ends of a range with what one of them leaves to the other.
fn paired(first: Point, last: Point) -> Option<(Point, Point)> {
    let last = Point { year: last.year.or(first.year), ..last };
    let is_set = last.hint() != Hint::None || last.half.is_some() || last.months.is_some();
    let known = is_set && last.loose.is_none();
    let first = match (first.loose, last) {
        (None, _) => first,
        (Some(day), Point { day: Some(_), year: Some(_), .. }) => Point { day: Some(day), loose: None, ..first },
        (Some(month), Point { month: Some(_), year: Some(_), day: None, .. }) => {
            Point { month: Some(month), loose: None, ..first }
        }
        _ => return None,
    };
    let first = filled(first, last);
    let weak = first.is_weak && last.is_weak;
    known.then_some((Point { is_weak: weak, ..first }, Point { is_weak: weak, ..last }))
}

fn filled(first: Point, last: Point) -> Point {
    let month = if first.day.is_some() { first.month.or(last.month) } else { first.month };
    Point { month, year: first.year.or(last.year), ..first }
}

/// "quý I, II và III/2026", "tháng 3, 6, 9/2026", "các năm 2026, 2028": the year of the last is everybody's.
fn list(tokens: &Tokens, first: Point, span: Range<usize>) -> Vec<(Point, Range<usize>)> {
    let mut list = vec![(first, span)];
    while let Some((point, span)) = another(tokens, &list) {
        list.push((point, span));
    }
    // A bare number is one of the list only where a year ends it.
    while list.len() > 1 && list.last().is_some_and(|(point, _)| point.year.is_none() && point.loose.is_some()) {
        list.pop();
    }
    let year = list.last().and_then(|(point, _)| point.year);
    let month = list.last().and_then(|(point, _)| point.month);
    let fill = |point: Point| filled(point, Point { month, year, ..Point::default() });
    list.into_iter().map(|(point, span)| (fill(point), span)).collect()
}

fn another(tokens: &Tokens, list: &[(Point, Range<usize>)]) -> Option<(Point, Range<usize>)> {
    let (last, span) = list.last().filter(|_| list.len() < MOST)?;
    let hint = last.hint();
    let at = match tokens.sign(span.end) {
        Some(',' | '&' | '+') => tokens.phrase(span.end + 1, "và").unwrap_or(span.end + 1),
        Some(_) => return None,
        None => tokens.any(span.end, &["và", "hoặc"])?,
    };
    let at = tokens.any(at, &["trước", "đến"]).filter(|next| tokens.word(*next) == "ngày").unwrap_or(at);
    let (point, next) = point::read(tokens, at, hint)?;
    let is_named = point.hint() == hint && is_named(tokens, at, point);
    let is_whole = last.year.is_none() || is_named || hint == Hint::Year;
    let fits = point.hint() == hint && hint != Hint::None && is_whole;
    (fits && (is_named || ends_in_a_year(tokens, next, point))).then_some((point, at..next))
}

fn is_named(tokens: &Tokens, at: usize, point: Point) -> bool {
    match point.hint() {
        Hint::Day => tokens.word(at) == "ngày" || point.month.is_some(),
        Hint::Month => tokens.word(at) == "tháng",
        Hint::Quarter => tokens.word(at).starts_with('q'),
        Hint::Year => true,
        Hint::None => false,
    }
}

/// Whether a bare number of a list has its year, or others that lead to one, behind it.
fn ends_in_a_year(tokens: &Tokens, at: usize, point: Point) -> bool {
    if point.year.is_some() {
        return true;
    }
    let behind = at..at + 2 * MOST;
    let rest = behind.take_while(|at| {
        matches!(tokens.sign(*at), Some(',' | '/' | '-'))
            || matches!(tokens.word(*at), "và" | "năm" | "i" | "ii" | "iii" | "iv" | "tháng" | "quý")
            || tokens.digits(*at).len() <= 2 && !tokens.digits(*at).is_empty()
            || super::digits::year(tokens, *at).is_some()
    });
    let rest: Vec<usize> = rest.collect();
    rest.iter().any(|at| super::digits::year(tokens, *at).is_some())
}

/// The times that some points are: a range is one, and so is a list without gaps.
pub fn times(points: &Points) -> Option<Vec<Dated>> {
    let all: Option<Vec<(Dated, Point)>> =
        points.list.iter().map(|(point, span)| Some((one(*point, span.clone())?, *point))).collect();
    let all = all?;
    if all.len() > 1 && (points.is_range || is_unbroken(&points.list)) {
        return Some(vec![joined(&all)?]);
    }
    Some(all.into_iter().map(|(dated, _)| dated).collect())
}

fn one(point: Point, tokens: Range<usize>) -> Option<Dated> {
    let time = time_of(point)?;
    Some(Dated { tokens, doubt: doubt::of_point(point, &time), time, part: point.part })
}

fn time_of(point: Point) -> Option<Time> {
    let Point { year, .. } = point;
    let month = |month| Time::Month { year, month };
    match point {
        Point { day: Some(day), month: Some(month), .. } => Some(Time::Day { year, month, day }),
        Point { day: Some(_), .. } => None,
        Point { month: Some(of), .. } => Some(month(of)),
        Point { quarter: Some(quarter), .. } => Some(Time::Quarter { year, quarter }),
        Point { half: Some(half), .. } => Some(Time::HalfYear { year, half }),
        Point { months: Some((from, to)), .. } => {
            Some(Time::Range { from: Box::new(month(from)), to: Box::new(month(to)) })
        }
        Point { year: Some(year), .. } => Some(Time::Year(year)),
        _ => None,
    }
}

fn joined(all: &[(Dated, Point)]) -> Option<Dated> {
    let ((first, _), (last, _)) = (all.first()?, all.last()?);
    let time = Time::Range { from: Box::new(first.time.clone()), to: Box::new(last.time.clone()) };
    let doubt = first.doubt.or(last.doubt).or_else(|| doubt::of_range(&first.time, &last.time));
    Some(Dated { tokens: first.tokens.start..last.tokens.end, time, part: None, doubt })
}

/// Whether each of a list follows the one before it at once.
fn is_unbroken(list: &[(Point, Range<usize>)]) -> bool {
    let order = |point: &Point| {
        let year = i32::from(point.year.unwrap_or(0));
        match point.hint() {
            Hint::Day => i32::from(point.day.unwrap_or(0)) + i32::from(point.month.unwrap_or(0)) * 100 + year * 1300,
            Hint::Month => year * 12 + i32::from(point.month.unwrap_or(0)),
            Hint::Quarter => year * 4 + i32::from(point.quarter.unwrap_or(0)),
            Hint::Year | Hint::None => year,
        }
    };
    let mut places = list.iter().map(|(point, _)| order(point));
    let mut last = places.next().unwrap_or(0);
    places.all(|place| {
        let follows = place == last + 1;
        last = place;
        follows
    })
}

/// Whether the days of a range without a year run backwards.
pub fn runs_back(time: &Time) -> bool {
    let Time::Range { from, to } = time else { return false };
    match (from.as_ref(), to.as_ref()) {
        (Time::Day { month, day, .. }, Time::Day { month: last_month, day: last, .. }) => {
            (last_month, last) < (month, day)
        }
        _ => false,
    }
}
