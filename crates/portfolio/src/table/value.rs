//! Values of facts, as tables compare them and as files write them.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::text::{FactKind, FactText};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    #[default]
    Unknown,
    Bool(bool),
    /// The place of the value in the fact's list.
    Choice(u16),
    Number(i64),
}

/// A value as a caller has it: choices by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<'a> {
    Unknown,
    Bool(bool),
    Choice(&'a str),
    Number(i64),
}

impl From<bool> for Given<'_> {
    fn from(value: bool) -> Self {
        Given::Bool(value)
    }
}

impl<'a> From<&'a str> for Given<'a> {
    fn from(code: &'a str) -> Self {
        Given::Choice(code)
    }
}

impl From<i64> for Given<'_> {
    fn from(number: i64) -> Self {
        Given::Number(number)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FactFault {
    NoSuchFact {
        fact: String,
    },
    NoSuchValue {
        fact: String,
        value: String,
    },
    /// A number where a choice is asked, and the like.
    OtherKind {
        fact: String,
        kind: FactKind,
    },
    OutOfBounds {
        fact: String,
        value: i64,
        min: Option<i64>,
        max: Option<i64>,
    },
}

pub fn given(json: &Json) -> Option<Given<'_>> {
    Some(match json {
        Json::Null => Given::Unknown,
        Json::Bool(value) => Given::Bool(*value),
        Json::String(code) => Given::Choice(code),
        Json::Number(number) => Given::Number(number.as_i64()?),
        _ => return None,
    })
}

pub fn put(fact: &FactText, given: Given<'_>) -> Result<Value, FactFault> {
    let key = || fact.key.clone();
    match (given, fact.kind) {
        (Given::Unknown, _) => Ok(Value::Unknown),
        (Given::Bool(value), FactKind::Bool) => Ok(Value::Bool(value)),
        (Given::Choice(code), FactKind::Choice) => {
            let at = fact.values.iter().position(|value| value.code == code).and_then(|at| u16::try_from(at).ok());
            at.map(Value::Choice).ok_or_else(|| FactFault::NoSuchValue { fact: key(), value: code.to_owned() })
        }
        (Given::Number(value), FactKind::Number) => {
            let is_within = fact.min.is_none_or(|min| value >= min) && fact.max.is_none_or(|max| value <= max);
            let fault = || FactFault::OutOfBounds { fact: key(), value, min: fact.min, max: fact.max };
            is_within.then_some(Value::Number(value)).ok_or_else(fault)
        }
        (_, kind) => Err(FactFault::OtherKind { fact: key(), kind }),
    }
}

pub fn written(fact: &FactText, value: Value) -> Json {
    match value {
        Value::Unknown => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Choice(at) => fact.values.get(at as usize).map_or(Json::Null, |value| value.code.clone().into()),
        Value::Number(number) => number.into(),
    }
}
