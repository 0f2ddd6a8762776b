//! One walk over a text that reads a time wherever one may begin.

use std::ops::Range;

use super::{
    bound,
    dated::{self, Dated, Points},
    event,
    model::{Bound, Doubt, Found, Role, Time},
    on,
    recurring::{self, Round},
    relative, role, stage,
};
use crate::{token::Tokens, unit};

/// A time with its tokens. `core` leaves out what is told of an event, in which figures may stand.
#[derive(Debug, Clone)]
pub struct Piece {
    pub found: Found,
    pub tokens: Range<usize>,
    pub core: Range<usize>,
}

pub fn pieces(tokens: &Tokens) -> Vec<Piece> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let found = if may_begin(tokens, at) { read(tokens, at) } else { vec![] };
        at = found.last().map_or(at + 1, |last| last.tokens.end.max(at + 1));
        for piece in found {
            let piece = with_role(tokens, with_year_above(tokens, out.last(), piece));
            out.push(piece);
        }
    }
    out
}

/// "Năm 2026 (Quý II)": what stands in brackets behind a year has it.
fn with_year_above(tokens: &Tokens, before: Option<&Piece>, mut piece: Piece) -> Piece {
    let year = before
        .filter(|before| tokens.sign(before.tokens.end) == Some('(') && before.tokens.end + 1 == piece.tokens.start);
    let Some(Time::Year(own)) = year.map(|before| &before.found.time) else { return piece };
    let known = match &mut piece.found.time {
        Time::Day { year, .. }
        | Time::Month { year, .. }
        | Time::Quarter { year, .. }
        | Time::HalfYear { year, .. } => year.get_or_insert(*own),
        _ => return piece,
    };
    if *known == *own && piece.found.doubt == Some(Doubt::NoYear) {
        piece.found.doubt = None;
    }
    piece
}

fn with_role(tokens: &Tokens, mut piece: Piece) -> Piece {
    piece.found.role = role::of(tokens, piece.tokens.start, &piece.found);
    piece
}

/// A cheap look at the first word; most words begin no time.
fn may_begin(tokens: &Tokens, at: usize) -> bool {
    match tokens.word(at) {
        "" => !tokens.digits(at).is_empty(),
        "trước" | "không" | "chậm" | "muộn" | "từ" | "hạn" | "thời" | "cho" | "kéo" | "đến" | "hết" | "tối"
        | "ngay" | "trong" | "vào" | "suốt" | "kể" | "bắt" | "tính" | "sau" | "đầu" | "giữa" | "cuối" | "ngày"
        | "tháng" | "nửa" | "năm" | "các" | "những" | "cả" | "mốc" | "giai" | "nhiệm" | "niên" | "kế" | "hằng"
        | "mỗi" | "từng" | "theo" | "dịp" | "nhân" | "định" | "thường" | "chế" | "thứ" | "chủ" | "sáng" | "chiều"
        | "khi" | "liên" | "một" | "hai" | "ba" | "bốn" | "sáu" | "bảy" | "tám" | "chín" | "mười" => true,
        other => other.starts_with('q'),
    }
}

fn read(tokens: &Tokens, at: usize) -> Vec<Piece> {
    if let Some(piece) = event_at(tokens, at) {
        return vec![piece];
    }
    let (bound, next) = bound::read(tokens, at);
    let found = weekly(tokens, at..next, bound)
        .or_else(|| rounds(tokens, at..next, bound))
        .or_else(|| stage_at(tokens, at..next, bound))
        .or_else(|| dated_at(tokens, at..next, bound))
        .or_else(|| near_at(tokens, at..next, bound))
        .or_else(|| relative_at(tokens, at..next, bound))
        .or_else(|| continuous(tokens, at..next, bound));
    found.unwrap_or_default()
}

fn piece(tokens: &Tokens, span: Range<usize>, time: Time, bound: Bound) -> Piece {
    let found = Found {
        span: tokens.span(span.clone()),
        time,
        bound,
        doubt: None,
        role: Role::Said,
        part: None,
        goes_on: false,
    };
    Piece { found, tokens: span.clone(), core: span }
}

fn event_at(tokens: &Tokens, at: usize) -> Option<Piece> {
    let (time, bound, end) = event::read(tokens, at).or_else(|| event::season(tokens, at))?;
    Some(Piece { core: at..at + 1, ..piece(tokens, at..end, time, bound) })
}

fn near_at(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let (time, end) = event::near(tokens, said.end).filter(|_| bound == Bound::In)?;
    Some(vec![piece(tokens, said.start..end, time, bound)])
}

fn weekly(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let (round, on, end) = on::weekly(tokens, said.end)?;
    Some(vec![piece(tokens, said.start..end, round.on(on), bound)])
}

fn rounds(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let rounds = recurring::read(tokens, said.end);
    let (last, others) = rounds.split_last()?;
    let begin = |span: &Range<usize>| if span.start == said.end { said.start } else { span.start };
    let whole = |(round, span): &(Round, Range<usize>)| piece(tokens, begin(span)..span.end, round.on(vec![]), bound);
    let mut out: Vec<Piece> = others.iter().map(whole).collect();
    let Some(first) = with_days(tokens, begin(&last.1)..last.1.end, last.0, bound) else {
        out.push(whole(last));
        return Some(out);
    };
    let mut end = first.tokens.end;
    out.push(first);
    // "định kỳ 6 tháng (trước ngày 20/6), năm (trước ngày 20/12)"
    while let Some(next) =
        recurring::another(tokens, end).and_then(|(round, span)| with_days(tokens, span, round, bound))
    {
        end = next.tokens.end;
        out.push(next);
    }
    Some(out)
}

