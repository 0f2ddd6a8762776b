//! Criteria, how each value counts, and their weights.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    table::{FactKind, FactText, Fault, Value, compile_facts},
    words::{Coded, Edition, Words},
};

/// The weights that the program brings.
pub const SHIPPED: &str = include_str!("../../data/priority.json");

/// What one criterion can give.
const FULL: i64 = 100;
const HEAVIEST: i64 = 1_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightsText {
    pub edition: Edition,
    pub criteria: Vec<CriterionText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionText {
    pub key: String,
    #[serde(rename = "type")]
    pub kind: FactKind,
    pub say: Words,
    /// Below zero it lowers the score.
    pub weight: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Coded>,
    /// Of each value (`yes` and `no` of a bool), from 0 to 100.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<String, i64>,
    /// The number from which on all points are given; below it in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum WeightFault {
    Shape {
        fault: Fault,
    },
    NoSuchCriterion {
        key: String,
    },
    /// Heavier than 1,000 either way.
    TooHeavy {
        key: String,
        weight: i64,
    },
    /// A value without points, points without a value, or points that are not from 0 to 100.
    BadPoints {
        key: String,
        value: String,
    },
    /// A number needs `full_at` above zero, and nothing else has it.
    BadScale {
        key: String,
    },
}

#[derive(Debug, Clone)]
pub struct Weights {
    text: WeightsText,
    pub(super) kinds: Vec<FactText>,
}

impl Weights {
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the weights that ship are sound")
    }

    pub fn read(json: &str) -> Result<Self, Vec<WeightFault>> {
        let shape = |error| vec![WeightFault::Shape { fault: Fault::unreadable(&error) }];
        Self::of(serde_json::from_str(json).map_err(shape)?)
    }

    pub fn of(text: WeightsText) -> Result<Self, Vec<WeightFault>> {
        let kinds: Vec<FactText> = text.criteria.iter().map(CriterionText::as_fact).collect();
        let mut shape = Vec::new();
        compile_facts(&kinds, &mut shape);
        let mut faults: Vec<_> = shape.into_iter().map(|fault| WeightFault::Shape { fault }).collect();
        text.criteria.iter().for_each(|criterion| criterion.check(&mut faults));
        if faults.is_empty() { Ok(Self { text, kinds }) } else { Err(faults) }
    }

    /// The same criteria, one of another weight.
    pub fn with_weight(&self, key: &str, weight: i64) -> Result<Self, Vec<WeightFault>> {
        let mut text = self.text.clone();
        let found = text.criteria.iter_mut().find(|criterion| criterion.key == key);
        found.ok_or_else(|| vec![WeightFault::NoSuchCriterion { key: key.to_owned() }])?.weight = weight;
        Self::of(text)
    }

    pub fn text(&self) -> &WeightsText {
        &self.text
    }

    pub fn criteria(&self) -> &[CriterionText] {
        &self.text.criteria
    }

    /// From 0 to 100; none of what is not known.
    pub(super) fn points(&self, criterion: usize, value: Value) -> Option<i64> {
        let of = &self.text.criteria[criterion];
        let named = |code: &str| of.points.get(code).copied();
        match value {
            Value::Unknown => None,
            Value::Bool(yes) => named(if yes { "yes" } else { "no" }),
            Value::Choice(at) => named(&of.values.get(at as usize)?.code),
            Value::Number(number) => {
                let full = of.full_at?;
                Some(number.clamp(0, full) * FULL / full)
            }
        }
    }
}

impl CriterionText {
    fn as_fact(&self) -> FactText {
        FactText {
            key: self.key.clone(),
            kind: self.kind,
            say: self.say.clone(),
            values: self.values.clone(),
            min: self.min,
            max: None,
            unit: self.unit.clone(),
        }
    }

    fn check(&self, faults: &mut Vec<WeightFault>) {
        let key = || self.key.clone();
        if !(-HEAVIEST..=HEAVIEST).contains(&self.weight) {
            faults.push(WeightFault::TooHeavy { key: key(), weight: self.weight });
        }
        let is_number = self.kind == FactKind::Number;
        // 100 million of anything is all of it, and keeps the product far from the end of the numbers.
        if is_number != self.full_at.is_some_and(|full| (1..=100_000_000).contains(&full))
            || (!is_number && self.full_at.is_some())
        {
            faults.push(WeightFault::BadScale { key: key() });
        }
        let values: Vec<&str> = match self.kind {
            FactKind::Bool => vec!["yes", "no"],
            FactKind::Choice => self.values.iter().map(|value| value.code.as_str()).collect(),
            FactKind::Number => Vec::new(),
        };
        let bad = |code: &&str| self.points.get(*code).is_none_or(|points| !(0..=FULL).contains(points));
        let stray = self.points.keys().map(String::as_str).filter(|code| !values.contains(code));
        for value in values.iter().copied().filter(bad).chain(stray) {
            faults.push(WeightFault::BadPoints { key: key(), value: value.to_owned() });
        }
    }
}
