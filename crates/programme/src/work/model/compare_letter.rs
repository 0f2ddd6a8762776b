//! What a letter about two plans lists: what the plan below did not take up, what it took up otherwise, and what as it was.

use serde::{Deserialize, Serialize};

use crate::work::model::letter::{Letter, LetterKind};

/// A task or a target above of which the plan below has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// None of a target.
    pub section: String,
    pub text: String,
    /// Who leads a task, or the level of a target.
    pub lead: String,
    pub time: String,
}

/// A task or a target above and what it is below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub above: String,
    pub below: String,
    /// In words; empty where there is none.
    pub differences: String,
}

/// The lists, as they are stored in a letter ([`Letter::lines`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    pub missing: Vec<Missing>,
    pub differing: Vec<Taken>,
    pub taken: Vec<Taken>,
}

impl Lists {
    /// How many lines they have.
    pub fn lines(&self) -> usize {
        self.missing.len() + self.differing.len() + self.taken.len()
    }

    /// Nothing is to be asked for.
    pub fn is_as_asked(&self) -> bool {
        self.missing.is_empty() && self.differing.is_empty()
    }

    pub fn of(letter: &Letter) -> Option<Self> {
        let lines = letter.lines.as_deref().filter(|_| letter.kind == LetterKind::Compare)?;
        serde_json::from_str(lines).ok()
    }
}
