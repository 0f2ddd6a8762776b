//! A decision in the words of its table.

use serde::Serialize;

use super::{decide::Verdict, draft::Table, facts::Facts, value::Value};
use crate::words::Words;

/// What a fact is, to be said: yes, no and unknown are the caller's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told<'a> {
    Unknown,
    Bool(bool),
    Choice(&'a Words),
    Number { number: i64, unit: Option<&'a Words> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactTold<'a> {
    pub key: &'a str,
    pub say: &'a Words,
    pub value: Told<'a>,
}

/// A rule that fired, and the facts that it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason<'a> {
    pub rule: &'a str,
    pub rank: u16,
    pub answer: &'a str,
    pub say: &'a Words,
    pub facts: Vec<FactTold<'a>>,
}

impl Table {
    pub fn reasons<'a>(&'a self, verdict: &Verdict, facts: &Facts) -> Vec<Reason<'a>> {
        verdict.because.iter().filter_map(|rule| self.reason(verdict.by_part, *rule, facts)).collect()
    }

    /// Rules that fired and did not count.
    pub fn outranked<'a>(&'a self, verdict: &Verdict, facts: &Facts) -> Vec<Reason<'a>> {
        verdict.outranked.iter().filter_map(|rule| self.reason(verdict.by_part, *rule, facts)).collect()
    }

    pub fn fact_told(&self, fact: usize, value: Value) -> Option<FactTold<'_>> {
        let text = self.facts().get(fact)?;
        let value = match value {
            Value::Unknown => Told::Unknown,
            Value::Bool(value) => Told::Bool(value),
            Value::Choice(at) => text.values.get(at as usize).map_or(Told::Unknown, |value| Told::Choice(&value.say)),
            Value::Number(number) => Told::Number { number, unit: text.unit.as_ref() },
        };
        Some(FactTold { key: &text.key, say: &text.say, value })
    }

    fn reason(&self, part: usize, rule: usize, facts: &Facts) -> Option<Reason<'_>> {
        let part = self.parts().get(part)?;
        let rule = part.rules.get(rule)?;
        let told = rule.when.facts().into_iter().filter_map(|fact| self.fact_told(fact, facts.value(fact)));
        Some(Reason {
            rule: &rule.key,
            rank: rule.rank,
            answer: &part.answers.get(rule.answer)?.code,
            say: &rule.say,
            facts: told.collect(),
        })
    }
}
