//! A text as words, runs of digits and signs, each with its place. One pass; every grammar here reads these.

use std::{borrow::Cow, ops::Range};

use crate::letter::{is_alphabetic, is_uppercase};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Digits,
    Sign,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    Glued,
    Space,
    /// A space at which no line is broken: some write thousands with it.
    Hard,
    Line,
}

#[derive(Debug)]
pub struct Token<'a> {
    pub span: Range<usize>,
    pub kind: Kind,
    pub text: &'a str,
    pub lower: Cow<'a, str>,
    pub gap: Gap,
    /// Stands in the number of a document, as 22/KH-UBND.
    pub is_of_document: bool,
}

#[derive(Debug)]
pub struct Tokens<'a> {
    pub text: &'a str,
    list: Vec<Token<'a>>,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut list: Vec<Token<'a>> = Vec::with_capacity(text.len() / 5);
        let mut gap = Gap::Line;
        let mut chars = text.char_indices().peekable();
        while let Some((start, first)) = chars.next() {
            if let Some(wider) = gap_of(first) {
                gap = wider_of(gap, wider);
                continue;
            }
            let kind = kind_of(first);
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = chars.next_if(|(_, next)| goes_on(kind, *next)) {
                end = at + next.len_utf8();
            }
            list.push(token(text, start..end, kind, gap));
            gap = Gap::Glued;
        }
        mark_documents(&mut list);
        Self { text, list }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.list.get(at)
    }

    /// The word at a place in small letters; empty where none stands there.
    pub fn word(&self, at: usize) -> &str {
        self.get(at).filter(|token| token.kind == Kind::Word).map_or("", |token| &token.lower)
    }

    /// The digits at a place; empty where none stand there.
    pub fn digits(&self, at: usize) -> &'a str {
        self.get(at).filter(|token| token.kind == Kind::Digits).map_or("", |token| token.text)
    }

    pub fn sign(&self, at: usize) -> Option<char> {
        self.get(at).filter(|token| token.kind == Kind::Sign).and_then(|token| token.text.chars().next())
    }

    pub fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.gap == Gap::Glued)
    }

    pub fn begins_line(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.gap == Gap::Line)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.text.chars().next().is_some_and(char::is_uppercase))
    }

    /// Where the words of a phrase end that begins at a place: the place after them.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let first = self.word(at);
        if first.is_empty() || !phrase.starts_with(first) {
            return None;
        }
        phrase.split(' ').enumerate().try_fold(at, |_, (nth, word)| {
            let here = at + nth;
            (self.word(here) == word).then_some(here + 1)
        })
    }

    /// The first of several phrases that begins at a place; the longer ones stand first.
    pub fn any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let first = self.word(at);
        let begun = phrases.iter().filter(|phrase| !first.is_empty() && phrase.starts_with(first));
        begun.map(|phrase| self.phrase(at, phrase)).find(Option::is_some).flatten()
    }

    /// Whether the words of a phrase end right before a place.
    pub fn ends_with(&self, before: usize, phrase: &str) -> bool {
        let last = before.checked_sub(1).map_or("", |last| self.word(last));
        if last.is_empty() || !phrase.ends_with(last) {
            return false;
        }
        let words = phrase.bytes().filter(|byte| *byte == b' ').count() + 1;
        before.checked_sub(words).is_some_and(|from| self.phrase(from, phrase).is_some())
    }

    pub fn ends_with_any(&self, before: usize, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.ends_with(before, phrase))
    }

    /// Bytes from the first of some tokens to the end of the last.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.get(tokens.start).map_or(self.text.len(), |token| token.span.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.get(last));
        start..last.map_or(start, |token| token.span.end).max(start)
    }

    pub fn written(&self, tokens: Range<usize>) -> &'a str {
        self.text.get(self.span(tokens)).unwrap_or_default()
    }

    /// Whether a line or a cell ends before a place.
    pub fn is_outermost(&self, at: usize) -> bool {
        self.begins_line(at) || at.checked_sub(1).is_none_or(|before| matches!(self.sign(before), Some('\t' | '|')))
    }

    /// Where a sentence, or a part of one that a semicolon parts off, ends behind a token.
    pub fn ends_sentence(&self, at: usize) -> bool {
        match self.sign(at) {
            Some(';' | '\t' | '|') => true,
            Some('.') => !self.is_glued(at + 1),
            _ => self.get(at).is_none(),
        }
    }
}

fn gap_of(char: char) -> Option<Gap> {
    match char {
        '\n' | '\r' => Some(Gap::Line),
        // A tab parts cells: a sign, at which every phrase ends. Letters and signs of most texts are known at once.
        '\t' | '!'..='~' | 'À'..='ư' | 'Ạ'..='ỹ' => None,
        '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(Gap::Hard),
        '\u{200b}' | '\u{feff}' => Some(Gap::Glued),
        other => other.is_whitespace().then_some(Gap::Space),
    }
}

fn wider_of(one: Gap, other: Gap) -> Gap {
    let rank = |gap| match gap {
        Gap::Glued => 0,
        Gap::Hard => 1,
        Gap::Space => 2,
        Gap::Line => 3,
    };
    if rank(one) >= rank(other) { one } else { other }
}

fn kind_of(char: char) -> Kind {
    match char {
        '0'..='9' => Kind::Digits,
        other if is_alphabetic(other) => Kind::Word,
        _ => Kind::Sign,
    }
}

fn goes_on(kind: Kind, next: char) -> bool {
    match kind {
        Kind::Word => is_alphabetic(next) || matches!(next, '\u{300}'..='\u{36f}'),
        Kind::Digits => next.is_ascii_digit(),
        Kind::Sign => false,
    }
}

fn token(text: &str, span: Range<usize>, kind: Kind, gap: Gap) -> Token<'_> {
    let written = text.get(span.clone()).unwrap_or_default();
    let lower = match kind {
        Kind::Word => small(written),
        Kind::Digits | Kind::Sign => Cow::Borrowed(written),
    };
    Token { span, kind, text: written, lower, gap, is_of_document: false }
}

/// In small letters, and where one word is written in several ways in the one that is searched for.
fn small(word: &str) -> Cow<'_, str> {
    let lower = if word.chars().any(is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
    match &*lower {
        "quí" | "qúy" | "qúi" => Cow::Borrowed("quý"),
        "hàng" => Cow::Borrowed("hằng"),
        "tỉ" => Cow::Borrowed("tỷ"),
        "kì" => Cow::Borrowed("kỳ"),
        "ngàn" => Cow::Borrowed("nghìn"),
        "tới" => Cow::Borrowed("đến"),
        "hoá" => Cow::Borrowed("hóa"),
        _ => lower,
    }
}

/// A run without spaces is the number of a document where a capital word of two letters stands behind digits and / or -.
fn mark_documents(list: &mut [Token]) {
    for run in list.chunk_by_mut(|_, next| next.gap == Gap::Glued) {
        let from = run.iter().position(|token| token.kind == Kind::Digits);
        let to = run.windows(2).rposition(is_issuer);
        if let (Some(from), Some(to)) = (from, to)
            && from < to
        {
            run.iter_mut().skip(from).take(to + 2 - from).for_each(|token| token.is_of_document = true);
        }
    }
}

fn is_issuer(pair: &[Token]) -> bool {
    let [sign, word] = pair else { return false };
    let mut letters = word.text.chars();
    matches!(sign.text, "/" | "-" | "–")
        && word.kind == Kind::Word
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some()
}
