//! What is known of a system before anybody is asked, and who says so.

use std::collections::HashMap;

use portfolio::questions::{PrefillText, QuestionText};

use super::{SystemId, appraiser::Fields};

/// The registry's own record and the relations that stand in it, as a source.
pub const INVENTORY: &str = "inventory";

/// What a source knows of a system, by its code and by the names under which questions and rules know the fields.
pub type Word = (&'static str, Fields);

/// What others than the inventory know, in the order in which they are believed.
pub type Beside = HashMap<SystemId, Vec<Word>>;

/// All that is known of one system, in the order in which it is believed.
#[derive(Debug, Clone, Default)]
pub struct Proposed(Vec<Word>);

impl Proposed {
    /// The record first. How many relations are declared is always known, if only that there are none: that comes last, or
    /// nobody who has counted them would be heard.
    pub fn new(record: Fields, beside: &[Word], relations: Fields) -> Self {
        let mut words = vec![(INVENTORY, record)];
        words.extend_from_slice(beside);
        words.push((INVENTORY, relations));
        Self(words)
    }

    /// Of each field what the first says that knows it.
    pub fn fields(self) -> Fields {
        let mut words = self.0.into_iter().map(|(_, fields)| fields);
        let mut out = words.next().unwrap_or_default();
        for (field, value) in words.flatten() {
            out.entry(field).or_insert(value);
        }
        out
    }

    /// The code of the source that proposes the answer to a question.
    pub fn source(&self, question: &QuestionText) -> &'static str {
        let asked = |prefill: &PrefillText| {
            self.0.iter().find(|(_, fields)| fields.contains_key(&prefill.field)).map(|(code, _)| *code)
        };
        question.prefill.as_ref().and_then(asked).unwrap_or(INVENTORY)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::model::appraiser::Appraiser;

    fn fields(json: Json) -> Fields {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_first_that_knows_a_field_says_it_and_is_named() {
        let beside = [("exchange", fields(json!({"hosting": "hybrid", "users": 900, "relations": 7})))];
        let record = fields(json!({"hosting": "own_room"}));
        let said = Proposed::new(record, &beside, fields(json!({"relations": 0, "has_database": true})));
        let appraiser = Appraiser::shipped();
        let by = |key: &str| {
            let at = appraiser.questionnaire.question(key).unwrap();
            said.source(&appraiser.questionnaire.questions()[at])
        };
        assert_eq!(
            ["hosting", "users", "relations", "database"].map(by),
            ["inventory", "exchange", "exchange", "inventory"]
        );
        let whole = json!({"hosting": "own_room", "users": 900, "relations": 7, "has_database": true});
        assert_eq!(said.fields(), fields(whole));
    }
}
