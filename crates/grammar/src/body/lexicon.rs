//! The words that names of bodies are made of: phrases with their roles, in one tree.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    fold::{cut, fold},
    model::Kind,
};

/// What a phrase does in a name or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Head,
    /// The whole name of a body of its kind ("Tài chính" of a "Sở").
    Full,
    Thing,
    Deed,
    Place,
    Group,
    Joint,
    Plural,
    Level,
    Mod,
    Tie,
    Clause,
    Office,
    Honour,
    Stop,
    /// Begins as a body does and is none ("cơ sở dữ liệu").
    Not,
    /// "Vùng", with a ground of it or a thing behind it.
    Zone,
    Ground,
    /// Behind a number that counts, and so is no part of a name.
    Count,
    /// "Có trách nhiệm" of a heading.
    Duty,
    /// "Đại tá" before a person's name.
    Title,
    /// Begins what is to be done: written with a capital it is no place ("UBND tỉnh" | "Chỉ đạo").
    Opens,
    /// What kind of school ("mầm non").
    Grade,
    /// Says more of the name before it ("của").
    More,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub role: Role,
    pub kind: Kind,
    marks: &'static str,
    /// 1 to 9: how surely these words begin a body.
    pub weight: u8,
    /// How many words it has.
    pub words: usize,
}

impl Role {
    fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

impl Entry {
    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    pub fn has(&self, mark: char) -> bool {
        u8::try_from(mark).is_ok_and(|mark| self.marks.as_bytes().contains(&mark))
    }
}

#[derive(Default)]
pub(super) struct Lexicon {
    ids: FxHashMap<String, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    /// Of each node of the tree.
    entries: Vec<Vec<Entry>>,
    /// Of each word: the roles of the phrases that begin with it. Most words begin none, and most questions end here.
    begins: Vec<u32>,
    /// "hóa", with which any words become a deed.
    pub deed: u32,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(load);

pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    pub fn id(&self, folded: &str) -> u32 {
        self.ids.get(folded).copied().unwrap_or(0)
    }

    /// Whether a phrase of one of the roles begins with the word.
    pub fn begins(&self, word: u32, roles: &[Role]) -> bool {
        let begun = usize::try_from(word).ok().and_then(|word| self.begins.get(word)).copied().unwrap_or_default();
        roles.iter().any(|role| begun & role.bit() != 0)
    }

    /// Where a word leads from a place in the tree.
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.steps.get(&(node, word)).copied()
    }

    /// What the words that lead to a place in the tree are.
    pub fn entries(&self, node: u32) -> &[Entry] {
        usize::try_from(node).ok().and_then(|node| self.entries.get(node)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, phrase: &str, entry: Entry) {
        let mut node = 0;
        let mut count = 0;
        for word in cut(phrase).map(fold) {
            let fresh = u32::try_from(self.ids.len() + 1).unwrap_or(u32::MAX);
            let id = *self.ids.entry(word).or_insert(fresh);
            if count == 0 {
                *slot(&mut self.begins, id) |= entry.role.bit();
            }
            let fresh = u32::try_from(self.steps.len() + 1).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, id)).or_insert(fresh);
            count += 1;
        }
        slot(&mut self.entries, node).push(Entry { words: count, ..entry });
    }
}

fn slot<T: Default + Clone>(row: &mut Vec<T>, at: u32) -> &mut T {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    if row.len() <= at {
        row.resize(at + 1, T::default());
    }
    &mut row[at]
}

fn load() -> Lexicon {
    let mut lexicon = Lexicon::default();
    for line in lines(include_str!("heads.txt")) {
        let mut parts = line.splitn(4, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (kind, marks, weight, phrase) = (part(), part(), part(), part());
        let weight = weight.parse().unwrap_or(1);
        lexicon.add(phrase, Entry { role: Role::Head, kind: kind_of(kind), marks, weight, words: 0 });
    }
    for line in lines(include_str!("groups.txt")) {
        let (kind, marks, phrase) = three(line);
        lexicon.add(phrase, Entry { role: Role::Group, kind: kind_of(kind), marks, weight: 8, words: 0 });
    }
    for line in lines(include_str!("words.txt")) {
        let (role, marks, phrase) = three(line);
        lexicon.add(phrase, Entry { role: role_of(role), kind: Kind::Person, marks, weight: 8, words: 0 });
    }
    for line in lines(include_str!("names.txt")) {
        let (role, phrase) = line.split_once(' ').unwrap_or_default();
        lexicon.add(phrase, Entry { role: role_of(role), kind: Kind::Other, marks: role, weight: 8, words: 0 });
    }
    lexicon.deed = lexicon.id("hóa");
    lexicon
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn three(line: &'static str) -> (&'static str, &'static str, &'static str) {
    let mut parts = line.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part())
}

fn kind_of(code: &str) -> Kind {
    match code {
        "mi" => Kind::Ministry,
        "de" => Kind::Department,
        "co" => Kind::Committee,
        "pa" => Kind::Party,
        "fr" => Kind::Front,
        "po" => Kind::Police,
        "ar" => Kind::Army,
        "ju" => Kind::Court,
        "en" => Kind::Enterprise,
        "un" => Kind::Service,
        "te" => Kind::Team,
        "ci" => Kind::Citizens,
        _ => Kind::Group,
    }
}

fn role_of(code: &str) -> Role {
    match code {
        "f" => Role::Full,
        "n" => Role::Thing,
        "v" | "w" => Role::Deed,
        "p" | "c" => Role::Place,
        "joint" => Role::Joint,
        "plural" => Role::Plural,
        "level" => Role::Level,
        "mod" => Role::Mod,
        "tie" => Role::Tie,
        "clause" => Role::Clause,
        "office" => Role::Office,
        "honour" => Role::Honour,
        "not" => Role::Not,
        "zone" => Role::Zone,
        "ground" => Role::Ground,
        "count" => Role::Count,
        "duty" => Role::Duty,
        "title" => Role::Title,
        "opens" => Role::Opens,
        "grade" => Role::Grade,
        "more" => Role::More,
        _ => Role::Stop,
    }
}
