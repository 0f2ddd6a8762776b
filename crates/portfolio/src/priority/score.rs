//! One system's score, term by term.

use std::cmp::Reverse;

use serde::Serialize;

use super::weights::Weights;
use crate::table::{FactFault, Given, Value, put};

/// What one system is by the criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile(pub(super) Vec<Value>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The place of the criterion.
    pub criterion: usize,
    pub value: Value,
    /// From 0 to 100; none where the value is not known, which counts as 0.
    pub points: Option<i64>,
    pub weight: i64,
    /// Points times weight.
    pub gives: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The sum of what the terms give.
    pub total: i64,
    pub terms: Vec<Term>,
}

impl Weights {
    /// What is not named is unknown.
    pub fn profile<'a>(&self, values: impl IntoIterator<Item = (&'a str, Given<'a>)>) -> Result<Profile, FactFault> {
        let mut out = vec![Value::Unknown; self.kinds.len()];
        for (key, given) in values {
            let at = self.kinds.iter().position(|kind| kind.key == key);
            let at = at.ok_or_else(|| FactFault::NoSuchFact { fact: key.to_owned() })?;
            out[at] = put(&self.kinds[at], given)?;
        }
        Ok(Profile(out))
    }

    pub fn score(&self, profile: &Profile) -> Score {
        let term = |(criterion, value): (usize, &Value)| {
            let (points, weight) = (self.points(criterion, *value), self.criteria()[criterion].weight);
            Term { criterion, value: *value, points, weight, gives: points.unwrap_or(0) * weight }
        };
        let terms: Vec<Term> = profile.0.iter().enumerate().take(self.kinds.len()).map(term).collect();
        Score { total: terms.iter().map(|term| term.gives).sum(), terms }
    }
}

/// Systems from the highest score down; of equal ones the lower number first.
pub fn ranked(totals: impl Iterator<Item = (u32, i64)>) -> Vec<(u32, i64)> {
    let mut out: Vec<(u32, i64)> = totals.collect();
    out.sort_unstable_by_key(|(system, total)| (Reverse(*total), *system));
    out
}

#[cfg(test)]
mod tests {
    use super::{super::weights::WeightFault, *};

    fn profile(weights: &Weights, criticality: &'static str, relations: i64, effort: i64) -> Profile {
        let values = [("criticality", criticality.into()), ("relations", relations.into()), ("effort", effort.into())];
        weights.profile(values).unwrap()
    }

    #[test]
    fn a_score_explains_itself() {
        let weights = Weights::shipped();
        let score = weights.score(&profile(&weights, "high", 10, 150));
        let gives: Vec<i64> = score.terms.iter().map(|term| term.gives).collect();
        assert_eq!((score.total, gives), (30 * 100 + 25 * 50 - 10 * 50, vec![3_000, 1_250, 0, 0, 0, -500]));
        assert_eq!(score.terms[2].points, None);
        assert_eq!(weights.score(&profile(&weights, "low", 10_000, 0)).total, 2_500);
        assert_eq!(ranked([(7, 1), (3, 5), (2, 1)].into_iter()), [(3, 5), (2, 1), (7, 1)]);
    }

    #[test]
    fn another_weight_is_another_score_and_the_rest_stays() {
        let weights = Weights::shipped();
        let one = profile(&weights, "high", 10, 150);
        assert_eq!(weights.with_weight("effort", 0).unwrap().score(&one).total, 4_250);
        let missing = vec![WeightFault::NoSuchCriterion { key: "beauty".into() }];
        assert_eq!(weights.with_weight("beauty", 1).unwrap_err(), missing);
        let heavy = vec![WeightFault::TooHeavy { key: "effort".into(), weight: -1_001 }];
        assert_eq!(weights.with_weight("effort", -1_001).unwrap_err(), heavy);
    }

    #[test]
    fn points_and_scales_are_checked() {
        let mut text = Weights::shipped().text().clone();
        text.criteria[0].points.insert("high".into(), 101);
        text.criteria[1].full_at = Some(0);
        text.criteria[2].points.insert("none".into(), 1);
        text.criteria[3].points.remove("ended");
        text.criteria[4].full_at = Some(3);
        let point = |key: &str, value: &str| WeightFault::BadPoints { key: key.into(), value: value.into() };
        let scale = |key: &str| WeightFault::BadScale { key: key.into() };
        let expected = [
            point("criticality", "high"),
            scale("relations"),
            point("ai_potential", "none"),
            point("support", "ended"),
            scale("personal_data"),
        ];
        assert_eq!(Weights::of(text).unwrap_err(), expected);
        let weights = Weights::shipped();
        assert!(weights.profile([("relations", Given::Number(-1))]).is_err());
        assert!(weights.profile([("criticality", Given::Choice("huge"))]).is_err());
    }
}
