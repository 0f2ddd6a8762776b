//! What was typed into fields, as it was typed.

use std::{collections::BTreeMap, fmt};

use kernel::Problem;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use crate::Req;

/// The text of each field that was sent: from a form, from JSON with its numbers, from a line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Answer(String);

impl Answers {
    /// What was typed there; empty where nothing was.
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |answer| answer.0.trim())
    }

    /// The revision that was read by who sends these: a form carries it unseen, a program says it in `If-Match`.
    ///
    /// # Errors
    /// Where a program says none.
    pub fn rev(&self, req: &Req) -> Result<i64, Problem> {
        if req.is_api() { req.if_match() } else { Ok(self.text("rev").parse().unwrap_or(0)) }
    }

    pub fn set(&mut self, field: &str, text: impl Into<String>) {
        self.0.insert(field.to_owned(), Answer(text.into()));
    }

    /// These, with what was sent in place of what stood there.
    #[must_use]
    pub fn over(mut self, sent: &Self) -> Self {
        self.0.extend(sent.0.clone());
        self
    }

    /// Only those that say something: an empty cell of a list changes nothing.
    #[must_use]
    pub fn filled(&self) -> Self {
        let filled = self.0.iter().filter(|(_, answer)| !answer.0.trim().is_empty());
        Self(filled.map(|(field, answer)| (field.clone(), answer.clone())).collect())
    }

    /// Empty where there is nothing.
    #[must_use]
    pub fn with_some(self, field: &str, value: Option<impl ToString>) -> Self {
        self.with(field, value.map(|value| value.to_string()).unwrap_or_default())
    }

    #[must_use]
    pub fn with(mut self, field: &str, text: impl Into<String>) -> Self {
        self.set(field, text);
        self
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct AsText;

        impl Visitor<'_> for AsText {
            type Value = Answer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a number, true, false or null")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Answer, E> {
                Ok(Answer(text.to_owned()))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Answer, E> {
                Ok(Answer(number.to_string()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
                Ok(Answer(number.to_string()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Answer, E> {
                Ok(Answer(number.to_string()))
            }

            fn visit_bool<E: Error>(self, is: bool) -> Result<Answer, E> {
                Ok(Answer(if is { "1" } else { "" }.to_owned()))
            }

            fn visit_unit<E: Error>(self) -> Result<Answer, E> {
                Ok(Answer::default())
            }
        }

        from.deserialize_any(AsText)
    }
}
