//! What comes again: "hằng quý", "định kỳ 6 tháng", "6 tháng một lần", "02 lần/năm", "thứ Sáu hằng tuần".

use std::ops::Range;

use super::model::{Every, On, Time};
use crate::{spelled, token::Tokens};

pub const EACH: [&str; 3] = ["hằng", "mỗi", "từng"];
const PERIODIC: [&str; 4] = ["theo định kỳ", "định kỳ", "thường kỳ", "chế độ báo cáo"];
/// Of "hàng" before "năm" or "tháng": goods, a bank, a client are no rounds.
const GOODS: [&str; 12] = ["khách", "ngân", "đơn", "mặt", "cửa", "bán", "mua", "xếp", "nhà", "giao", "nhận", "ngành"];

/// How many rounds one list names at most.
const MOST: usize = 8;

/// How often, and of how many of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    pub every: Every,
    pub count: u16,
}

impl Round {
    fn of(every: Every) -> Self {
        Self { every, count: 1 }
    }

    pub fn on(self, on: Vec<On>) -> Time {
        Time::Recurring { every: self.every, count: self.count, on }
    }
}

pub fn unit(word: &str) -> Option<Every> {
    match word {
        "ngày" => Some(Every::Day),
        "tuần" => Some(Every::Week),
        "tháng" => Some(Every::Month),
        "quý" => Some(Every::Quarter),
        "năm" => Some(Every::Year),
        _ => None,
    }
}

/// The rounds that a place begins with, each with its tokens: "định kỳ hằng quý, 6 tháng, năm" names three.
pub fn read(tokens: &Tokens, at: usize) -> Vec<(Round, Range<usize>)> {
    let periodic = tokens.any(at, &PERIODIC);
    let start = periodic.unwrap_or(at);
    let reports = tokens.ends_with(at, "báo cáo") && is_report(tokens, at);
    let first = one(tokens, start, periodic.is_some() || reports);
    let Some((round, mut next)) = first else { return vec![] };
    let mut found = vec![(round, at..next)];
    while let Some((round, span)) = another(tokens, next).filter(|_| found.len() < MOST) {
        next = span.end;
        found.push((round, span));
    }
    found
}

/// "báo cáo quý", "báo cáo 6 tháng (trước ngày 15/6)": only at an edge or before the day that binds it.
fn is_report(tokens: &Tokens, at: usize) -> bool {
    let end = bare(tokens, at).or_else(|| length(tokens, at, true)).map(|(_, end)| end);
    end.is_some_and(|end| {
        let binds = ["trước", "vào", "chậm nhất", "và", "gửi"];
        tokens.word(at) != "ngày"
            && !is_number(tokens, end)
            && (tokens.word(end).is_empty() || tokens.any(end, &binds).is_some())
    })
}

/// A further round of a list, behind the day of the one before it.
pub fn another(tokens: &Tokens, at: usize) -> Option<(Round, Range<usize>)> {
    let next = match tokens.sign(at) {
        Some(',' | '/' | ';') => tokens.any(at + 1, &["và", "hoặc"]).unwrap_or(at + 1),
        Some(_) => return None,
        None => tokens.any(at, &["và", "hoặc"])?,
    };
    let next = tokens.any(next, &PERIODIC).unwrap_or(next);
    let (round, end) = one(tokens, next, true)?;
    let is_list = !is_number(tokens, end) && (is_edge(tokens, end) || tokens.any(next, &EACH).is_some());
    is_list.then_some((round, next..end))
}

/// Behind a list of rounds there is a sign, an end, or what is not a name that goes on ("tháng, quý").
fn is_edge(tokens: &Tokens, at: usize) -> bool {
    tokens.word(at).is_empty() || !matches!(tokens.word(at), "đầu" | "cuối" | "nay" | "qua" | "này" | "tiếp" | "trước")
}

fn is_number(tokens: &Tokens, at: usize) -> bool {
    !tokens.digits(at).is_empty()
}

fn one(tokens: &Tokens, at: usize, is_periodic: bool) -> Option<(Round, usize)> {
    each(tokens, at)
        .or_else(|| times_per(tokens, at))
        .or_else(|| length(tokens, at, is_periodic))
        .or_else(|| bare(tokens, at).filter(|_| is_periodic))
}

