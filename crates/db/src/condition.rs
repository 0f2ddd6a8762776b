//! What a statement selects by, put together from what a reader asks for.

use crate::Value;

/// Conditions that all hold, with the values that they bind.
#[derive(Debug, Clone, Default)]
pub struct Where {
    conditions: Vec<String>,
    pub values: Vec<Value>,
}

impl Where {
    /// The mark of a value: `$3`.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// The marks of values, for `IN (…)`; of none, what nothing is in.
    pub fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        let marks: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        if marks.is_empty() { "NULL".into() } else { marks.join(", ") }
    }

    pub fn and(&mut self, condition: &str) {
        self.conditions.push(format!("({condition})"));
    }

    /// ` WHERE (…) AND (…)`; empty where nothing is asked.
    pub fn sql(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!(" WHERE {}", self.conditions.join(" AND ")) }
    }
}
