//! Covers what was found in a text: numbers of people and mail addresses.

use std::borrow::Cow;

use kernel::text::is_invisible;

use super::number::{Found, between_or_broken, digit, numbers};

/// What is left of a number may stand close to another one, and only then be one itself.
const PASSES: usize = 8;

/// The same text with every such number and address covered; no other character changes its place.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    if !may_hold(text) {
        return out;
    }
    for _ in 0..PASSES {
        let Some(next) = once(&out) else { break };
        out = Cow::Owned(next);
    }
    out
}

fn once(text: &str) -> Option<String> {
    let without = covered(text, &addresses(text), is_of_address);
    let rest = without.as_deref().unwrap_or(text);
    covered(rest, &numbers(rest), |c| digit(c).is_some()).or(without)
}

/// In how many places a text holds a number by which the state knows a person: of a card by its structure or beside its name,
/// of a passport beside its name. Which numbers they are is not told.
pub fn identities(text: &str) -> usize {
    if may_hold(text) { numbers(text).iter().filter(|found| found.identifies).count() } else { 0 }
}

/// A quick look: seven digits that stand close together, or an `@`.
fn may_hold(text: &str) -> bool {
    let (mut digits, mut gap) = (0, 0);
    text.chars().any(|c| {
        if digit(c).is_some() {
            (digits, gap) = (digits + 1, 0);
        } else if between_or_broken(c) {
            gap += 1;
            if gap > super::number::GAP {
                digits = 0;
            }
        } else if c.is_ascii() || !is_invisible(c) {
            digits = 0;
        }
        digits >= 7 || c == '@'
    })
}

/// As many bytes as before: places in a text hold.
fn covered(text: &str, found: &[Found], is_hidden: fn(char) -> bool) -> Option<String> {
    if found.is_empty() {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Found { from, to, shown, .. } in found {
        out.push_str(&text[at..*from]);
        for (place, c) in text[*from..*to].chars().enumerate() {
            if place < *shown || !is_hidden(c) {
                out.push(c);
            } else {
                out.extend(std::iter::repeat_n('*', c.len_utf8()));
            }
        }
        at = *to;
    }
    out.push_str(&text[at..]);
    Some(out)
}

fn is_of_address(c: char) -> bool {
    !matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// Letters of any script with their marks: an address of a Vietnamese name is one from its first letter on.
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\u{300}'..='\u{36f}') || is_invisible(c)
}

/// The part before `@` of each mail address that has more than its first letter.
fn addresses(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    for (to, _) in text.match_indices('@').filter(|(at, _)| is_host(&text[at + 1..])) {
        let before = text[..to].char_indices().rev().take_while(|(_, c)| is_local(*c)).last();
        let word = &text[before.map_or(to, |(at, _)| at)..to];
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.chars().any(is_of_address) {
            // Of one letter nothing would be covered.
            let shown = usize::from(word.chars().skip(1).any(is_of_address));
            out.push(Found { from: to - word.len(), to, shown, identifies: false });
        }
    }
    out
}

/// Two names with a full stop between them.
fn is_host(after: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '-';
    let rest = after.trim_start_matches(is_name);
    rest.len() < after.len() && rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(is_name))
}
