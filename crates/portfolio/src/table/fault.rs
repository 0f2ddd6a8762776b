//! What is wrong with a table: codes with what they are about; the caller has the words.

use std::collections::BTreeMap;

use serde::Serialize;

/// A fault of shape: found without a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    /// Not JSON, or not of the format.
    Unreadable {
        line: usize,
        column: usize,
        detail: String,
    },
    NoWords {
        place: String,
    },
    TwiceNamed {
        place: String,
        key: String,
    },
    NothingIn {
        place: String,
    },
    /// A choice without values, or a bool with some, or bounds that cross.
    BadFact {
        fact: String,
    },
    /// A choice can have 60 values.
    TooManyValues {
        fact: String,
    },
    UnknownFact {
        place: String,
        fact: String,
    },
    UnknownValue {
        place: String,
        fact: String,
        value: String,
    },
    UnknownAnswer {
        place: String,
        answer: String,
    },
    /// A test that this kind of fact does not have.
    WrongTest {
        place: String,
        fact: String,
    },
    /// Neither a test nor a list, or more than one of them.
    NotOneTest {
        place: String,
    },
    TooMany {
        place: String,
        count: usize,
        most: usize,
    },
    /// Conditions inside conditions, deeper than is read.
    TooDeep {
        place: String,
    },
    /// An answer that ends leaves a later part without one.
    EndsWithout {
        place: String,
        part: String,
    },
}

impl Fault {
    pub fn unreadable(error: &serde_json::Error) -> Self {
        Fault::Unreadable { line: error.line(), column: error.column(), detail: error.to_string() }
    }
}

/// Facts as they are written; `null` is unknown. What is not named may be anything.
pub type Example = BTreeMap<String, serde_json::Value>;

/// A fault of logic, with a case that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Defect {
    /// No rule answers this case.
    Gap { part: String, example: Example },
    /// Two rules of one rank answer this case differently.
    Contradiction { part: String, rules: [String; 2], answers: [String; 2], example: Example },
    /// The search was given up: the facts of the part have too many cases together.
    TooLarge { part: String, steps: u64, cases: u128 },
}

/// What is right and still worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// In every case in which it fires, a higher rank decides.
    NeverDecides {
        part: String,
        rule: String,
    },
    NeverAnswered {
        part: String,
        answer: String,
    },
    UnusedFact {
        fact: String,
    },
}

/// What the check of a whole table found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Checked {
    pub defects: Vec<Defect>,
    pub warnings: Vec<Warning>,
    pub steps: u64,
}
