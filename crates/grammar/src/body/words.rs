//! Words of a text, read as far as somebody looks and no further, and what the lexicon knows of them.

use super::{
    fold::{Shape, fold_into, length, shape},
    lexicon::{Entry, Lexicon, Role, lexicon},
};

#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Its number in the lexicon; 0 for a word that is not there.
    id: u32,
    pub shape: Shape,
    /// Line ends before it: 0, 1, or 2 for an empty line or the border of a cell.
    pub lines: u8,
}

impl Word {
    pub fn is_big(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    pub fn is(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }
}

/// The words of a text from one place on.
pub(super) struct Words<'t> {
    pub text: &'t str,
    lexicon: &'static Lexicon,
    read: Vec<Word>,
    next: usize,
    /// The word that was read last, as words are compared.
    folded: String,
}

impl<'t> Words<'t> {
    pub fn new(text: &'t str, from: usize) -> Self {
        Self { text, lexicon: lexicon(), read: Vec::with_capacity(16), next: from, folded: String::new() }
    }

    /// The word at a place in the row of words, if the text has so many.
    #[inline]
    pub fn get(&mut self, at: usize) -> Option<Word> {
        match self.read.get(at) {
            Some(word) => Some(*word),
            None => self.read_to(at),
        }
    }

    fn read_to(&mut self, at: usize) -> Option<Word> {
        while self.read.len() <= at {
            let word = self.read_one()?;
            self.read.push(word);
        }
        self.read.get(at).copied()
    }

    fn read_one(&mut self) -> Option<Word> {
        let rest = self.text.get(self.next..)?;
        let body = rest.trim_start();
        let start = self.next + rest.len() - body.len();
        let gap = self.text.get(self.next..start).unwrap_or_default();
        let lines = if gap.contains('\t') { 2 } else { gap.matches('\n').count().min(2) };
        let word = body.get(..length(body)?)?;
        self.next = start + word.len();
        fold_into(word, &mut self.folded);
        let id = self.lexicon.id(&self.folded);
        Some(Word { start, end: self.next, id, shape: shape(word), lines: u8::try_from(lines).unwrap_or(2) })
    }

    /// Whether a body may begin with the word.
    pub fn is_first(&mut self, at: usize) -> bool {
        self.begins(at, &[Role::Head, Role::Group, Role::Plural, Role::Office, Role::Honour])
    }

    #[inline]
    fn begins(&mut self, at: usize, roles: &[Role]) -> bool {
        let lexicon = self.lexicon;
        self.get(at).is_some_and(|word| lexicon.begins(word.id, roles))
    }

    /// Every phrase of a role that begins at a word, the shortest first.
    pub fn all(&mut self, at: usize, role: Role) -> Vec<Entry> {
        let mut found = Vec::new();
        if !self.begins(at, &[role]) {
            return found;
        }
        self.walk(at, |entries| found.extend(entries.iter().find(|entry| entry.role == role)));
        found
    }

    /// The longest phrase of a role that begins at a word.
    pub fn longest(&mut self, at: usize, role: Role) -> Option<Entry> {
        let mut best = None;
        if !self.begins(at, &[role]) {
            return best;
        }
        self.walk(at, |entries| best = entries.iter().find(|entry| entry.role == role).copied().or(best));
        best
    }

    /// How many words the longest phrase of any role has that begins at a word.
    pub fn reach(&mut self, at: usize) -> usize {
        let mut best = 0;
        self.walk(at, |entries| best = entries.first().map_or(best, |entry| entry.words));
        best
    }

    fn walk(&mut self, at: usize, mut see: impl FnMut(&[Entry])) {
        let lexicon = self.lexicon;
        let mut node = 0;
        for ahead in at.. {
            // A phrase may be wrapped; it does not go over an empty line.
            let Some(word) = self.get(ahead).filter(|word| ahead == at || word.lines < 2) else { return };
            let Some(next) = lexicon.step(node, word.id) else { return };
            node = next;
            // "kinh tế số" + "hóa" is a deed, whatever its first words are.
            if !self.makes_deed(ahead + 1) {
                see(lexicon.entries(node));
            }
        }
    }

    #[inline]
    fn makes_deed(&mut self, at: usize) -> bool {
        let deed = self.lexicon.deed;
        self.get(at).is_some_and(|word| word.id == deed && word.shape == Shape::Lower)
    }

    pub fn is_big(&mut self, at: usize) -> bool {
        self.get(at).is_some_and(|word| word.is_big())
    }

    pub fn is(&mut self, at: usize, mark: char) -> bool {
        self.get(at).is_some_and(|word| word.is(mark))
    }

    /// Whether a word, compared as words are, says this.
    pub fn says(&mut self, at: usize, what: &str) -> bool {
        let word = self.get(at).and_then(|word| self.text.get(word.start..word.end));
        // What is asked for has as many bytes as any spelling of it.
        let Some(word) = word.filter(|word| word.len() == what.len()) else { return false };
        fold_into(word, &mut self.folded);
        self.folded == what
    }

    /// Nothing of a name or clause goes on here: the end, an empty line, a mark, or a word that joins.
    pub fn is_boundary(&mut self, at: usize) -> bool {
        let Some(word) = self.get(at) else { return true };
        word.lines > 1 || matches!(word.shape, Shape::Mark(_)) || self.longest(at, Role::Joint).is_some()
    }

    /// The text from one word to another (not included), its white space as single blanks.
    pub fn between(&mut self, from: usize, to: usize) -> String {
        let (start, end) = self.bytes(from, to);
        crate::collapse(self.text.get(start..end).unwrap_or_default())
    }

    /// The bytes from one word to another (not included).
    pub fn bytes(&mut self, from: usize, to: usize) -> (usize, usize) {
        let start = self.get(from).map_or(self.text.len(), |word| word.start);
        let end = to.checked_sub(1).and_then(|last| self.get(last)).map_or(start, |word| word.end);
        (start, end.max(start))
    }
}