/// "hằng quý", "mỗi 6 tháng", "mỗi năm một lần", "mỗi năm 02 lần"
fn each(tokens: &Tokens, at: usize) -> Option<(Round, usize)> {
    let next = tokens.any(at, &EACH)?;
    let is_goods = tokens.get(at).is_some_and(|token| token.text.eq_ignore_ascii_case("hàng") || token.text == "Hàng")
        && at.checked_sub(1).is_some_and(|before| GOODS.contains(&tokens.word(before)));
    if is_goods {
        return None;
    }
    if let Some(found) = length(tokens, next, true) {
        return Some(found);
    }
    let (round, end) = bare(tokens, next)?;
    if is_number(tokens, end) && tokens.word(end + 1) != "lần" {
        return None;
    }
    let times = count(tokens, end).filter(|(_, next)| tokens.word(*next) == "lần");
    Some(times.map_or((round, end), |(times, next)| (shorter(round, times), next + 1)))
}

fn bare(tokens: &Tokens, at: usize) -> Option<(Round, usize)> {
    unit(tokens.word(at)).map(|every| (Round::of(every), at + 1))
}

/// "6 tháng một lần", "03 tháng/lần"; behind "định kỳ" also "6 tháng" alone, and of its list.
fn length(tokens: &Tokens, at: usize, is_periodic: bool) -> Option<(Round, usize)> {
    let (number, next) = count(tokens, at)?;
    // Of what comes several times a day no round is told apart.
    if tokens.word(next) == "giờ" && tokens.sign(next + 1) == Some('/') && tokens.word(next + 2) == "lần" {
        return Some((Round::of(Every::Day), next + 3));
    }
    let every = unit(tokens.word(next))?;
    let end = next + 1;
    let once = match tokens.sign(end) {
        Some('/') => end + 1,
        _ => count(tokens, end).filter(|(times, _)| *times == 1).map_or(end, |(_, next)| next),
    };
    let round = longer(every, number)?;
    if tokens.word(once) == "lần" {
        return Some((round, once + 1));
    }
    let goes_on = matches!(tokens.word(end), "đầu" | "cuối" | "làm") || is_number(tokens, end);
    (is_periodic && !goes_on).then_some((round, end))
}

/// What is held or sent out once at a time: "02 buổi/tuần", "01 số/tháng".
const HELD: [&str; 7] = ["buổi", "số", "kỳ", "cuộc", "phiên", "chuyến", "đợt"];

/// "02 lần/năm", "một lần mỗi quý", "1 lần trong năm"
fn times_per(tokens: &Tokens, at: usize) -> Option<(Round, usize)> {
    let (times, next) = count(tokens, at)?;
    let held = tokens.any(next, &HELD).filter(|end| tokens.sign(*end) == Some('/'));
    let next = tokens.phrase(next, "lần").or(held)?;
    let next = match tokens.sign(next) {
        Some('/') => tokens.any(next + 1, &["một"]).unwrap_or(next + 1),
        _ => tokens.any(next, &["mỗi", "hằng", "trong một", "trong mỗi", "một"])?,
    };
    let (round, end) = bare(tokens, next)?;
    Some((shorter(round, times), end))
}

fn count(tokens: &Tokens, at: usize) -> Option<(u16, usize)> {
    let digits = tokens.digits(at);
    if !digits.is_empty() && digits.len() <= 3 {
        return digits.parse().ok().filter(|number| *number > 0).map(|number| (number, at + 1));
    }
    let (number, next) = spelled::read(tokens, at)?;
    u16::try_from(number).ok().filter(|number| *number > 0).map(|number| (number, next))
}

fn longer(every: Every, count: u16) -> Option<Round> {
    let round = match (every, count) {
        (Every::Month, 3) => Round::of(Every::Quarter),
        (Every::Month, 6) | (Every::Quarter, 2) => Round::of(Every::HalfYear),
        (Every::Month, 12) | (Every::Quarter, 4) => Round::of(Every::Year),
        (Every::Day, 7) => Round::of(Every::Week),
        (Every::Day, 30) => Round::of(Every::Month),
        (_, 0) => return None,
        _ => Round { every, count },
    };
    Some(round)
}

/// The round of what comes several times in one.
fn shorter(round: Round, times: u16) -> Round {
    match (round.every, times) {
        (Every::Year, 2) => Round::of(Every::HalfYear),
        (Every::Year, 4) => Round::of(Every::Quarter),
        (Every::Year, 12) | (Every::Quarter, 3) => Round::of(Every::Month),
        (Every::Month, 4) => Round::of(Every::Week),
        _ => round,
    }
}
