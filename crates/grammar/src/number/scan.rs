//! One walk over a text that reads a figure wherever one may stand.

use std::ops::Range;

use super::{
    amount::{self, Amount},
    comparator,
    model::{Comparator, Doubt, Figure, Unit, Value},
    of, place,
};
use crate::{spelled, time::Piece, token::Tokens, unit};

/// Where the figures stand: in a cell nothing is a mark or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Text,
    Cell,
}

/// A figure with its tokens.
#[derive(Debug, Clone)]
pub struct Read {
    pub figure: Figure,
    pub tokens: Range<usize>,
}

/// What is being read: the text, and which of its tokens were read before.
struct Walk<'a> {
    tokens: &'a Tokens<'a>,
    place: Place,
    floor: usize,
}

/// One end of a value.
struct End {
    amount: Amount,
    unit: Option<Unit>,
    next: usize,
}

pub fn figures(tokens: &Tokens, times: &[Piece], place: Place) -> Vec<Read> {
    let mut walk = Walk { tokens, place, floor: 0 };
    let mut times = times.iter().peekable();
    let (mut out, mut at): (Vec<Read>, usize) = (Vec::new(), 0);
    while at < tokens.len() {
        if let Some(time) = times.next_if(|time| time.core.start <= at) {
            at = time.core.end.max(at);
            walk.floor = at;
            continue;
        }
        match walk.figure(at) {
            Some(read) => {
                at = read.tokens.end.max(at + 1);
                walk.floor = at;
                push(tokens, &mut out, read);
            }
            None => at += 1,
        }
    }
    out
}

/// A figure that the next one starts from is no figure of its own: "từ 60% lên 80%".
fn push(tokens: &Tokens, out: &mut Vec<Read>, mut read: Read) {
    let base = out.last().filter(|last| is_base(tokens, last, &read)).and_then(|last| match last.figure.value {
        Value::One(value) => Some(value),
        Value::Range { .. } | Value::Of { .. } => None,
    });
    if base.is_some() {
        out.pop();
        read.figure.base = base;
    }
    out.push(read);
}

/// How many words may stand between what a value rises from and what it rises to.
const BETWEEN: usize = 8;

fn is_base(tokens: &Tokens, last: &Read, next: &Read) -> bool {
    let between = last.tokens.end..next.tokens.start;
    let parted = between.clone().any(|at| tokens.ends_sentence(at) || tokens.sign(at) == Some(','));
    let rises = |at: usize| matches!(tokens.word(at), "lên" | "xuống" | "còn");
    between.len() <= BETWEEN && !parted && tokens.ends_with(last.tokens.start, "từ") && between.clone().any(rises)
}

