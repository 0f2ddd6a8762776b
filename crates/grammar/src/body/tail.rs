//! What may stand behind a name: levels and places, numbers, "có liên quan", words in brackets.

use super::{
    cited::cited,
    fold::Shape,
    lexicon::{Entry, Role},
    model::Kind,
    piece::Piece,
    starts::{after_joint, group_noun, is_place, level},
    words::Words,
};

/// How many words a remark in brackets may have.
const LONGEST_NOTE: usize = 60;

/// Reads whatever belongs to the name and stands behind it. Says whether anything did.
pub(super) fn tail(words: &mut Words, at: &mut usize, piece: &mut Piece) -> bool {
    let from = *at;
    let mut bare = false;
    while levels(words, at, piece, &mut bare)
        || many_levels(words, at, piece)
        || many_nouns(words, at, piece)
        || !piece.is_group && (numbered(words, at) || region(words, at))
        || concerned(words, at, piece)
        || piece.is_group && (territory(words, at) || of_area(words, at))
        || piece.kind == Kind::Team && set_up(words, at)
    {}
    piece.to = piece.to.max(*at);
    *at > from
}

/// "(cơ quan thường trực)": a remark, no part of the name.
pub(super) fn note(words: &mut Words, at: &mut usize, piece: &mut Piece) {
    if !words.is(*at, '(') || words.get(*at).is_none_or(|word| word.lines > 1) {
        return;
    }
    if let Some(close) = (*at + 1..*at + LONGEST_NOTE).find(|ahead| words.is(*ahead, ')')) {
        piece.note = Some((*at + 1, close));
        *at = close + 1;
    }
}

/// "tỉnh Mẫu", "xã, phường, đặc khu".
fn levels(words: &mut Words, at: &mut usize, piece: &mut Piece, bare: &mut bool) -> bool {
    let Some(first) = level(words, *at) else { return false };
    let named = is_place(words, *at + first.words);
    // A level that names no place is said once, and not behind "các xã".
    if !named && first.has('p') && (*bare || piece.is_group && piece.to < *at) {
        return false;
    }
    let named = one_level(words, at, first, piece);
    if !named && first.has('p') {
        *bare = true;
        more_levels(words, at, piece);
    }
    true
}

/// One level with the place it names; whether it names one.
fn one_level(words: &mut Words, at: &mut usize, level: Entry, piece: &mut Piece) -> bool {
    *at += level.words;
    if level.has('w') && piece.kind == Kind::Committee {
        piece.kind = Kind::Ward;
    }
    let named = level.has('p') && is_place(words, *at);
    if named {
        place(words, at);
    }
    named
}

/// The words of a place; the line that it begins on is its last.
pub(super) fn place(words: &mut Words, at: &mut usize) {
    *at += 1;
    while is_place(words, *at) && words.get(*at).is_some_and(|word| word.lines == 0) {
        *at += 1;
    }
}

/// ", phường, đặc khu" behind "xã": levels that name no place are one group with it.
fn more_levels(words: &mut Words, at: &mut usize, piece: &mut Piece) {
    loop {
        let next = after_joint(words, *at);
        let Some(more) = level(words, next).filter(|more| next > *at && more.has('p') && !words.is(*at, ';')) else {
            return;
        };
        if is_place(words, next + more.words) && !piece.is_group {
            return;
        }
        piece.is_group = true;
        *at = next;
        one_level(words, at, more, piece);
    }
}

/// "các xã, phường, đặc khu".
fn many_levels(words: &mut Words, at: &mut usize, piece: &mut Piece) -> bool {
    // A new line of a cell begins a new body, but "UBND" says nothing yet.
    let open = matches!(piece.kind, Kind::Committee | Kind::Party | Kind::Police | Kind::Army | Kind::Front);
    let longest = if open && piece.to == *at { 2 } else { 1 };
    let Some(many) = many(words, *at).filter(|_| words.get(*at).is_some_and(|word| word.lines < longest)) else {
        return false;
    };
    let Some(first) = level(words, *at + many) else { return false };
    piece.is_group = true;
    *at += many;
    one_level(words, at, first, piece);
    more_levels(words, at, piece);
    if words.is(*at, ':') && is_listed_place(words, *at + 1) {
        *at += 1;
        listed_places(words, at);
    } else if words.is(*at, ',') && words.get(*at - 1).is_some_and(|word| word.is_big()) {
        *at += 1;
        if is_place(words, *at) { listed_places(words, at) } else { *at -= 1 }
    }
    true
}

