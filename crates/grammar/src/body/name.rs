//! Where the words end that name a body behind its head: "Sở" + "Khoa học và Công nghệ".
//!
//! A name is written in compounds with a capital each, of which only the first syllable shows it ("Tài chính"). So
//! the compounds are known (`names.txt`), and of a compound that is not known a second syllable is taken unless it is a
//! word that no name goes on with. The predicate behind it may be any word whatever.

use super::{
    fold::Shape,
    lexicon::{Entry, Role},
    model::Kind,
    starts::{Place, group_noun, head, level, starts},
    words::Words,
};

/// What may follow in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A deed was named and its thing is to come ("Kiểm soát" "bệnh tật").
    Hungry,
    Fed,
}

/// The words of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub to: usize,
    /// It is the whole name of a body of its kind.
    pub is_full: bool,
    /// All its words are known.
    pub is_known: bool,
}

struct Reading<'w, 't> {
    words: &'w mut Words<'t>,
    head: Entry,
    from: usize,
    at: usize,
    state: State,
    is_full: bool,
    is_known: bool,
    /// The part before was written with capitals all through, as places are.
    placed: bool,
    /// The phrase read last, as (first word, words): no name says the same twice.
    last: (usize, usize),
}

/// The name behind a head that ends before `at`.
pub(super) fn name(words: &mut Words, at: usize, head: Entry) -> Name {
    let state = if head.has('h') { State::Hungry } else { State::Fed };
    let mut reading =
        Reading { words, head, from: at, at, state, is_full: false, is_known: true, placed: false, last: (at, 0) };
    while reading.part() || reading.joined() {}
    // "Công ty Khai thác" + words that nobody listed: what is done there is still to come.
    if reading.state == State::Hungry && !reading.is_first() {
        let goes_on = reading.words.get(reading.at).is_some_and(|word| word.shape == Shape::Lower && word.lines == 0);
        reading.is_known &= !goes_on;
    }
    Name { to: reading.at, is_full: reading.is_full, is_known: reading.is_known }
}

impl Reading<'_, '_> {
    fn is_first(&self) -> bool {
        self.at == self.from
    }

    /// One compound of the name.
    fn part(&mut self) -> bool {
        let Some(word) = self.words.get(self.at).filter(|word| word.lines < 2) else { return false };
        match word.shape {
            Shape::Capital | Shape::Upper => self.big(),
            Shape::Lower if self.head.has('o') => self.small(self.at),
            Shape::Lower => self.managed(),
            Shape::Mark('"' | '“' | '”' | '«' | '»') => self.quoted(),
            Shape::Number => self.numbered(word.lines),
            Shape::Mark(_) => false,
        }
    }

    /// "Ban Chỉ đạo 389", "Phòng Nghiệp vụ 1".
    fn numbered(&mut self, lines: u8) -> bool {
        let named = self.is_first() && self.head.kind == Kind::Team;
        let told_apart = self.head.has('i') && !self.is_full && (!self.is_first() || self.head.has('n'));
        let taken = lines == 0 && (named || told_apart && is_ordinal(self.words, self.at));
        self.at += usize::from(taken);
        taken
    }

    /// "Phòng Quản lý" + "chuyên ngành": what a deed with a capital is done to.
    fn managed(&mut self) -> bool {
        let thing = self.thing(self.at).filter(|_| self.state == State::Hungry && !self.is_first());
        let Some(thing) = thing.filter(|thing| !self.repeats(self.at, *thing)) else { return false };
        self.take(self.at, thing);
        true
    }

    fn big(&mut self) -> bool {
        if self.is_full && !self.head.has('o') || self.begins_body() {
            return false;
        }
        // "Khu vực 9", "Tỉnh Mẫu": a level, not a compound.
        if level(self.words, self.at).is_some() {
            return false;
        }
        match self.known(self.at) {
            Some(entry) => {
                let whole = self.is_first() || self.is_full;
                self.is_full = entry.role == Role::Full && whole;
                self.take(self.at, entry);
            }
            None => self.unknown(),
        }
        true
    }

    /// A body behind a name, or in one ("Thanh tra" + "Sở").
    fn begins_body(&mut self) -> bool {
        let holds = self.head.has('c');
        (!self.is_first() || holds) && starts(self.words, self.at)
            || holds && head(self.words, self.at, Place::Inside).is_some()
    }

