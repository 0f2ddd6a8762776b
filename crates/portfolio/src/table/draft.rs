//! A table that was read, and one that was checked.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    condition::Condition,
    fault::Checked,
    text::{FactText, TableText},
    value::Value,
};
use crate::words::{Edition, Words};

#[derive(Debug, Clone)]
pub struct Rule {
    pub key: String,
    pub rank: u16,
    /// The place of the answer in the part.
    pub answer: usize,
    pub say: Words,
    pub(super) when: Condition,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub code: String,
    pub say: Words,
    /// What each later part answers, where nothing more is asked.
    pub ends: Option<Vec<usize>>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub key: String,
    pub say: Words,
    pub answers: Vec<Answer>,
    /// From the highest rank down.
    pub rules: Vec<Rule>,
}

/// Well formed; whether it answers every case is not known yet.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) text: TableText,
    pub(super) parts: Vec<Part>,
}

/// A table that answers every case, and each in one way.
#[derive(Debug, Clone)]
pub struct Table {
    draft: Draft,
    checked: Checked,
    stamp: u64,
}

impl Draft {
    pub fn facts(&self) -> &[FactText] {
        &self.text.facts
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The rules of a part that decide, by their places; empty where there is a gap.
    pub(super) fn deciding(&self, part: usize, facts: &[Value]) -> Vec<usize> {
        let rules = &self.parts[part].rules;
        let mut fired = (0..rules.len()).filter(|at| rules[*at].when.holds(facts));
        let Some(first) = fired.next() else { return Vec::new() };
        let same = fired.take_while(|at| rules[*at].rank == rules[first].rank);
        std::iter::once(first).chain(same).collect()
    }
}

impl Table {
    pub(super) fn new(draft: Draft, checked: Checked) -> Self {
        let mut hasher = DefaultHasher::new();
        // Facts go by their place: other facts are another table, other rules are not.
        for fact in &draft.text.facts {
            (&fact.key, fact.values.iter().map(|value| &value.code).collect::<Vec<_>>()).hash(&mut hasher);
        }
        Self { draft, checked, stamp: hasher.finish() }
    }

    pub fn edition(&self) -> &Edition {
        &self.draft.text.edition
    }

    pub fn text(&self) -> &TableText {
        &self.draft.text
    }

    pub fn facts(&self) -> &[FactText] {
        self.draft.facts()
    }

    pub fn parts(&self) -> &[Part] {
        self.draft.parts()
    }

    /// The place of a fact.
    pub fn fact(&self, key: &str) -> Option<usize> {
        self.facts().iter().position(|fact| fact.key == key)
    }

    pub fn part(&self, key: &str) -> Option<usize> {
        self.parts().iter().position(|part| part.key == key)
    }

    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    pub(super) fn stamp(&self) -> u64 {
        self.stamp
    }

    pub(super) fn draft(&self) -> &Draft {
        &self.draft
    }
}
