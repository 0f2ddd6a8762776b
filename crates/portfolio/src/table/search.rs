//! A case that shows something, or the certainty that there is none.

use super::{
    condition::{Condition, Seen, Test},
    text::{FactKind, FactText},
    value::Value,
};

/// The search was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted;

/// Of each fact the values that some test tells apart, and how many steps are left.
pub struct Search {
    cells: Vec<Vec<Value>>,
    pub left: u64,
}

impl Search {
    pub fn new<'a>(facts: &[FactText], conditions: impl Iterator<Item = &'a Condition>, steps: u64) -> Self {
        let mut tests = Vec::new();
        conditions.for_each(|one| one.tests(&mut tests));
        let cells = facts.iter().enumerate().map(|(at, fact)| {
            let mut own: Vec<Test> = tests.iter().filter(|(of, _)| *of == at).map(|(_, test)| *test).collect();
            own.push(Test::Known(true));
            cells(fact, &own)
        });
        Self { cells: cells.collect(), left: steps }
    }

    pub fn cells(&self, fact: usize) -> &[Value] {
        &self.cells[fact]
    }

    /// How many cases these facts have together.
    pub fn cases(&self, facts: &[usize]) -> u128 {
        facts.iter().fold(1u128, |product, fact| product.saturating_mul(self.cells[*fact].len() as u128))
    }

    /// The first case of which `seen` says yes. Only facts on which it hangs are fixed.
    pub fn find(&mut self, seen: &dyn Fn(&[Option<Value>]) -> Seen) -> Result<Option<Vec<Option<Value>>>, Exhausted> {
        let mut fixed = vec![None; self.cells.len()];
        Ok(self.step(&mut fixed, seen)?.then_some(fixed))
    }

    fn step(
        &mut self,
        fixed: &mut Vec<Option<Value>>,
        seen: &dyn Fn(&[Option<Value>]) -> Seen,
    ) -> Result<bool, Exhausted> {
        self.left = self.left.checked_sub(1).ok_or(Exhausted)?;
        let fact = match seen(fixed) {
            Seen::Yes => return Ok(true),
            Seen::No => return Ok(false),
            Seen::Open(fact) => fact,
        };
        for at in 0..self.cells[fact].len() {
            fixed[fact] = Some(self.cells[fact][at]);
            if self.step(fixed, seen)? {
                return Ok(true);
            }
        }
        fixed[fact] = None;
        Ok(false)
    }
}

/// One value for each way in which the tests can come out; known ones first, so that examples are of known facts.
fn cells(fact: &FactText, tests: &[Test]) -> Vec<Value> {
    let mut values: Vec<Value> = match fact.kind {
        FactKind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        FactKind::Choice => (0u16..).take(fact.values.len()).map(Value::Choice).collect(),
        FactKind::Number => numbers(fact, tests),
    };
    values.push(Value::Unknown);
    let mut seen: Vec<Vec<bool>> = Vec::new();
    values.retain(|value| {
        let signature: Vec<bool> = tests.iter().map(|test| test.holds(*value)).collect();
        let is_new = !seen.contains(&signature);
        if is_new {
            seen.push(signature);
        }
        is_new
    });
    values
}

fn numbers(fact: &FactText, tests: &[Test]) -> Vec<Value> {
    let (min, max) = (fact.min.unwrap_or(i64::MIN), fact.max.unwrap_or(i64::MAX));
    let around = tests.iter().filter_map(|test| match test {
        Test::AtLeast(edge) | Test::Below(edge) => Some([edge.saturating_sub(1), *edge]),
        _ => None,
    });
    let mut out: Vec<i64> = around.flatten().chain([fact.min.unwrap_or(0).min(max)]).collect();
    out.retain(|number| (min..=max).contains(number));
    out.sort_unstable();
    out.into_iter().map(Value::Number).collect()
}
