//! Groups: "các sở, ban, ngành", "doanh nghiệp cung cấp dịch vụ viễn thông", "các xã: Bản Mẫu, Suối Mẫu".

use super::{
    fold::Shape,
    lexicon::{Entry, Role},
    model::Kind,
    named::{named, several},
    piece::{Item, Piece},
    starts::{Place, after_joint, group_noun, head, is_bare_level, is_place, level},
    tail::{is_listed_place, note, place, tail},
    words::Words,
};

pub(super) fn group(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    let plural = words.longest(at, Role::Plural);
    let from = at + plural.map_or(0, |plural| plural.words);
    if plural.is_some() {
        if let Some(item) = several(words, from).or_else(|| places(words, from)) {
            return Some(item);
        }
        if let Some(item) = of_named(words, at, from) {
            return Some(item);
        }
    }
    if place == Place::Listed
        && let Some(item) = one_place(words, at)
    {
        return Some(item);
    }
    let first = group_noun(words, from)?;
    let begins = first.has('b') || next_noun(words, from + first.words).is_some();
    if plural.is_none() && place == Place::First && !begins {
        return None;
    }
    let item = nouns(words, at, from, first);
    (plural.is_some() || stands_alone(words, first, &item, from, place)).then_some(item)
}

/// "các Ban Quản lý dự án giao thông", "các Hội Nông dân".
fn of_named(words: &mut Words, at: usize, from: usize) -> Option<Item> {
    head(words, from, Place::Inside)?;
    let noun = group_noun(words, from).map_or(0, |noun| noun.words);
    let mut item = named(words, from, Place::Inside)?;
    let first = item.pieces.first_mut().filter(|piece| piece.to > from + noun)?;
    first.from = at;
    first.is_group = true;
    Some(item)
}

/// "xã Bản Mẫu" in a list of such.
fn one_place(words: &mut Words, at: usize) -> Option<Item> {
    let level = level(words, at).filter(|level| level.has('w') && level.has('p') && !level.has('r'))?;
    let mut to = at + level.words;
    if !is_place(words, to) || !words.is_big(to) {
        return None;
    }
    place(words, &mut to);
    let mut piece = Piece::new(at, to, level.of_kind(Kind::Ward));
    note(words, &mut to, &mut piece);
    Some(Item::one(to, piece))
}

/// "xã: Bản Mẫu, Suối Mẫu" and "xã Bản Mẫu, Suối Mẫu" behind "các": each place is a body of the level.
fn places(words: &mut Words, at: usize) -> Option<Item> {
    let level = level(words, at).filter(|level| level.has('p'))?;
    let colon = usize::from(words.is(at + level.words, ':'));
    let mut next = at + level.words + colon;
    if colon > 0 && !is_listed_place(words, next) {
        return None;
    }
    let before = words.between(at, at + level.words);
    let mut item = Item { to: next, pieces: vec![] };
    while is_place(words, next) && words.is_big(next) {
        let from = next;
        place(words, &mut next);
        let mut piece = Piece::new(from, next, level.of_kind(Kind::Ward));
        piece.before = Some(before.clone());
        item.pieces.push(piece);
        item.to = next;
        let after = after_joint(words, next);
        if after == next {
            break;
        }
        next = after;
    }
    (!item.pieces.is_empty()).then_some(item)
}

/// The nouns of a group, and what says which ones.
fn nouns(words: &mut Words, at: usize, from: usize, first: Entry) -> Item {
    let mut to = from + first.words;
    let (mut last, mut kind, mut count) = (first, first.kind, 1);
    while let Some((next, noun)) = next_noun(words, to).filter(|_| !last.has('x')) {
        kind = if noun.kind == kind { kind } else { Kind::Group };
        (to, last, count) = (next + noun.words, noun, count + 1);
    }
    let mut piece = Piece::new(at, to, first.of_kind(kind));
    piece.is_group = true;
    modifiers(words, &mut to, &mut piece, last);
    if count == 1 && piece.to == from + first.words {
        piece.doubt(if at == from && first.words < 3 { 30 } else { 10 });
    }
    note(words, &mut to, &mut piece);
    Item::one(to, piece)
}

/// ", ngành" or "và doanh nghiệp" or "/đơn vị" behind a noun that nothing modifies yet.
fn next_noun(words: &mut Words, at: usize) -> Option<(usize, Entry)> {
    let word = words.get(at).filter(|word| word.lines < 2)?;
    let next = match word.shape {
        Shape::Mark('/' | '-') => at + 1,
        Shape::Mark(';') => return None,
        _ => after_joint(words, at),
    };
    let noun = group_noun(words, next).filter(|_| next > at)?;
    // "Công an các xã" behind a comma is a body of its own.
    let body = words.is_big(next) && head(words, next, Place::First).is_some();
    (!body).then_some((next, noun))
}

/// "viễn thông", "cung cấp dịch vụ …", "thuộc Sở Y tế", "trên địa bàn tỉnh", "có liên quan".
fn modifiers(words: &mut Words, to: &mut usize, piece: &mut Piece, last: Entry) {
    let mut before_clause = None;
    loop {
        let from = *to;
        if words.get(from).is_none_or(|word| word.lines > 1) {
            break;
        }
        if last.has('c') && from == piece.to {
            inner(words, from, to);
        }
        if (last.has('m') || last.kind == Kind::Enterprise) && !piece.is_concerned {
            things(words, to);
            let kept = (*to, piece.clone());
            before_clause = before_clause.or(clause(words, to).then_some(kept));
        }
        if last.has('y') {
            grades(words, to);
        }
        whose(words, to, piece, last);
        tied(words, to, piece);
        modifier(words, to);
        *to = zone(words, *to).unwrap_or(*to);
        piece.to = piece.to.max(*to);
        if *to == from {
            break;
        }
    }
    if let Some((at, kept)) = before_clause {
        judge_clause(words, to, piece, at, kept);
    }
}