    /// The longest phrase that names something; of equals the whole name of a body.
    fn known(&mut self, at: usize) -> Option<Entry> {
        if let Some(full) = self.known_as(at, Role::Full).filter(|_| at == self.from && self.head.has('e')) {
            return Some(full);
        }
        let roles = [Role::Place, Role::Deed, Role::Thing, Role::Full];
        roles.into_iter().filter_map(|role| self.known_as(at, role)).max_by_key(|entry| entry.words)
    }

    /// No compound reaches into the body behind it ("Tài chính" | "Công an").
    fn known_as(&mut self, at: usize, role: Role) -> Option<Entry> {
        let phrases = self.words.all(at, role);
        phrases.into_iter().rev().find(|entry| {
            let mut inner = at + 1..at + entry.words;
            !inner.any(|inner| self.words.is_big(inner) && head(self.words, inner, Place::First).is_some())
        })
    }

    fn take(&mut self, at: usize, entry: Entry) {
        self.last = (at, entry.words);
        self.at = at + entry.words;
        self.state = if entry.role == Role::Deed && !entry.has('w') { State::Hungry } else { State::Fed };
        self.placed = entry.role == Role::Place;
    }

    /// Capitals that the lexicon does not know; one alone is the first half of a compound.
    fn unknown(&mut self) {
        let from = self.at;
        self.is_full = false;
        while self.words.is_big(self.at)
            && (self.at == from
                || !starts(self.words, self.at) && self.known(self.at).is_none_or(|known| known.has('c')))
            && self.words.get(self.at).is_some_and(|word| self.at == from || word.lines < 2)
        {
            self.at += 1;
        }
        let short = self.words.get(from).is_some_and(|word| word.shape == Shape::Upper);
        let alone = self.at == from + 1 && !short && !self.placed;
        self.is_known &= !alone || self.words.is_boundary(self.at);
        if alone && self.is_second_half(self.at) {
            self.at += 1;
            self.up_to_place();
        }
        self.state = State::Fed;
        self.placed = !alone;
    }

    /// "Xổ số" + "kiến thiết Mẫu": small words that a place closes belong to a compound that nobody listed.
    fn up_to_place(&mut self) {
        let small =
            |words: &mut Words, at| words.get(at).is_some_and(|word| word.shape == Shape::Lower && word.lines == 0);
        let mut at = self.at;
        while at < self.at + 3 && small(self.words, at) && self.words.longest(at, Role::Stop).is_none() {
            at += 1;
        }
        let placed = level(self.words, self.at).is_none() && self.words.is_big(at) && !starts(self.words, at);
        if placed && at > self.at {
            self.at = at;
        }
    }

    fn is_second_half(&mut self, at: usize) -> bool {
        let small = self.words.get(at).is_some_and(|word| word.shape == Shape::Lower && word.lines == 0);
        small && self.words.longest(at, Role::Stop).is_none() && level(self.words, at).is_none()
    }

    /// A thing in lower case, or a deed where a thing is still to come.
    fn small(&mut self, at: usize) -> bool {
        let thing = self.thing(at);
        let led = self.is_first() && self.head.kind == Kind::Team;
        let deed = self.words.longest(at, Role::Deed);
        let deed = deed.filter(|deed| self.state == State::Hungry || led && deed.has('w'));
        let Some(entry) = [deed, thing].into_iter().flatten().max_by_key(|entry| entry.words) else {
            return self.is_first() && self.deed_of_thing(at);
        };
        if self.repeats(at, entry) {
            return false;
        }
        self.take(at, entry);
        true
    }

    fn thing(&mut self, at: usize) -> Option<Entry> {
        let thing = self.words.longest(at, Role::Thing)?;
        let level = level(self.words, at).is_some();
        (!level && self.words.reach(at) <= thing.words.max(2)).then_some(thing)
    }

    fn repeats(&mut self, at: usize, entry: Entry) -> bool {
        let (from, count) = self.last;
        count == entry.words
            && self.words.between(from, from + count).to_lowercase()
                == self.words.between(at, at + count).to_lowercase()
    }

    /// "Ban chỉ đạo" + "phát triển khoa học … tỉnh": a deed begins the name only where a level closes it.
    fn deed_of_thing(&mut self, at: usize) -> bool {
        let Some(deed) = self.words.longest(at, Role::Deed) else { return false };
        let kept = (self.at, self.state, self.last);
        self.take(at, deed);
        while self.at > at && (self.small_after(at) || self.joined()) {}
        if level(self.words, self.at).is_some() || self.words.get(self.at).is_none() {
            return true;
        }
        (self.at, self.state, self.last) = kept;
        false
    }