impl Walk<'_> {
    fn figure(&self, at: usize) -> Option<Read> {
        if self.tokens.digits(at).is_empty() {
            return self.spelled(at);
        }
        self.part_of_whole(at).or_else(|| self.written(at))
    }

    /// Digits, with what stands before and behind them.
    fn written(&self, at: usize) -> Option<Read> {
        let tokens = self.tokens;
        let amount = amount::read(tokens, at)?;
        let (level, level_start) = match of::level_before(tokens, at).filter(|(_, start)| *start >= self.floor) {
            Some((unit, start)) => (Some(unit), start),
            None => (of::level_of_list(tokens, at), at),
        };
        let (said, start) = comparator::before(tokens, level_start, self.floor);
        if self.is_no_figure(at, start, &amount) {
            return None;
        }
        let first = self.end_at(amount);
        let level = level.filter(|_| first.unit.as_ref().is_none_or(|unit| !unit.is_known));
        match self.last(&first) {
            Some(last) => Some(self.range(start, said, first, last)),
            None => self.one(at, start, said, level, first),
        }
    }

    fn is_no_figure(&self, at: usize, start: usize, amount: &Amount) -> bool {
        match self.place {
            Place::Text => place::is_no_figure(self.tokens, at, start, amount),
            Place::Cell => self.tokens.get(at).is_some_and(|token| token.is_of_document),
        }
    }

    fn end_at(&self, amount: Amount) -> End {
        match of::behind(self.tokens, amount.next) {
            Some((unit, next)) => End { amount, unit: Some(unit), next },
            None => End { amount, unit: None, next: amount.next },
        }
    }

    /// The other end of a range: "60-70%", "60% đến 70%".
    fn last(&self, first: &End) -> Option<End> {
        let tokens = self.tokens;
        let behind = |at: usize| match tokens.sign(at) {
            Some('-' | '–' | '—' | '÷' | '~' | '−') => Some(at + 1),
            Some(_) => None,
            None => tokens.any(at, &["đến dưới", "đến gần", "đến khoảng", "đến hết", "đến"]),
        };
        let at = behind(first.next).or_else(|| behind(first.amount.next))?;
        let amount = amount::read(tokens, at)?;
        let is_figure = !self.is_no_figure(at, at, &Amount { is_dotted: false, ..amount });
        let last = self.end_at(amount);
        let unit = |end: &End| end.unit.as_ref().map(|unit| unit.text.to_lowercase());
        // "10.000 tỷ - 12.000 tỷ đồng": the last says more of the same.
        let agree = unit(first).is_none_or(|first| unit(&last).is_some_and(|last| last.starts_with(&first)));
        let is_chain = tokens.sign(last.next) == Some('-') && !tokens.digits(last.next + 1).is_empty();
        (is_figure && agree && !is_chain).then_some(last)
    }

    fn range(&self, start: usize, said: Option<Comparator>, first: End, last: End) -> Read {
        let (from, to) = (first.amount.value, last.amount.value);
        let is_opened = self.tokens.ends_with(start, "từ") && start > self.floor;
        let (said, start) =
            if is_opened { comparator::before(self.tokens, start - 1, self.floor) } else { (said, start) };
        let reversed = (to < from).then_some(Doubt::Reversed);
        let doubt = reversed.or(first.amount.doubt).or(last.amount.doubt);
        self.read(start..last.next, Value::Range { from, to }, said, last.unit, doubt)
    }

    fn one(&self, at: usize, start: usize, said: Option<Comparator>, level: Option<Unit>, end: End) -> Option<Read> {
        let tokens = self.tokens;
        let next = if level.is_some() { end.amount.next } else { end.next };
        let (said, start, next) = self.bounded(said, start, next);
        let is_level = level.is_some();
        let said = if is_level { said.map(|said| of_level(said, level.as_ref())) } else { said };
        let unit = level.or(end.unit);
        let says_something =
            unit.is_some() || said.is_some() || self.place == Place::Cell || stands_out(tokens, at, next);
        says_something.then(|| self.read(start..next, Value::One(end.amount.value), said, unit, end.amount.doubt))
    }

    /// With "từ" before and "trở lên" behind, in a cell with "từ" alone.
    fn bounded(&self, said: Option<Comparator>, start: usize, next: usize) -> (Option<Comparator>, usize, usize) {
        let from = (start > self.floor && self.tokens.ends_with(start, "từ")).then(|| start - 1);
        match comparator::behind(self.tokens, next) {
            Some((behind, end)) => (Some(behind), from.unwrap_or(start), end),
            None => match from.filter(|_| self.place == Place::Cell) {
                Some(from) => (Some(Comparator::AtLeast), from, next),
                None => (said, start, next),
            },
        }
    }

    /// "02/03 xã": so many of so many.
    fn part_of_whole(&self, at: usize) -> Option<Read> {
        let tokens = self.tokens;
        let is_slash = tokens.sign(at + 1) == Some('/') && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
        let is_free = !tokens.is_glued(at) || tokens.sign(at.wrapping_sub(1)) == Some('(');
        let part: f64 = tokens.digits(at).parse().ok().filter(|_| is_slash && is_free)?;
        let whole: f64 = tokens.digits(at + 2).parse().ok().filter(|whole| *whole >= part && *whole > 0.0)?;
        let short = tokens.digits(at).len() <= 4 && tokens.digits(at + 2).len() <= 4;
        let counts = !tokens.is_glued(at + 3) || tokens.get(at + 3).is_none();
        let named = tokens.any(at + 3, &["tổng số", "số"]).unwrap_or(at + 3);
        let (unit, next) = of::behind(tokens, named).filter(|_| short && counts)?;
        let (said, start) = comparator::before(tokens, at, self.floor);
        Some(self.read(start..next, Value::Of { part, whole }, said, Some(unit), None))
    }

    /// "ít nhất một mô hình", "hai mươi xã": words count where something that is known to be counted follows.
    fn spelled(&self, at: usize) -> Option<Read> {
        let tokens = self.tokens;
        let (value, next) = spelled::read(tokens, at).filter(|(value, _)| *value > 0)?;
        let (said, start) = comparator::before(tokens, at, self.floor);
        let is_time = matches!(tokens.word(next), "ngày" | "giờ" | "phút");
        let (unit, end) = of::behind(tokens, next).filter(|_| !is_time)?;
        // "trên một dòng" is a place.
        let binds = |said| matches!(said, Comparator::AtLeast | Comparator::AtMost | Comparator::About);
        let is_compared = said.is_some_and(|said| binds(said) || (value > 1 && said != Comparator::Equal))
            && !is_figure_of_speech(tokens, next);
        let is_counted = value > 1 && tokens.word(at) != "năm" && !tokens.is_capital(at) && counts(tokens, at, next);
        let value = Value::One(f64::from(value));
        (is_compared || is_counted).then(|| self.read(start..end, value, said, Some(unit), None))
    }

    fn read(
        &self,
        tokens: Range<usize>,
        value: Value,
        comparator: Option<Comparator>,
        unit: Option<Unit>,
        doubt: Option<Doubt>,
    ) -> Read {
        let stretch = self.is_striven_for(tokens.start);
        let span = self.tokens.span(tokens.clone());
        Read { figure: Figure { span, value, comparator, unit, stretch, base: None, at: None, doubt }, tokens }
    }

    /// "phấn đấu" close before, in the same clause and behind the figure before it.
    fn is_striven_for(&self, start: usize) -> bool {
        let from = start.saturating_sub(6).max(self.floor);
        let stop = (from..start).rev().find(|at| matches!(self.tokens.sign(*at), Some(',' | ';' | '.')));
        (stop.map_or(from, |stop| stop + 1)..start).any(|at| self.tokens.phrase(at, "phấn đấu").is_some())
    }
}