/// The tail of a group; "các xã, phường" behind "cấp ủy" says whose they are.
fn whose(words: &mut Words, to: &mut usize, piece: &mut Piece, last: Entry) {
    let kind = piece.kind;
    if last.has('w') && *to == piece.to {
        piece.kind = Kind::Party;
    }
    tail(words, to, piece);
    piece.kind = kind;
}

/// "mầm non, tiểu học và THCS" behind "trường".
fn grades(words: &mut Words, to: &mut usize) {
    let mut next = *to;
    while let Some(grade) = words.longest(next, Role::Grade) {
        *to = next + grade.words;
        next = after_joint(words, *to);
        if next == *to || words.is(*to, ';') {
            return;
        }
    }
}

/// A clause that ends its sentence was what they are to do; one that ends its text may be.
fn judge_clause(words: &mut Words, to: &mut usize, piece: &mut Piece, at: usize, kept: Piece) {
    match words.get(*to) {
        Some(word) if word.is('.') => {
            *piece = Piece { to: at, ..kept };
            *to = at;
        }
        Some(word) if word.lines < 2 => piece.doubt(20),
        _ => piece.doubt(35),
    }
}

fn modifier(words: &mut Words, to: &mut usize) {
    if let Some(entry) = words.longest(*to, Role::Mod).filter(|entry| !entry.has('k') && !entry.has('d')) {
        *to += entry.words;
    }
}

fn things(words: &mut Words, to: &mut usize) {
    while let Some(thing) = thing(words, *to) {
        *to += thing.words;
    }
}

fn thing(words: &mut Words, at: usize) -> Option<Entry> {
    let thing = words.longest(at, Role::Thing)?;
    (level(words, at).is_none() && words.get(at)?.lines < 2).then_some(thing)
}

/// A clause says which enterprises are meant where something is left behind it to say what they do.
fn clause(words: &mut Words, to: &mut usize) -> bool {
    let Some(verb) = words.longest(*to, Role::Clause) else { return false };
    let mut end = *to + verb.words;
    let from = end;
    while let Some(next) = object(words, end, from) {
        end = next;
    }
    let taken = end > from && !goes_on_as_predicate(words, end);
    if taken {
        *to = end;
    }
    taken
}

/// A further thing that the clause is about.
fn object(words: &mut Words, at: usize, from: usize) -> Option<usize> {
    if let Some(thing) = thing(words, at) {
        return Some(at + thing.words);
    }
    let next = after_joint(words, at);
    if next == at || at == from || words.is(at, ';') || group_noun(words, next).is_some() {
        return None;
    }
    thing(words, next).map(|thing| next + thing.words)
}

/// "cung cấp dịch vụ cho …", "… trước ngày …": then the clause was what they do.
fn goes_on_as_predicate(words: &mut Words, at: usize) -> bool {
    ["cho", "theo", "tới", "đến", "trước", "từ", "với", "bằng", "để", "phục", "đúng", "kịp", "đầy"]
        .iter()
        .any(|word| words.says(at, word))
}

/// "thuộc Sở Y tế", "trên địa bàn tỉnh", "của các bộ, ngành".
fn tied(words: &mut Words, to: &mut usize, piece: &mut Piece) {
    let Some(tie) = words.longest(*to, Role::Tie) else { return };
    let at = *to + tie.words;
    if level(words, at).is_some() {
        *to = at;
        tail(words, to, piece);
        return;
    }
    if let Some(end) = zone(words, at) {
        *to = end;
        return;
    }
    inner(words, at, to);
    if *to < at
        && let Some(plural) = words.longest(at, Role::Plural)
        && let Some(noun) = group_noun(words, at + plural.words)
    {
        *to = at + plural.words + noun.words;
    }
    let mut end = at;
    things(words, &mut end);
    if *to < at && end > at {
        *to = end;
    }
}

/// "vùng dự án", "khu vực ngập lụt".
fn zone(words: &mut Words, at: usize) -> Option<usize> {
    let from = at + words.longest(at, Role::Zone).filter(|_| level(words, at).is_none())?.words;
    let grounds = [Role::Ground, Role::Thing].map(|role| words.longest(from, role));
    grounds.into_iter().flatten().map(|ground| from + ground.words).max()
}

/// A named body at a place: the group is one of its parts.
fn inner(words: &mut Words, at: usize, to: &mut usize) {
    if let Some(piece) = named(words, at, Place::Inside).and_then(|item| item.pieces.into_iter().next()) {
        *to = piece.to;
    }
}

/// Without "các" a common noun is a body where it says which ones, or where a list goes on.
fn stands_alone(words: &mut Words, first: Entry, item: &Item, from: usize, place: Place) -> bool {
    let long = item.to > from + first.words || first.has('x') || first.has('s');
    if item.to == from + first.words && is_bare_level(words, from, first) {
        return false;
    }
    match place {
        Place::First => long || words.is_boundary(item.to) && !words.is(item.to, ':'),
        Place::Listed => true,
        Place::Inside => long || first.has('b'),
    }
}
