//! Lists of bodies: items with commas, semicolons, "và", "cùng", "với" between them.

use super::{
    fold::Shape,
    group::group,
    lexicon::Role,
    model::{Body, Found},
    named::named,
    person::person,
    piece::{Item, Piece},
    starts::{Place, after_joint, group_noun, head},
    words::Words,
};

/// One place of a list.
pub(super) fn item(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    let first = words.get(at)?;
    if !words.is_first(at) || first.lines > 1 && place != Place::First {
        return None;
    }
    let office = person(words, at, place);
    let body = office.or_else(|| named(words, at, place).map(|item| family(words, (at, place), item)));
    body.or_else(|| group(words, at, place))
}

/// "và các đoàn thể" behind "Mặt trận Tổ quốc": they are named as one.
fn family(words: &mut Words, (at, place): (usize, Place), item: Item) -> Item {
    let is_front = head(words, at, place).is_some_and(|head| head.has('g'));
    let [piece] = item.pieces.as_slice() else { return item };
    let next = item.to + words.longest(item.to, Role::Joint).map_or(0, |joint| joint.words);
    let noun = next + words.longest(next, Role::Plural).map_or(0, |plural| plural.words);
    let goes_on = next > item.to && group_noun(words, noun).is_some_and(|noun| noun.has('f'));
    if !is_front || piece.note.is_some() || !goes_on {
        return item;
    }
    let Some(more) = group(words, next, Place::Listed) else { return item };
    let Some(last) = more.pieces.into_iter().next() else { return item };
    let whole = Piece { from: piece.from, kind: piece.kind, sure: piece.sure, ..last };
    Item::one(more.to, whole)
}

/// The longest list that begins at a word, and the word behind it.
pub(super) fn list(words: &mut Words, at: usize) -> Option<Item> {
    let mut all = item(words, at, Place::First)?;
    while let Some(next) = next_item(words, all.to) {
        all.to = next.to;
        all.pieces.extend(next.pieces);
    }
    Some(all)
}

fn next_item(words: &mut Words, at: usize) -> Option<Item> {
    // "Sở Y tế/Sở Nội vụ".
    if (words.is(at, '/') || words.is(at, '-')) && words.is_big(at + 1) && words.get(at)?.lines == 0 {
        return named(words, at + 1, Place::First);
    }
    let next = after_joint(words, at);
    let joined = next > at && words.get(at).is_some_and(|word| word.lines < 2);
    if joined { item(words, next, Place::Listed) } else { None }
}

/// Whether a list is all there is: marks may follow it, and what a heading says before duties.
pub(super) fn is_all(words: &mut Words) -> bool {
    let Some(all) = list(words, 0) else { return false };
    let mut at = all.to;
    at += words.longest(at, Role::Duty).map_or(0, |duty| duty.words);
    while let Some(word) = words.get(at) {
        if !matches!(word.shape, Shape::Mark('.' | ',' | ';' | ':')) {
            return false;
        }
        at += 1;
    }
    true
}

/// The list as it is told to others.
pub(super) fn found(words: &mut Words, at: usize, list: &Item) -> Found {
    let (start, end) = words.bytes(at, list.to);
    let bodies: Vec<Body> = list.pieces.iter().map(|piece| piece.body(words)).collect();
    Found { span: start..end, bodies }
}

/// Every list in a text, one behind the other.
pub(super) fn scan(words: &mut Words) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while words.get(at).is_some() {
        match list(words, at) {
            Some(list) => {
                out.push(found(words, at, &list));
                at = list.to.max(at + 1);
            }
            None => at += words.longest(at, Role::Not).map_or(1, |phrase| phrase.words),
        }
    }
    out
}
