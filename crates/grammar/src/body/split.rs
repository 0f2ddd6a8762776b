//! A cell or the value of a label: all of it is bodies, so what is not understood stays with the body before.

use super::{
    fold::Shape,
    lexicon::Role,
    list::item,
    model::{Body, Kind},
    piece::{Item, Piece},
    starts::{Place, after_joint, head},
    words::Words,
};

pub(super) fn split(words: &mut Words) -> Vec<Body> {
    let mut pieces = Vec::new();
    let mut at = begin(words, 0);
    while words.get(at).is_some() {
        let item = item(words, at, Place::Listed).unwrap_or_else(|| unread(words, at));
        let end = rest(words, item.to.max(at + 1));
        pieces.extend(grown(words, item, end));
        at = begin(words, end);
    }
    pieces.iter().map(|piece| piece.body(words)).filter(|body| !body.name.is_empty()).collect()
}

/// Behind what parts bodies: joints, marks of lists.
fn begin(words: &mut Words, at: usize) -> usize {
    let mut at = at;
    while let Some(word) = words.get(at) {
        let mark = matches!(word.shape, Shape::Mark(mark) if !"(\"“«".contains(mark));
        let joint = words.longest(at, Role::Joint).map_or(0, |joint| joint.words);
        let numbered = word.shape == Shape::Number && (words.is(at + 1, '.') || words.is(at + 1, ')'));
        match (mark || numbered, joint) {
            (true, _) => at += 1,
            (false, 0) => break,
            (false, words) => at += words,
        }
    }
    at
}

/// Words that stand where a body should.
fn unread(words: &mut Words, at: usize) -> Item {
    let (from, to) = (at, at + 1);
    words.get(at);
    let piece =
        Piece { from, to, kind: Kind::Other, is_group: false, is_concerned: false, sure: 20, before: None, note: None };
    Item::one(to, piece)
}

/// Where the next body begins, or the text ends.
fn rest(words: &mut Words, from: usize) -> usize {
    let mut at = from;
    while let Some(word) = words.get(at) {
        if word.is('(') {
            at = closed(words, at);
        } else if word.is(';') || parts(words, at, from) {
            break;
        } else {
            at += 1;
        }
    }
    at
}

/// Behind the bracket that closes this one; behind this one where none does.
fn closed(words: &mut Words, at: usize) -> usize {
    (at + 1..at + 60).find(|ahead| words.is(*ahead, ')')).map_or(at + 1, |close| close + 1)
}

/// A joint or a line's end with a body behind it, or a body with a capital right behind a small word.
fn parts(words: &mut Words, at: usize, from: usize) -> bool {
    let next = after_joint(words, at);
    if next > at {
        return item(words, next, Place::Listed).is_some();
    }
    let Some(word) = words.get(at) else { return true };
    if word.is('/') && word.lines == 0 && words.is_big(at + 1) {
        return item(words, at + 1, Place::First).is_some();
    }
    if word.lines > 0 {
        let after = begin(words, at);
        return after > at || item(words, after, Place::First).is_some();
    }
    let small = at == from || words.get(at - 1).is_some_and(|before| before.shape == Shape::Lower);
    let tied = at > 0 && (words.longest(at - 1, Role::Tie).is_some() || ties(words, at - 1));
    word.is_big() && small && !tied && head(words, at, Place::First).is_some()
}

/// Words that tie a name to the one before it.
fn ties(words: &mut Words, at: usize) -> bool {
    ["của", "cho", "qua", "gồm", "là", "do", "về", "tại", "theo", "với"].iter().any(|word| words.says(at, word))
}

/// The last body of an item keeps what stands behind it and was not understood.
fn grown(words: &mut Words, item: Item, end: usize) -> Vec<Piece> {
    let mut pieces = item.pieces;
    let mut to = end;
    while to > item.to
        && words.get(to - 1).is_some_and(|word| matches!(word.shape, Shape::Mark(mark) if ".,;:-".contains(mark)))
    {
        to -= 1;
    }
    if let Some(last) = pieces.last_mut().filter(|_| to > item.to) {
        last.to = to;
        last.note = None;
        last.doubt(if last.kind == Kind::Other { 0 } else { 30 });
    }
    pieces
}
