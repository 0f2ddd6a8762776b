//! What a table says of one system.

use serde::Serialize;

use super::{draft::Table, facts::Facts, search::Search, value::Value};

/// What one part answers; all are places in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub answer: usize,
    /// The part whose rules decided: this one, or the earlier one that ended the table.
    pub by_part: usize,
    /// The rules that decided.
    pub because: Vec<usize>,
    /// Rules of lower rank that fired too, and did not count.
    pub outranked: Vec<usize>,
    /// Facts that are not known and that a rule of the deciding rank or a higher one asks for.
    pub unknown: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// One for each part.
    pub verdicts: Vec<Verdict>,
}

/// These facts were made for another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherTable;

/// An unknown fact that would change the decision: what to find out next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decisive {
    pub fact: usize,
    /// A value, and what each part would answer.
    pub would: Vec<(Value, Vec<usize>)>,
}

impl Table {
    pub fn decide(&self, facts: &Facts) -> Result<Decision, OtherTable> {
        if facts.stamp != self.stamp() || facts.values.len() != self.facts().len() {
            return Err(OtherTable);
        }
        let mut verdicts: Vec<Verdict> = Vec::with_capacity(self.parts().len());
        while verdicts.len() < self.parts().len() {
            let at = verdicts.len();
            let verdict = self.verdict(at, &facts.values).ok_or(OtherTable)?;
            let ends = self.parts()[at].answers[verdict.answer].ends.as_ref();
            let rest = ends.into_iter().flatten().map(|answer| Verdict { answer: *answer, ..verdict.clone() });
            let rest: Vec<Verdict> = rest.collect();
            verdicts.push(verdict);
            verdicts.extend(rest);
        }
        Ok(Decision { verdicts })
    }

    /// None where there is a gap, which the check excludes.
    fn verdict(&self, part: usize, facts: &[Value]) -> Option<Verdict> {
        let because = self.draft().deciding(part, facts);
        let rules = &self.parts()[part].rules;
        let decided = rules.get(*because.first()?)?;
        let lower = rules.partition_point(|rule| rule.rank >= decided.rank);
        let mut tests = Vec::new();
        rules[..lower].iter().for_each(|rule| rule.when.tests(&mut tests));
        let asked = tests.into_iter().map(|(fact, _)| fact);
        let mut unknown: Vec<usize> = asked.filter(|fact| facts[*fact] == Value::Unknown).collect();
        unknown.sort_unstable();
        unknown.dedup();
        let outranked = (lower..rules.len()).filter(|at| rules[*at].when.holds(facts)).collect();
        Some(Verdict { answer: decided.answer, by_part: part, because, outranked, unknown })
    }

    /// The unknown facts each of which would by itself change an answer, if it were known.
    pub fn decisive(&self, facts: &Facts) -> Result<Vec<Decisive>, OtherTable> {
        let answers = |decision: Decision| decision.verdicts.iter().map(|one| one.answer).collect::<Vec<_>>();
        let now = answers(self.decide(facts)?);
        let rules = self.parts().iter().flat_map(|part| &part.rules);
        let search = Search::new(self.facts(), rules.map(|rule| &rule.when), 0);
        let mut out = Vec::new();
        for fact in (0..self.facts().len()).filter(|fact| facts.value(*fact) == Value::Unknown) {
            let mut would = Vec::new();
            for value in search.cells(fact).iter().filter(|value| **value != Value::Unknown) {
                let mut other = facts.clone();
                other.values[fact] = *value;
                let then = answers(self.decide(&other)?);
                if then != now {
                    would.push((*value, then));
                }
            }
            if !would.is_empty() {
                out.push(Decisive { fact, would });
            }
        }
        Ok(out)
    }
}
