//! Persons by office: "Giám đốc Sở Y tế", "Chủ tịch UBND các xã", "đồng chí Trưởng ban Tuyên giáo Tỉnh ủy".

use super::{
    group::group,
    lexicon::{Entry, Role},
    model::Kind,
    named::named,
    piece::{Item, Piece},
    starts::{Place, after_joint, starts},
    tail::concerned,
    words::Words,
};

/// The most syllables that a person's name has.
const LONGEST_NAME: usize = 5;

pub(super) fn person(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    let plural = words.longest(at, Role::Plural).map_or(0, |plural| plural.words);
    let honour = words.longest(at, Role::Honour).map(|honour| honour.words);
    let from = at + honour.unwrap_or(plural);
    let led = Led { plural: plural > 0, honoured: honour.is_some(), place };
    let item = match honour {
        Some(_) => called(words, from).or_else(|| office(words, from, led)),
        None => office(words, from, led),
    }?;
    let item = if plural > 0 { members(words, from, item, led) } else { item };
    Some(from_start(words, item, at, from, plural > 0))
}

/// What stands before an office.
#[derive(Debug, Clone, Copy)]
struct Led {
    plural: bool,
    honoured: bool,
    place: Place,
}

impl Led {
    /// It says that a person follows, so that the office alone is enough.
    fn is_enough(self) -> bool {
        self.plural || self.honoured || self.place != Place::First
    }
}

/// "các đồng chí Ủy viên Ban Thường vụ, Tỉnh ủy viên phụ trách thôn": members of one board or another are one group.
fn members(words: &mut Words, from: usize, item: Item, led: Led) -> Item {
    let is_member = |words: &mut Words, at| words.longest(at, Role::Office).is_some_and(|office| office.has('v'));
    let [piece] = item.pieces.as_slice() else { return item };
    if !led.honoured || !is_member(words, from) {
        return item;
    }
    let (mut piece, mut to) = (piece.clone(), item.to);
    while let Some(more) = next_member(words, to, led).filter(|(at, _)| is_member(words, *at)) {
        to = more.1;
    }
    piece.to = to;
    piece.is_group = true;
    concerned(words, &mut to, &mut piece);
    piece.to = to;
    Item::one(to, piece)
}

/// Where a further office begins and ends.
fn next_member(words: &mut Words, at: usize, led: Led) -> Option<(usize, usize)> {
    let next = after_joint(words, at);
    let office = office(words, next, led).filter(|_| next > at && !words.is(at, ';'))?;
    Some((next, office.to))
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

/// "Đại tá Nguyễn Văn A", with the first office behind it; the others are the same person's and no part of the name.
fn called(words: &mut Words, at: usize) -> Option<Item> {
    let from = titles_end(words, at);
    let to = given_name(words, from)?;
    let mut piece = of_office(at, to, 9);
    let mut end = to;
    while let Some(next) = further_office(words, end) {
        if end == to {
            piece.to = next;
        }
        end = next;
    }
    Some(Item::one(end, piece))
}

/// Behind "Đại tá", "TS.".
fn titles_end(words: &mut Words, at: usize) -> usize {
    let mut end = at;
    while let Some(title) = words.longest(end, Role::Title) {
        end += title.words;
        end += usize::from(words.is(end, '.') || words.is(end, ','));
    }
    end
}

/// "Nguyễn Văn A": two capitals or more that begin nothing else.
fn given_name(words: &mut Words, at: usize) -> Option<usize> {
    let mut to = at;
    while to < at + LONGEST_NAME && words.is_big(to) && !starts(words, to) {
        to += 1;
    }
    (to >= at + 2 && !words.is_big(to)).then_some(to)
}

/// ", Phó Chủ tịch UBND tỉnh", "- Bí thư Tỉnh ủy", ", thành viên thường trực".
fn further_office(words: &mut Words, at: usize) -> Option<usize> {
    let parted = (words.is(at, ',') || words.is(at, '-')) && words.get(at)?.lines == 0;
    let office = words.longest(at + 1, Role::Office).filter(|_| parted)?;
    let whole = office_of(words, at + 1).map(|item| item.to);
    let alone = at + 1 + office.words;
    let standing = words.says(alone, "thường") && words.says(alone + 1, "trực");
    whole.or(Some(alone + if standing { 2 } else { 0 }))
}

fn of_office(from: usize, to: usize, weight: u8) -> Piece {
    let sure = weight.saturating_mul(10).saturating_add(9);
    Piece { from, to, kind: Kind::Person, is_group: false, is_concerned: false, sure, before: None, note: None }
}

fn office(words: &mut Words, at: usize, led: Led) -> Option<Item> {
    let whole = office_of(words, at).filter(|item| !is_whole_alone(words, at, item.to));
    // "Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ": the first are told apart.
    let apart = led.plural && words.longest(at, Role::Office).is_some_and(|office| office.has('a'));
    match whole.filter(|_| !apart) {
        Some(item) => Some(item),
        None => alone(words, at, led),
    }
}

/// "Trưởng thôn" says all, whatever its second word may be too.
fn is_whole_alone(words: &mut Words, at: usize, to: usize) -> bool {
    let office = words.longest(at, Role::Office);
    office.is_some_and(|office| office.has('b') && !office.has('c') && at + office.words >= to)
}

/// An office with the body it is of. Of the readings the one that goes furthest ("Trưởng" + "ban Tuyên giáo").
fn office_of(words: &mut Words, at: usize) -> Option<Item> {
    let offices = words.all(at, Role::Office);
    let readings = offices.into_iter().filter_map(|office| of_body(words, at, office));
    let best = readings.collect::<Vec<_>>().into_iter().rev().max_by_key(|item| item.to)?;
    Some(named_person(words, best))
}

/// "Phó Chủ tịch UBND tỉnh Nguyễn Văn A".
fn named_person(words: &mut Words, item: Item) -> Item {
    let [piece] = item.pieces.as_slice() else { return item };
    let Some(to) = given_name(words, item.to).filter(|_| !piece.is_group && piece.to == item.to) else { return item };
    Item::one(to, Piece { to, ..piece.clone() })
}

/// "Giám đốc" + body or group; "Giám đốc, Thủ trưởng" + group; "các Sở: Y tế, Nội vụ" makes one person of each.
fn of_body(words: &mut Words, at: usize, office: Entry) -> Option<Item> {
    // "Tỉnh ủy viên, Giám đốc Sở Y tế": an office that says all has no part in the body of the next.
    let shares = office.has('c') || !office.has('b');
    let end = if shares { offices_end(words, at + office.words) } else { at + office.words };
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

/// An office by itself, where it is written with a capital and says enough, or in a list of persons.
fn alone(words: &mut Words, at: usize, led: Led) -> Option<Item> {
    let office = words.longest(at, Role::Office)?;
    let to = at + office.words;
    let named = given_name(words, to).filter(|_| !led.plural);
    let enough = office.has('b') || led.is_enough() || named.is_some() || words.is_boundary(to);
    let written = words.is_big(at) || led.place == Place::Listed && office.has('b');
    if !written || !enough {
        return None;
    }
    let mut piece = of_office(at, named.unwrap_or(to), 7);
    piece.doubt(if named.is_some() || office.has('b') { 0 } else { 15 });
    Some(Item::one(piece.to, piece))
}
