//! Bodies with a head and a name: "Sở Y tế", "UBND tỉnh Mẫu", "Văn phòng Đảng ủy xã".

use super::{
    lexicon::{Entry, Role},
    model::Kind,
    name::{Name, name},
    piece::{Item, Piece},
    proper::proper,
    starts::{Place, after_joint, head, level},
    tail::{note, tail},
    words::Words,
};

/// How deep bodies stand in names of bodies ("Phòng … Công an tỉnh …").
const DEEPEST: usize = 3;

pub(super) fn named(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    nested(words, at, place, DEEPEST)
}

fn nested(words: &mut Words, at: usize, place: Place, depth: usize) -> Option<Item> {
    let head = head(words, at, place)?;
    let mut piece = Piece::new(at, at + head.words, head);
    let name = part(words, at + head.words, head);
    let mut to = name.to;
    judge(&mut piece, name);
    piece.to = to;
    let tailed = tail(words, &mut to, &mut piece);
    inner(words, &mut to, head, &mut piece, depth, tailed);
    // A head that says no more: "Văn phòng".
    if piece.to == at + head.words && !head.has('u') && !head.has('U') {
        piece.doubt(15);
    }
    note(words, &mut to, &mut piece);
    let mut item = Item::one(to, piece);
    if head.has('e') && name.is_full && !tailed {
        elided(words, head, &mut item);
    }
    Some(item)
}

/// The name behind the head; heads that stand alone have none but the open ones.
fn part(words: &mut Words, at: usize, head: Entry) -> Name {
    let alone = (head.has('u') || head.has('U')) && !head.has('o') && !head.has('n') && head.kind != Kind::Enterprise;
    let name = if alone { Name { to: at, is_full: false, is_known: true } } else { name(words, at, head) };
    let whole = alone || name.is_full && !head.has('o');
    Name { to: proper(words, name.to).filter(|_| whole).unwrap_or(name.to), ..name }
}

fn judge(piece: &mut Piece, name: Name) {
    if !name.is_known {
        piece.doubt(35);
    }
}

/// A body that stands in the name: "Ban Tổ chức Tỉnh ủy", "Chi cục … Sở Y tế", "trực thuộc Sở Y tế".
fn inner(words: &mut Words, to: &mut usize, outer: Entry, piece: &mut Piece, depth: usize, tailed: bool) {
    if depth == 0 {
        return;
    }
    let tie = tie(words, *to, outer).or_else(|| branch(words, *to, outer));
    let at = *to + tie.unwrap_or(0);
    // A line ends a name that has something to say already.
    let broken = piece.to > piece.from + outer.words && words.get(at).is_some_and(|word| word.lines > 0);
    if tie.is_none() && (tailed || broken) {
        return;
    }
    let Some(head) = head(words, at, Place::Inside).filter(|head| tie.is_some() || holds(outer, *head)) else {
        return tied_level(words, to, at, piece);
    };
    let Some(item) = nested(words, at, Place::Inside, depth - 1) else { return };
    let Some(last) = item.pieces.first().filter(|_| head.words > 0) else { return };
    piece.is_group |= last.is_group;
    piece.is_concerned |= last.is_concerned;
    piece.note = last.note;
    piece.to = last.to;
    *to = last.note.map_or(last.to, |(_, close)| close + 1);
}

/// "của", "thuộc" behind bodies below others; any body may be "trực thuộc".
fn tie(words: &mut Words, at: usize, outer: Entry) -> Option<usize> {
    let tie = words.longest(at, Role::Tie)?;
    (words.says(at, "trực") || is_lower(outer) && !words.says(at, "trong")).then_some(tie.words)
}

/// The dash of "Ngân hàng … - Chi nhánh …".
fn branch(words: &mut Words, at: usize, outer: Entry) -> Option<usize> {
    let dash = words.is(at, '-') && words.get(at)?.lines == 0 && outer.kind == Kind::Enterprise && !outer.has('s');
    let branch = head(words, at + 1, Place::Inside)?;
    (dash && branch.has('s') && branch.kind == Kind::Enterprise).then_some(1)
}

/// "của tỉnh".
fn tied_level(words: &mut Words, to: &mut usize, at: usize, piece: &mut Piece) {
    if at > *to && level(words, at).is_some() {
        *to = at;
        tail(words, to, piece);
    }
}

/// Bodies below others, that may say whose they are.
fn is_lower(head: Entry) -> bool {
    head.has('s') || matches!(head.kind, Kind::Service | Kind::Team) || head.has('o') && head.kind == Kind::Department
}

fn holds(outer: Entry, inner: Entry) -> bool {
    let above = matches!(inner.kind, Kind::Department | Kind::Police | Kind::Army | Kind::Party | Kind::Ministry);
    outer.has('c')
        || inner.has('s') && matches!(outer.kind, Kind::Enterprise | Kind::Department)
        || is_lower(outer) && !is_lower(inner) && (above || inner.kind == Kind::Committee)
}

/// ", Nội vụ và Y tế" behind "Sở Tài chính".
fn elided(words: &mut Words, head: Entry, item: &mut Item) {
    let Some(first) = item.pieces.first().cloned() else { return };
    let before = words.between(first.from, first.from + head.words);
    while let Some(piece) = next_name(words, item.to, head, &before) {
        item.to = piece.to;
        let mut piece = piece;
        note(words, &mut item.to, &mut piece);
        item.pieces.push(piece);
    }
}

fn next_name(words: &mut Words, at: usize, head: Entry, before: &str) -> Option<Piece> {
    let next = after_joint(words, at);
    if next == at || !words.is_big(next) || super::starts::starts(words, next) {
        return None;
    }
    words.longest(next, Role::Full)?;
    one_name(words, next, head, before)
}

/// A name whose head was said before.
fn one_name(words: &mut Words, at: usize, head: Entry, before: &str) -> Option<Piece> {
    let name = name(words, at, head);
    let mut piece = Piece::new(at, name.to, head);
    judge(&mut piece, name);
    piece.before = Some(before.to_owned());
    let mut to = name.to;
    tail(words, &mut to, &mut piece);
    (to > at).then_some(piece)
}

/// "Sở: Tài chính, Nội vụ" behind "các": each name is a body of the head.
pub(super) fn several(words: &mut Words, at: usize) -> Option<Item> {
    let head = words.longest(at, Role::Head).filter(|head| head.has('e') || head.has('o'))?;
    let colon = words.is(at + head.words, ':');
    let from = at + head.words + usize::from(colon);
    let full = words.longest(from, Role::Full).is_some();
    if !words.is_big(from) || !full && !colon {
        return None;
    }
    let before = capital(&words.between(at, at + head.words));
    let first = one_name(words, from, head, &before)?;
    let mut item = Item { to: first.to, pieces: vec![first] };
    let more = |words: &mut Words, to: usize| {
        let next = after_joint(words, to);
        let fits = next > to && words.is_big(next) && !super::starts::starts(words, next);
        (fits && (colon || words.longest(next, Role::Full).is_some())).then_some(next)
    };
    while let Some(next) = more(words, item.to) {
        let Some(piece) = one_name(words, next, head, &before) else { break };
        item.to = piece.to;
        item.pieces.push(piece);
    }
    Some(item)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
