//! Whether words begin the name of a body, told without reading the name.

use super::{
    fold::Shape,
    lexicon::{Entry, Role},
    words::Words,
};

/// Where a name stands, and so how much it must show to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It begins a list.
    First,
    /// A list of bodies goes before it.
    Listed,
    /// An office or a tie goes before it ("Giám đốc Sở", "thuộc Sở").
    Inside,
}

/// The head of a name, if the words behind it let it be one.
pub(super) fn head(words: &mut Words, at: usize, place: Place) -> Option<Entry> {
    if is_none(words, at) {
        return None;
    }
    let heads = words.all(at, Role::Head);
    heads.into_iter().rev().find(|entry| is_head(words, at, place, *entry))
}

fn is_head(words: &mut Words, at: usize, place: Place, entry: Entry) -> bool {
    let big = words.is_big(at);
    if entry.has('C') && !big || entry.has('A') && !is_all_capitals(words, at) {
        return false;
    }
    if entry.has('u') || entry.has('U') && big {
        return true;
    }
    let next = at + entry.words;
    let strong = big || entry.words > 1;
    is_named_by(words, next, entry)
        || strong && (is_level(words, next) || is_many_levels(words, next))
        || strong && entry.has('o') && entry.words > 1 && is_field(words, next)
        || big && place == Place::Inside
        || big && (entry.words > 1 || place == Place::Listed) && !entry.has('l') && words.is_boundary(next)
}

/// A capital that begins no other body, or the number of an army region.
fn is_named_by(words: &mut Words, at: usize, entry: Entry) -> bool {
    let Some(word) = words.get(at).filter(|word| word.lines < 2) else { return false };
    // In a line of capitals a capital says nothing.
    if entry.words == 1 && is_all_capitals(words, at.saturating_sub(1)) && word.shape == Shape::Upper {
        return entry.has('c') || is_field(words, at);
    }
    // "giao ban Chủ tịch": an office names no body that is written small.
    if !words.is_big(at.saturating_sub(entry.words)) && words.longest(at, Role::Office).is_some() {
        return false;
    }
    word.is_big() || entry.has('l') && entry.has('C') && word.shape == Shape::Number
}

fn is_all_capitals(words: &mut Words, at: usize) -> bool {
    words.get(at).is_some_and(|word| word.shape == Shape::Upper)
}

fn is_field(words: &mut Words, at: usize) -> bool {
    [Role::Thing, Role::Deed, Role::Full].into_iter().any(|role| words.longest(at, role).is_some())
}

/// A word such as "tỉnh" that is not the beginning of a longer one ("tỉnh ủy", "xã hội").
pub(super) fn level(words: &mut Words, at: usize) -> Option<Entry> {
    let level = words.longest(at, Role::Level)?;
    let placed = !level.has('r') || is_big_or_number(words, at + level.words);
    (placed && words.reach(at) <= level.words && words.get(at)?.lines < 2).then_some(level)
}

pub(super) fn is_level(words: &mut Words, at: usize) -> bool {
    level(words, at).is_some()
}

/// "các xã, phường".
pub(super) fn is_many_levels(words: &mut Words, at: usize) -> bool {
    words.longest(at, Role::Plural).is_some_and(|plural| is_level(words, at + plural.words))
}

/// A capitalised word or a Roman or plain number that begins no body.
pub(super) fn is_place(words: &mut Words, at: usize) -> bool {
    is_big_or_number(words, at) && !starts(words, at) && !is_none(words, at) && !opens(words, at)
}

/// "Chỉ đạo", of which only the first syllable has a capital, or all in a line of capitals; "Thống Nhất" is a place.
pub(super) fn opens(words: &mut Words, at: usize) -> bool {
    let Some(opening) = words.longest(at, Role::Opens) else { return false };
    let all = is_all_capitals(words, at);
    (at + 1..at + opening.words).all(|at| words.is_big(at) == all)
}

/// A noun that says how high a body stands and not which one it is: "xã", "phường".
pub(super) fn is_bare_level(words: &mut Words, at: usize, noun: Entry) -> bool {
    words.longest(at, Role::Level).is_some_and(|level| level.has('p') && level.words == noun.words)
}

fn is_big_or_number(words: &mut Words, at: usize) -> bool {
    words.get(at).is_some_and(|word| word.lines < 2 && (word.is_big() || word.shape == Shape::Number))
}

/// Whether a body, a group or an office begins here, written so that it needs nothing before it.
pub(super) fn starts(words: &mut Words, at: usize) -> bool {
    head(words, at, Place::First).is_some()
        || words.is_big(at) && words.longest(at, Role::Office).is_some()
        || words.longest(at, Role::Honour).is_some()
        || is_many(words, at)
        || group_noun(words, at).is_some_and(|noun| noun.has('b'))
}

/// "các sở", "toàn thể cán bộ".
fn is_many(words: &mut Words, at: usize) -> bool {
    let Some(plural) = words.longest(at, Role::Plural) else { return false };
    let next = at + plural.words;
    group_noun(words, next).is_some() || head(words, next, Place::Inside).is_some()
}

/// What begins as a body does and is none: a longer phrase says so, without a capital in it.
pub(super) fn is_none(words: &mut Words, at: usize) -> bool {
    let Some(phrase) = words.longest(at, Role::Not) else { return false };
    let named = (at + 1..at + phrase.words).any(|at| words.is_big(at)) && !is_all_capitals(words, at);
    (phrase.has('C') || !named) && phrase.words >= words.reach(at)
}

/// The common noun of a group; a noun that is also said as a verb only where the next words let it be a noun.
pub(super) fn group_noun(words: &mut Words, at: usize) -> Option<Entry> {
    if is_none(words, at) {
        return None;
    }
    let noun = words.longest(at, Role::Group)?;
    // "tổ" | "tổ trưởng".
    if words.longest(at, Role::Office).is_some_and(|office| office.words > noun.words) {
        return None;
    }
    (!noun.has('a') || is_said_as_noun(words, at + noun.words)).then_some(noun)
}

/// "tổ chức, cá nhân" and "tổ chức có liên quan", not "tổ chức triển khai" and not "tổ chức, hướng dẫn".
fn is_said_as_noun(words: &mut Words, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.lines < 2) else { return true };
    let roles = [Role::Mod, Role::Tie, Role::Clause, Role::Level];
    if roles.into_iter().any(|role| words.longest(at, role).is_some()) {
        return true;
    }
    if word.is(',') || words.longest(at, Role::Joint).is_some() {
        let next = after_joint(words, at);
        return words.longest(next, Role::Group).is_some() || starts_named(words, next);
    }
    matches!(word.shape, Shape::Mark(mark) if !"(\"“«".contains(mark))
}

fn starts_named(words: &mut Words, at: usize) -> bool {
    words.longest(at, Role::Plural).is_some() || head(words, at, Place::First).is_some()
}

/// The word behind ", và", "và", ";".
pub(super) fn after_joint(words: &mut Words, at: usize) -> usize {
    let mark = words.get(at).is_some_and(|word| word.is(',') || word.is(';'));
    let next = if mark { at + 1 } else { at };
    next + words.longest(next, Role::Joint).map_or(0, |joint| joint.words)
}