    fn small_after(&mut self, first: usize) -> bool {
        self.at > first && self.small(self.at)
    }

    /// ", ", " và ", " - " and a further compound that begins no other body.
    fn joined(&mut self) -> bool {
        // "Trường Tiểu học" + "và THCS".
        let whole = self.head.has('o') && self.head.words > 1 && self.words.says(self.at, "và");
        if self.is_first() && !(whole && self.words.is_big(self.at + 1)) {
            return false;
        }
        let Some((next, loose)) = self.connector() else { return false };
        if starts(self.words, next) {
            return false;
        }
        if self.words.is_big(next) { self.joined_big(next, loose) } else { self.joined_small(next) }
    }

    /// Where the next compound would begin, and whether only a comma parts it.
    fn connector(&mut self) -> Option<(usize, bool)> {
        let word = self.words.get(self.at).filter(|word| word.lines < 2)?;
        let and = |words: &mut Words, at| words.says(at, "và") || words.says(at, "&");
        match word.shape {
            Shape::Mark(',') if and(self.words, self.at + 1) => Some((self.at + 2, false)),
            Shape::Mark(',') => Some((self.at + 1, true)),
            Shape::Mark('-' | '&') => Some((self.at + 1, false)),
            _ => and(self.words, self.at).then_some((self.at + 1, false)),
        }
    }

    fn joined_big(&mut self, next: usize, loose: bool) -> bool {
        let known = self.known(next);
        // "Sở Tài chính, Nội vụ": another body whose head is left out.
        let other = self.is_full && known.is_some_and(|entry| entry.role == Role::Full);
        let apart = loose && (known.is_none() || self.is_full) && !self.closes(next);
        if self.head.has('e') && other || apart {
            return false;
        }
        self.at = next;
        self.is_full = false;
        match known {
            Some(entry) => self.take(next, entry),
            None => self.unknown(),
        }
        true
    }

    /// "Biên chế và Công vụ" behind "Phòng Tổ chức,": a row of compounds that "và" closes is one name, where names
    /// are as many as one likes ("Phòng", not "Sở").
    fn closes(&mut self, from: usize) -> bool {
        let mut at = from;
        for _ in 0..4 {
            if !self.head.has('l') || !self.words.is_big(at) || starts(self.words, at) {
                return false;
            }
            at += self.compound(at);
            let and = self.words.says(at, "và") || self.words.says(at, "&");
            if and {
                return self.words.is_big(at + 1) && !starts(self.words, at + 1);
            }
            if !self.words.is(at, ',') {
                return false;
            }
            at += 1;
        }
        false
    }

    /// How many words the compound has that begins with a capital.
    fn compound(&mut self, at: usize) -> usize {
        let second = usize::from(self.is_second_half(at + 1));
        self.known(at).map_or(1 + second, |known| known.words)
    }

    fn joined_small(&mut self, next: usize) -> bool {
        if !self.head.has('o') || group_noun(self.words, next).is_some() {
            return false;
        }
        if let Some(thing) = self.thing(next) {
            self.take(next, thing);
            return true;
        }
        self.joined_deed(next)
    }

    /// "Bảo vệ và phát triển rừng".
    fn joined_deed(&mut self, next: usize) -> bool {
        let Some(deed) = self.words.longest(next, Role::Deed) else { return false };
        if deed.has('w') {
            self.take(next, deed);
            return true;
        }
        let Some(thing) = self.thing(next + deed.words) else { return false };
        self.take(next + deed.words, thing);
        true
    }

    /// A name in quotation marks, of at most twelve words.
    fn quoted(&mut self) -> bool {
        let close = (self.at + 1..self.at + 14)
            .find(|at| self.words.get(*at).is_some_and(|word| matches!(word.shape, Shape::Mark('"' | '”' | '»'))));
        let Some(close) = close.filter(|_| self.head.has('o')) else { return false };
        self.at = close + 1;
        self.state = State::Fed;
        true
    }
}

/// A small number that counts nothing ("1" of "Phòng Nghiệp vụ 1", not of "1 người" or "1/2026").
fn is_ordinal(words: &mut Words, at: usize) -> bool {
    let (start, end) = words.bytes(at, at + 1);
    let glued = words.get(at + 1).is_some_and(|next| next.start == end && matches!(next.shape, Shape::Mark(_)))
        && words.get(at + 2).is_some_and(|after| after.shape == Shape::Number);
    end - start <= 2 && !glued && !words.is(at + 1, '%') && words.longest(at + 1, Role::Count).is_none()
}
