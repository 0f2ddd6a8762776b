//! A table as its file writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::{Coded, Edition, Words};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableText {
    pub edition: Edition,
    pub facts: Vec<FactText>,
    /// Answered in this order.
    pub parts: Vec<PartText>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Bool,
    Choice,
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactText {
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
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartText {
    pub key: String,
    pub say: Words,
    pub answers: Vec<AnswerText>,
    pub rules: Vec<RuleText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerText {
    pub code: String,
    pub say: Words,
    /// With this answer nothing more is asked: what each later part answers then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    pub key: String,
    /// The highest rank that fires decides.
    pub rank: u16,
    pub when: ConditionText,
    pub answer: String,
    /// The reason, as it is shown.
    pub say: Words,
}

/// Either all or any of others, or one test of a fact. `{"all": []}` always holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConditionText {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<Vec<ConditionText>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<ConditionText>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<bool>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub among: Option<Vec<String>>,
    /// Known, and none of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_in: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
}
