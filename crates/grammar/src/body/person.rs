//! Persons by office: "Giám đốc Sở Y tế", "Chủ tịch UBND các xã", "đồng chí Trưởng ban Tuyên giáo Tỉnh ủy".

use super::{
    group::group,
    lexicon::{Entry, Role},
    model::Kind,
    named::named,
    piece::{Item, Piece},
    starts::{Place, after_joint, starts},
    words::Words,
};

pub(super) fn person(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    let plural = words.longest(at, Role::Plural).map_or(0, |plural| plural.words);
    let honour = words.longest(at, Role::Honour).map(|honour| honour.words);
    let from = at + honour.unwrap_or(plural);
    let item = match honour {
        Some(_) => called(words, from).or_else(|| office(words, from, true)),
        None => office(words, from, plural > 0 || place != Place::First),
    }?;
    Some(from_start(words, item, at, from, plural > 0))
}

/// The honour and the plural belong to the name.
fn from_start(words: &mut Words, mut item: Item, at: usize, from: usize, plural: bool) -> Item {
    let said = words.between(at, from);
    for piece in &mut item.pieces {
        piece.is_group |= plural;
        match &mut piece.before {
            Some(before) if from > at => *before = format!("{said} {before}"),
            Some(_) => {}
            None => piece.from = at,
        }
    }
    item
}

/// "Nguyễn Văn A", with the office behind it: at least two capitals that are no office.
fn called(words: &mut Words, at: usize) -> Option<Item> {
    let mut to = at;
    while to < at + 6 && words.is_big(to) && !starts(words, to) {
        to += 1;
    }
    if to < at + 2 {
        return None;
    }
    let next = if words.is(to, ',') || words.is(to, '-') { to + 1 } else { to };
    let after = office(words, next, false).and_then(|item| item.pieces.into_iter().next());
    let mut piece = of_office(at, to, 9);
    if let Some(office) = after {
        piece.to = office.to;
    }
    Some(Item::one(piece.to, piece))
}

fn of_office(from: usize, to: usize, weight: u8) -> Piece {
    let sure = weight.saturating_mul(10).saturating_add(9);
    Piece { from, to, kind: Kind::Person, is_group: false, is_concerned: false, sure, before: None, note: None }
}

/// An office with the body it is of. Of the readings the one that goes furthest ("Trưởng" + "ban Tuyên giáo").
fn office(words: &mut Words, at: usize, led: bool) -> Option<Item> {
    let offices = words.all(at, Role::Office);
    let readings = offices.into_iter().filter_map(|office| of_body(words, at, office));
    let best = readings.collect::<Vec<_>>().into_iter().rev().max_by_key(|item| item.to);
    best.or_else(|| alone(words, at, led))
}

/// "Giám đốc" + body or group; "Giám đốc, Thủ trưởng" + group; "các Sở: Y tế, Nội vụ" makes one person of each.
fn of_body(words: &mut Words, at: usize, office: Entry) -> Option<Item> {
    let end = offices_end(words, at + office.words);
    let body = named(words, end, Place::Inside).or_else(|| group(words, end, Place::Inside))?;
    let said = words.between(at, end);
    let mut pieces = Vec::new();
    for inner in body.pieces {
        let mut piece = Piece { kind: Kind::Person, ..inner };
        match &mut piece.before {
            Some(before) => *before = format!("{said} {before}"),
            None if piece.from == end => piece.from = at,
            None => piece.before = Some(said.clone()),
        }
        pieces.push(piece);
    }
    Some(Item { to: body.to, pieces })
}

/// Behind further offices that share the body.
fn offices_end(words: &mut Words, at: usize) -> usize {
    let mut end = at;
    for _ in 0..4 {
        let next = after_joint(words, end);
        let plural = words.longest(next, Role::Plural).map_or(0, |plural| plural.words);
        let Some(office) = words.longest(next + plural, Role::Office).filter(|_| next > end && !words.is(end, ';'))
        else {
            break;
        };
        end = next + plural + office.words;
    }
    // An office that no body follows ends the offices before it too.
    end
}

/// An office by itself, where it is written with a capital and says enough.
fn alone(words: &mut Words, at: usize, led: bool) -> Option<Item> {
    let office = words.longest(at, Role::Office)?;
    let to = at + office.words;
    let enough = office.has('b') || led || words.is_boundary(to);
    if !words.is_big(at) || !enough {
        return None;
    }
    let mut piece = of_office(at, to, 7);
    piece.doubt(15);
    Some(Item::one(to, piece))
}
