//! What is known of one system, by the facts that a table names.

use serde_json::{Map, Value as Json};

use super::{
    draft::Table,
    value::{FactFault, Given, Value, given, put, written},
};

/// What all facts of one table are, for one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub(super) stamp: u64,
    pub(super) values: Vec<Value>,
}

impl Facts {
    /// By the fact's place in the table.
    pub fn value(&self, fact: usize) -> Value {
        self.values.get(fact).copied().unwrap_or_default()
    }

    /// The value must be one of this fact.
    pub fn put(&mut self, fact: usize, value: Value) {
        if let Some(place) = self.values.get_mut(fact) {
            *place = value;
        }
    }

    pub fn values(&self) -> &[Value] {
        &self.values
    }
}

impl Table {
    /// Of a system of which nothing is known.
    pub fn nothing_known(&self) -> Facts {
        Facts { stamp: self.stamp(), values: vec![Value::Unknown; self.facts().len()] }
    }

    pub fn set<'a>(&self, facts: &mut Facts, key: &str, given: impl Into<Given<'a>>) -> Result<(), FactFault> {
        let at = self.fact(key).ok_or_else(|| FactFault::NoSuchFact { fact: key.to_owned() })?;
        let value = put(&self.facts()[at], given.into())?;
        if let Some(place) = facts.values.get_mut(at) {
            *place = value;
        }
        Ok(())
    }

    /// Facts as they are written: a choice by its code, `null` for unknown. What is not named is unknown.
    pub fn read_facts(&self, written: &Map<String, Json>) -> Result<Facts, Vec<FactFault>> {
        let (facts, faults) = self.keep_facts(written);
        if faults.is_empty() { Ok(facts) } else { Err(faults) }
    }

    /// Of facts that were written for an earlier edition, those that still mean something, and why the others do not.
    pub fn keep_facts(&self, written: &Map<String, Json>) -> (Facts, Vec<FactFault>) {
        let (mut facts, mut faults) = (self.nothing_known(), Vec::new());
        for (key, json) in written {
            let set = match given(json) {
                Some(value) => self.set(&mut facts, key, value),
                None => Err(FactFault::NoSuchValue { fact: key.clone(), value: json.to_string() }),
            };
            faults.extend(set.err());
        }
        (facts, faults)
    }

    /// Unknown facts are left out.
    pub fn write_facts(&self, facts: &Facts) -> Map<String, Json> {
        let known = self.facts().iter().zip(&facts.values).filter(|(_, value)| **value != Value::Unknown);
        known.map(|(fact, value)| (fact.key.clone(), written(fact, *value))).collect()
    }
}
