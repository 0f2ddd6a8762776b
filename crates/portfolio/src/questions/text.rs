//! A questionnaire as its file writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{
    table::{ConditionText, FactKind, FactText},
    words::{Coded, Edition, Words},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireText {
    pub edition: Edition,
    /// The table whose facts it feeds.
    pub table: String,
    pub questions: Vec<QuestionText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    pub key: String,
    #[serde(rename = "type")]
    pub kind: FactKind,
    pub say: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Coded>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Words>,
    pub help: Words,
    /// What counts as evidence for the answer.
    pub evidence: Words,
    /// Over the answers to other questions; always asked where it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_if: Option<ConditionText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<FeedText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<PrefillText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedText {
    pub fact: String,
    /// From the answer's code (`yes` and `no` of a bool) to the fact's value; what is not named says nothing of
    /// the fact. Without it the answer is the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maps: Option<BTreeMap<String, Json>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefillText {
    /// The inventory's field.
    pub field: String,
    /// From the field's value to the answer, where they differ.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub maps: BTreeMap<String, Json>,
}

impl QuestionText {
    /// The answer as a table would declare it.
    pub fn as_fact(&self) -> FactText {
        FactText {
            key: self.key.clone(),
            kind: self.kind,
            say: self.say.clone(),
            values: self.values.clone(),
            min: self.min,
            max: self.max,
            unit: self.unit.clone(),
        }
    }
}
