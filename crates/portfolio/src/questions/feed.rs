//! From an answer to the value of a fact.

use serde_json::Value as Json;

use super::{
    fault::QuestionFault,
    text::{FeedText, QuestionText},
};
use crate::table::{FactKind, FactText, Value, given, put};

/// Where an answer goes.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The place of the fact in the table.
    pub fact: usize,
    by: By,
}

#[derive(Debug, Clone)]
enum By {
    /// A number, or a bool that is the same.
    Same,
    /// Of each answer the fact's value: choices in their order, or no and yes.
    Listed(Vec<Value>),
}

impl Feed {
    pub fn new(
        question: &QuestionText,
        text: &FeedText,
        facts: &[FactText],
        faults: &mut Vec<QuestionFault>,
    ) -> Option<Self> {
        let Some(at) = facts.iter().position(|fact| fact.key == text.fact) else {
            faults.push(QuestionFault::NoSuchFact { question: question.key.clone(), fact: text.fact.clone() });
            return None;
        };
        let fact = &facts[at];
        let mut fault = |answer: String| {
            faults.push(QuestionFault::CannotFeed { question: question.key.clone(), fact: fact.key.clone(), answer });
            Value::Unknown
        };
        let codes: Vec<&str> = match question.kind {
            FactKind::Bool => vec!["no", "yes"],
            FactKind::Choice => question.values.iter().map(|value| value.code.as_str()).collect(),
            FactKind::Number => Vec::new(),
        };
        let by = match &text.maps {
            Some(maps) => {
                for code in maps.keys().filter(|code| !codes.contains(&code.as_str())) {
                    fault(code.clone());
                }
                let mut value = |code: &&str| {
                    let json = maps.get(*code).unwrap_or(&Json::Null);
                    given(json).and_then(|value| put(fact, value).ok()).unwrap_or_else(|| fault((*code).to_owned()))
                };
                By::Listed(codes.iter().map(&mut value).collect())
            }
            None if question.kind == FactKind::Choice && fact.kind == FactKind::Choice => {
                let mut value = |code: &&str| put(fact, (*code).into()).unwrap_or_else(|_| fault((*code).to_owned()));
                By::Listed(codes.iter().map(&mut value).collect())
            }
            None => {
                if question.kind != fact.kind || !is_within(question, fact) {
                    fault(String::new());
                }
                By::Same
            }
        };
        Some(Self { fact: at, by })
    }

    pub fn value(&self, answer: Value) -> Value {
        let listed = |at: usize| match &self.by {
            By::Listed(values) => values.get(at).copied().unwrap_or_default(),
            By::Same => answer,
        };
        match answer {
            Value::Unknown => Value::Unknown,
            Value::Bool(yes) => listed(usize::from(yes)),
            Value::Choice(at) => listed(at as usize),
            Value::Number(_) => listed(usize::MAX),
        }
    }
}

/// Every number that may be answered may be the fact's.
fn is_within(question: &QuestionText, fact: &FactText) -> bool {
    let low = fact.min.is_none_or(|least| question.min.is_some_and(|min| min >= least));
    low && fact.max.is_none_or(|most| question.max.is_some_and(|max| max <= most))
}
