//! What is wrong with a questionnaire.

use serde::Serialize;

use crate::table::Fault;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum QuestionFault {
    Shape {
        fault: Fault,
    },
    OtherTable {
        wants: String,
        given: String,
    },
    /// Each waits for the answer of the next, and the last for the first.
    Loop {
        questions: Vec<String>,
    },
    /// No answers lead to it.
    NeverAsked {
        question: String,
    },
    FedTwice {
        fact: String,
        questions: [String; 2],
    },
    NoSuchFact {
        question: String,
        fact: String,
    },
    /// An answer that is no value of the fact.
    CannotFeed {
        question: String,
        fact: String,
        answer: String,
    },
    /// Whether it is ever asked could not be found out in time.
    TooLarge {
        question: String,
    },
}
