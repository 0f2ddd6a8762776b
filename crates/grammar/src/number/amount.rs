//! Digits with their points and commas: 2.000, 2,5, 1.250,75, 2 000 000.

use super::model::Doubt;
use crate::token::{Gap, Tokens};

/// A number as it is written, and the place after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    pub value: f64,
    pub doubt: Option<Doubt>,
    /// Written with one point and no three digits behind: may be the number of a section.
    pub is_dotted: bool,
    pub next: usize,
}

/// The number whose first digits stand at a place; none where the signs between them are no number's: 1.2.3.
pub fn read(tokens: &Tokens, at: usize) -> Option<Amount> {
    let first = tokens.digits(at);
    if first.is_empty() {
        return None;
    }
    let (groups, next) = groups(tokens, at);
    let signs: String = groups.iter().map(|(sign, _)| *sign).collect();
    let parts: Vec<&str> = groups.iter().map(|(_, digits)| *digits).collect();
    let (written, doubt) = meant(first, &signs, &parts)?;
    let value = written.parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(Amount { value, doubt, is_dotted: doubt == Some(Doubt::Point), next })
}

/// Of how many groups a number is made at most; a longer chain is none.
const MOST: usize = 8;

/// The groups behind the first, each with the sign before it. A hard space counts as a point.
fn groups<'a>(tokens: &Tokens<'a>, at: usize) -> (Vec<(char, &'a str)>, usize) {
    let (mut out, mut next) = (Vec::new(), at + 1);
    while out.len() < MOST {
        let sign = tokens.sign(next).filter(|sign| matches!(sign, '.' | ',') && tokens.is_glued(next));
        if let (Some(sign), true, false) = (sign, tokens.is_glued(next + 1), tokens.digits(next + 1).is_empty()) {
            out.push((sign, tokens.digits(next + 1)));
            next += 2;
        } else if tokens.get(next).is_some_and(|token| token.gap == Gap::Hard) && tokens.digits(next).len() == 3 {
            out.push((' ', tokens.digits(next)));
            next += 1;
        } else {
            break;
        }
    }
    (out, next)
}

/// The digits in the form that a computer reads, by which signs stand between them.
fn meant(first: &str, signs: &str, parts: &[&str]) -> Option<(String, Option<Doubt>)> {
    let thousands = |parts: &[&str]| is_head(first) && parts.iter().all(|part| part.len() == 3);
    let whole = |parts: &[&str]| format!("{first}{}", parts.concat());
    let (last, before) = match parts.split_last() {
        Some((last, before)) => (*last, before),
        None => return Some((first.to_owned(), None)),
    };
    let decimal = || format!("{}.{last}", whole(before));
    let outer: String = signs.chars().take(before.len()).collect();
    let is_all = |text: &str, sign: char| text.chars().all(|other| other == sign);
    match signs.chars().last()? {
        '.' if is_all(signs, '.') && thousands(parts) => Some((whole(parts), None)),
        ' ' if is_all(signs, ' ') && thousands(parts) => Some((whole(parts), None)),
        '.' if before.is_empty() => Some((decimal(), Some(Doubt::Point))),
        ',' if before.is_empty() => Some((decimal(), (thousands(parts)).then_some(Doubt::Comma))),
        ',' if (is_all(&outer, '.') || is_all(&outer, ' ')) && thousands(before) => Some((decimal(), None)),
        ',' if is_all(signs, ',') && thousands(parts) => Some((whole(parts), Some(Doubt::English))),
        '.' if is_all(&outer, ',') && thousands(before) => Some((decimal(), Some(Doubt::English))),
        _ => None,
    }
}

/// Whether digits can stand before thousands: one to three, no zero first.
fn is_head(first: &str) -> bool {
    first.len() <= 3 && !first.starts_with('0')
}