/// "các xã: Bản Mẫu, Suối Mẫu", and not "các xã: Rà soát hồ": a word in lower case goes on with what they do.
pub(super) fn is_listed_place(words: &mut Words, at: usize) -> bool {
    let mut end = at;
    while is_place(words, end) && (end == at || words.get(end).is_some_and(|word| word.lines == 0)) {
        end += 1;
    }
    let goes_on = words.get(end).is_some_and(|word| word.shape == Shape::Lower && word.lines == 0);
    end > at && (end > at + 1 || !goes_on || after_joint(words, end) > end)
}

/// How many words say that there are many: "các", or how many.
fn many(words: &mut Words, at: usize) -> Option<usize> {
    let count = words.get(at).is_some_and(|word| word.shape == Shape::Number) && level(words, at + 1).is_some();
    words.longest(at, Role::Plural).map(|plural| plural.words).or(count.then_some(1))
}

/// "Bản Mẫu, Suối Mẫu" behind "các xã:".
fn listed_places(words: &mut Words, at: &mut usize) {
    let mut next = *at;
    while is_place(words, next) {
        place(words, &mut next);
        *at = next;
        next = after_joint(words, next);
        // "… và phường Hạ Mẫu".
        let placed = level(words, next).filter(|level| level.has('w') && level.has('p'));
        next += placed.filter(|_| next > *at).map_or(0, |level| level.words);
    }
}

/// "các đơn vị, địa phương" behind "Công an": whose it is, where the head is all of the name.
fn many_nouns(words: &mut Words, at: &mut usize, piece: &mut Piece) -> bool {
    let whose = matches!(piece.kind, Kind::Police | Kind::Party | Kind::Army | Kind::Front)
        && piece.to == *at
        && words.get(*at).is_some_and(|word| word.lines == 0);
    let Some(plural) = words.longest(*at, Role::Plural).filter(|_| whose) else { return false };
    let Some(first) = group_noun(words, *at + plural.words) else { return false };
    *at += plural.words + first.words;
    piece.is_group = true;
    loop {
        let next = after_joint(words, *at);
        let Some(noun) = group_noun(words, next).filter(|_| next > *at && !words.is(*at, ';')) else { return true };
        *at = next + noun.words;
    }
}

/// "số 1", "khóa XX", "I" of a branch.
fn numbered(words: &mut Words, at: &mut usize) -> bool {
    let said = words.says(*at, "số") || words.says(*at, "khóa") || words.says(*at, "khu vực");
    let number = words.get(*at + 1).is_some_and(|word| matches!(word.shape, Shape::Number | Shape::Upper));
    if said && number {
        *at += 2;
    }
    said && number
}

/// "Kho bạc Nhà nước" + "khu vực", of which it is not said which one.
fn region(words: &mut Words, at: &mut usize) -> bool {
    let said =
        words.says(*at, "khu") && words.says(*at + 1, "vực") && words.get(*at).is_some_and(|word| word.lines == 0);
    let ground = [Role::Ground, Role::Thing].into_iter().any(|role| words.longest(*at + 2, role).is_some());
    let region = said && !ground && !words.is_big(*at);
    *at += if region { 2 } else { 0 };
    region
}

/// "thuộc khu vực III", "trên địa bàn tỉnh" behind "UBND các xã".
fn of_area(words: &mut Words, at: &mut usize) -> bool {
    let Some(tie) = words.longest(*at, Role::Tie) else { return false };
    let area = level(words, *at + tie.words).is_some();
    *at += if area { tie.words } else { 0 };
    area
}

fn set_up(words: &mut Words, at: &mut usize) -> bool {
    let end = cited(words, *at);
    *at = end.unwrap_or(*at);
    end.is_some()
}

/// "có rừng", "nơi có khu, điểm du lịch", "có dự án đi qua": which ones, by what lies in them.
fn territory(words: &mut Words, at: &mut usize) -> bool {
    let mut next = *at + usize::from(words.says(*at, "nơi"));
    if !words.says(next, "có") || words.get(*at).is_none_or(|word| word.lines > 1) {
        return false;
    }
    next += 1;
    let mut end = None;
    while let Some(ground) = words.longest(next, Role::Ground) {
        next += ground.words;
        end = Some(next);
        next = after_joint(words, next);
    }
    let Some(end) = end else { return false };
    *at = end;
    if words.says(end, "đi") && words.says(end + 1, "qua") {
        *at += 2;
    }
    true
}

pub(super) fn concerned(words: &mut Words, at: &mut usize, piece: &mut Piece) -> bool {
    let said = words.longest(*at, Role::Mod).filter(|entry| entry.has('k') || entry.has('g') && piece.is_group);
    let Some(said) = said else { return false };
    *at += said.words;
    piece.is_concerned |= said.has('k');
    true
}
