//! Years that have a name together: "giai đoạn 2026 - 2030", "thời kỳ 2021-2030", "năm học 2026 - 2027".

use super::{
    digits,
    model::{Doubt, Time},
};
use crate::token::Tokens;

const WORDS: [&str; 5] = ["giai đoạn", "thời kỳ", "nhiệm kỳ", "năm học", "niên khóa"];

/// The stage that begins at a place, what is to be doubted of it, and the place after it.
pub fn read(tokens: &Tokens, at: usize) -> Option<(Time, Option<Doubt>, usize)> {
    let next = tokens.any(at, &WORDS)?;
    let next = tokens.any(next, &["từ năm", "từ", "các năm", "năm"]).unwrap_or(next);
    let next = if tokens.sign(next) == Some(':') { next + 1 } else { next };
    let from = digits::year(tokens, next)?;
    let other = match tokens.sign(next + 1) {
        Some('-' | '–' | '—' | '−' | '÷' | '~') => next + 2,
        Some('/') if tokens.is_glued(next + 2) => next + 2,
        Some(_) => return None,
        None => tokens.any(next + 1, &["đến năm", "đến hết năm", "đến", "và"])?,
    };
    let other = tokens.phrase(other, "năm").unwrap_or(other);
    let (to, is_short) = last(tokens, other, from)?;
    let doubt = if to < from { Some(Doubt::Reversed) } else { is_short.then_some(Doubt::ShortYear) };
    Some((Time::Stage { from, to }, doubt, other + 1))
}

/// "2030", or the "30" of "2026-30".
fn last(tokens: &Tokens, at: usize, from: i16) -> Option<(i16, bool)> {
    if let Some(year) = digits::year(tokens, at) {
        return Some((year, false));
    }
    let short = digits::small(tokens, at).filter(|_| tokens.is_glued(at) && tokens.digits(at).len() == 2)?;
    Some((from - from % 100 + i16::from(short), true))
}