/// A level is reached by what lies above it too; of a "top" by what lies below.
fn of_level(said: Comparator, level: Option<&Unit>) -> Comparator {
    let words = level.map_or(String::new(), |unit| unit.text.to_lowercase());
    match (said, words.as_str()) {
        (Comparator::Equal, "cấp độ" | "mức độ" | "mức" | "tier" | "bậc") => Comparator::AtLeast,
        (Comparator::Equal, "top") => Comparator::AtMost,
        _ => said,
    }
}

/// A bare number says something where it rises or falls to it, or a colon announces it.
fn stands_out(tokens: &Tokens, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1);
    let rises = tokens.ends_with_any(at, &["lên", "xuống", "còn", "có", "gồm"]);
    rises || (before.is_some_and(|before| tokens.sign(before) == Some(':')) && tokens.ends_sentence(next))
}

/// "một số", "một phần": no count.
fn is_figure_of_speech(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at), "số" | "phần" | "cách" | "cửa" | "chiều" | "mặt")
}

fn counts(tokens: &Tokens, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens.word(before));
    let is_order = matches!(before, "thứ" | "tháng" | "ngày" | "quý" | "điều" | "khoản" | "số" | "cấp" | "mức");
    !is_order && (unit::begins(tokens, next) || tokens.sign(next) == Some('%'))
}
