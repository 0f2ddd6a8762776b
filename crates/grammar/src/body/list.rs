//! Lists of bodies: items with commas, semicolons, "và", "cùng", "với" between them.

use super::{
    fold::Shape,
    group::group,
    lexicon::Role,
    model::{Body, Found, Kind},
    named::named,
    person::person,
    piece::{Item, Piece},
    starts::{Place, after_joint, group_noun, head, level, opens},
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
    let [piece] = item.pieces.as_slice() else { return item };
    let is_front = is_front(words, at, place) && !ends_with_level(words, at, item.to);
    // "Đảng ủy MTTQ, các đoàn thể tỉnh".
    let of_front = words.longest(at, Role::Head).is_some_and(|head| head.kind == Kind::Party)
        && (at + 1..item.to).any(|inner| is_front_to(words, inner, item.to));
    let next = if of_front {
        after_joint(words, item.to)
    } else {
        item.to + words.longest(item.to, Role::Joint).map_or(0, |joint| joint.words)
    };
    let noun = next + words.longest(next, Role::Plural).map_or(0, |plural| plural.words);
    let goes_on = next > item.to && group_noun(words, noun).is_some_and(|noun| noun.has('f'));
    if !(is_front || of_front) || piece.note.is_some() || !goes_on {
        return item;
    }
    let Some(more) = group(words, next, Place::Listed) else { return item };
    let Some(last) = more.pieces.into_iter().next() else { return item };
    let whole = Piece { from: piece.from, kind: piece.kind, sure: piece.sure, ..last };
    Item::one(more.to, whole)
}

fn is_front(words: &mut Words, at: usize, place: Place) -> bool {
    head(words, at, place).is_some_and(|head| head.has('g'))
}

fn is_front_to(words: &mut Words, at: usize, to: usize) -> bool {
    let front = words.longest(at, Role::Head).filter(|head| head.has('g'));
    front.is_some_and(|front| at + front.words == to)
}

/// "Mặt trận Tổ quốc Việt Nam tỉnh" is one body of the province.
fn ends_with_level(words: &mut Words, at: usize, to: usize) -> bool {
    (at + 1..to).any(|inner| level(words, inner).is_some_and(|level| level.has('p') || inner + level.words == to))
}

/// The longest list that begins at a word, and the word behind it.
pub(super) fn list(words: &mut Words, at: usize, place: Place) -> Option<Item> {
    let mut all = item(words, at, place)?;
    while let Some(next) = next_item(words, all.to) {
        all.to = next.to;
        all.pieces.extend(next.pieces);
    }
    Some(all)
}

fn next_item(words: &mut Words, at: usize) -> Option<Item> {
    // "Sở Y tế/Sở Nội vụ", "UBND xã/Các phòng".
    if (words.is(at, '/') || words.is(at, '-')) && words.is_big(at + 1) && words.get(at)?.lines == 0 {
        let whole = words.is(at, '/');
        return if whole { item(words, at + 1, Place::First) } else { named(words, at + 1, Place::First) };
    }
    let next = after_joint(words, at);
    let joined = next > at && words.get(at).is_some_and(|word| word.lines < 2);
    if joined { item(words, next, Place::Listed) } else { None }
}

/// Whether a list is all there is: marks may follow it, and what a heading says before duties.
pub(super) fn is_all(words: &mut Words) -> bool {
    let Some(all) = list(words, 0, Place::First) else { return false };
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
    Found { span: start..end, bodies, is_cut: is_cut(words, list) }
}

/// Whether words follow that say more of a body, or name one that is not known: "của", "nơi", "và cộng đồng", a capital.
fn is_cut(words: &mut Words, list: &Item) -> bool {
    let at = list.to;
    let Some(word) = words.get(at).filter(|word| word.lines == 0) else { return false };
    if word.is_big() {
        return !opens(words, at);
    }
    if words.longest(at, Role::More).is_some() {
        return [Role::Opens, Role::Duty].into_iter().all(|role| words.longest(at, role).is_none());
    }
    // "doanh nghiệp" | "cung cấp dịch vụ …": which ones, or what they do.
    if list.pieces.last().is_some_and(|last| last.kind == Kind::Enterprise) && words.longest(at, Role::Clause).is_some()
    {
        return true;
    }
    if word.is(',') {
        return is_named(words, at + 1);
    }
    let next = after_joint(words, at);
    next > at && !word.is(';') && (words.says(at, "và") || is_named(words, next))
}

/// Words that a name may hold, behind a comma: a capital, or "thủy lợi và đê điều".
fn is_named(words: &mut Words, at: usize) -> bool {
    let roles = [Role::Thing, Role::Deed, Role::Group];
    let big = words.is_big(at);
    !opens(words, at) && (big || roles.into_iter().any(|role| words.longest(at, role).is_some()))
}

/// Every list in a text, one behind the other.
pub(super) fn scan(words: &mut Words) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while words.get(at).is_some() {
        match list(words, at, Place::First) {
            Some(list) => {
                out.push(found(words, at, &list));
                at = list.to.max(at + 1);
            }
            None => at += words.longest(at, Role::Not).map_or(1, |phrase| phrase.words),
        }
    }
    out
}