fn with_days(tokens: &Tokens, span: Range<usize>, round: Round, bound: Bound) -> Option<Piece> {
    let (own, days, end) = on::behind(tokens, span.end)?;
    Some(piece(tokens, span.start..end, round.on(days), if own == Bound::Bare { bound } else { own }))
}

fn stage_at(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let (time, doubt, end) = stage::read(tokens, said.end)?;
    let mut found = piece(tokens, said.start..end, time, bound);
    found.found.doubt = doubt;
    Some(vec![going_on(tokens, found)])
}

fn dated_at(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let points = dated::points(tokens, said.end)?;
    if let Some((round, days, end)) = on::before(tokens, &points) {
        return Some(vec![piece(tokens, said.start..end, round.on(days), bound)]);
    }
    if !tokens.digits(said.start).is_empty() && tokens.ends_with_any(said.start, &["số", "điều", "khoản", "mục"])
    {
        return None;
    }
    let is_sure = points.list.iter().any(|(point, _)| !point.is_weak);
    if !is_sure && !is_time_by_its_place(tokens, said.start..points.next, bound, &points) {
        return None;
    }
    let times = dated::times(&points)?;
    // "từ 1/3 đến 1/2" are parts of a whole.
    if !is_sure && points.is_range && times.iter().any(|time| dated::runs_back(&time.time)) {
        return None;
    }
    let bound = if points.is_range && bound == Bound::From { Bound::In } else { bound };
    let mut out: Vec<Piece> = times.into_iter().map(|time| of_dated(tokens, time, bound)).collect();
    let first = out.first_mut()?;
    first.tokens.start = said.start;
    first.core.start = said.start;
    first.found.span = tokens.span(first.tokens.clone());
    let last = out.pop()?;
    out.push(going_on(tokens, last));
    Some(out)
}

fn of_dated(tokens: &Tokens, dated: Dated, bound: Bound) -> Piece {
    let mut out = piece(tokens, dated.tokens, dated.time, bound);
    out.found.doubt = dated.doubt;
    out.found.part = dated.part;
    out
}

/// 30/6 and 2026 are times behind a word that binds one, or where they stand alone; else they may be counted.
fn is_time_by_its_place(tokens: &Tokens, span: Range<usize>, bound: Bound, points: &Points) -> bool {
    let counts = unit::begins(tokens, span.end) || matches!(tokens.word(span.end), "số" | "tổng" | "diện");
    let before = span.start.checked_sub(1);
    let opens = tokens.is_outermost(span.start)
        || before.is_some_and(|before| matches!(tokens.sign(before), Some(',' | ';' | ':' | '(')));
    let closes = tokens.get(span.end).is_none()
        || matches!(tokens.sign(span.end), Some(',' | ';' | '.' | ')' | '|' | '\t'))
        || tokens.begins_line(span.end);
    let is_range_of_years = points.is_range && points.list.iter().all(|(point, _)| point.year.is_some());
    let closes = closes || tokens.any(span.end, &GOING_ON).is_some();
    !counts && (bound != Bound::Bare || is_range_of_years || (opens && closes))
}

const GOING_ON: [&str; 12] = [
    "và những năm tiếp theo",
    "và các năm tiếp theo",
    "và những năm tiếp sau",
    "và các năm tiếp sau",
    "và những năm sau",
    "và các năm sau",
    "và tiếp theo",
    "và những năm tiếp",
    "và các năm tiếp",
    "và về sau",
    "trở về sau",
    "trở đi",
];

/// ", các năm tiếp theo"
fn listed(tokens: &Tokens, at: usize) -> Option<usize> {
    let next = (tokens.sign(at) == Some(',')).then_some(at + 1)?;
    tokens.any(next, &["các năm tiếp theo", "những năm tiếp theo", "các năm sau", "những năm sau"])
}

fn going_on(tokens: &Tokens, mut piece: Piece) -> Piece {
    let at = piece.tokens.end;
    let comma = if tokens.sign(at) == Some(',') { at + 1 } else { at };
    if let Some(end) = tokens.any(at, &GOING_ON).or_else(|| tokens.any(comma, &GOING_ON)).or_else(|| listed(tokens, at))
    {
        piece.tokens.end = end;
        piece.core.end = end;
        piece.found.span = tokens.span(piece.tokens.clone());
        piece.found.goes_on = true;
        if tokens.word(end - 1) == "đi" || tokens.word(at) == "trở" {
            piece.found.bound = Bound::From;
        }
    }
    piece
}

fn relative_at(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let (time, end) = relative::read(tokens, said.end, bound)?;
    let mut found = piece(tokens, said.start..end, time, bound);
    found.core.end = end.min(said.end + 8);
    Some(vec![found])
}

fn continuous(tokens: &Tokens, said: Range<usize>, bound: Bound) -> Option<Vec<Piece>> {
    let end = tokens.any(said.end, &["thường xuyên", "liên tục"])?;
    let comma = if tokens.sign(end) == Some(',') { end + 1 } else { end };
    let end = tokens.any(comma, &["và liên tục", "liên tục", "thường xuyên"]).unwrap_or(end);
    Some(vec![piece(tokens, said.start..end, Time::Continuous, bound)])
}
