//! What was answered, how it is written, and what the inventory answers already.

use serde_json::{Map, Value as Json};

use super::read::Questionnaire;
use crate::table::{FactFault, Given, Value, given, put, written};

/// Of each question its answer; `Unknown` is "we do not know", which is an answer too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(pub(super) Vec<Option<Value>>);

impl Answers {
    /// By the question's place.
    pub fn answer(&self, question: usize) -> Option<Value> {
        self.0.get(question).copied().flatten()
    }
}

impl Questionnaire {
    pub fn no_answers(&self) -> Answers {
        Answers(vec![None; self.kinds.len()])
    }

    pub fn answer<'a>(&self, answers: &mut Answers, key: &str, answer: impl Into<Given<'a>>) -> Result<(), FactFault> {
        let at = self.question(key).ok_or_else(|| FactFault::NoSuchFact { fact: key.to_owned() })?;
        let value = put(&self.kinds[at], answer.into())?;
        if let Some(place) = answers.0.get_mut(at) {
            *place = Some(value);
        }
        Ok(())
    }

    /// Answers as they are kept: `null` is "we do not know", what is not named was not answered.
    pub fn read_answers(&self, written: &Map<String, Json>) -> Result<Answers, Vec<FactFault>> {
        let (answers, faults) = self.keep_answers(written);
        if faults.is_empty() { Ok(answers) } else { Err(faults) }
    }

    /// Of answers to an earlier edition, or about a system that is alike, those that answer these questions.
    pub fn keep_answers(&self, written: &Map<String, Json>) -> (Answers, Vec<FactFault>) {
        let (mut answers, mut faults) = (self.no_answers(), Vec::new());
        for (key, json) in written {
            let set = match given(json) {
                Some(value) => self.answer(&mut answers, key, value),
                None => Err(FactFault::NoSuchValue { fact: key.clone(), value: json.to_string() }),
            };
            faults.extend(set.err());
        }
        (answers, faults)
    }

    pub fn write_answers(&self, answers: &Answers) -> Map<String, Json> {
        let answered = self.kinds.iter().zip(&answers.0).filter_map(|(kind, value)| Some((kind, (*value)?)));
        answered.map(|(kind, value)| (kind.key.clone(), written(kind, value))).collect()
    }

    /// What the inventory answers already. A field that is empty, or holds what is no answer, leaves its question open.
    pub fn prefill(&self, inventory: &Map<String, Json>) -> Answers {
        let mut answers = self.no_answers();
        for (at, question) in self.text.questions.iter().enumerate() {
            let Some(prefill) = &question.prefill else { continue };
            let Some(held) = inventory.get(&prefill.field) else { continue };
            let mapped = held.as_str().and_then(|code| prefill.maps.get(code)).unwrap_or(held);
            let value = given(mapped).filter(|value| *value != Given::Unknown);
            answers.0[at] = value.and_then(|value| put(&self.kinds[at], value).ok());
        }
        answers
    }
}
