//! How alike two systems are, so that the answers of one may be offered to the other.

use serde::Serialize;

use super::{condition::Test, decide::OtherTable, draft::Table, facts::Facts, value::Value};

/// Of the facts that are known of both, how many agree; and how many are known of one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Agreement {
    pub agree: usize,
    pub both_known: usize,
    pub one_known: usize,
}

impl Agreement {
    /// In whole percent of what is known of either; nothing known is nothing alike.
    pub fn percent(self) -> usize {
        (self.agree * 100).checked_div(self.both_known + self.one_known).unwrap_or(0)
    }
}

impl Table {
    /// Numbers agree where no rule tells them apart.
    pub fn alike(&self, one: &Facts, other: &Facts) -> Result<Agreement, OtherTable> {
        if [one, other].iter().any(|facts| facts.stamp != self.stamp()) {
            return Err(OtherTable);
        }
        let mut tests = Vec::new();
        self.parts().iter().flat_map(|part| &part.rules).for_each(|rule| rule.when.tests(&mut tests));
        let mut out = Agreement::default();
        for (fact, (one, other)) in one.values.iter().zip(&other.values).enumerate() {
            match (one, other) {
                (Value::Unknown, Value::Unknown) => {}
                (Value::Unknown, _) | (_, Value::Unknown) => out.one_known += 1,
                _ => {
                    out.both_known += 1;
                    out.agree += usize::from(is_same(fact, *one, *other, &tests));
                }
            }
        }
        Ok(out)
    }
}

fn is_same(fact: usize, one: Value, other: Value, tests: &[(usize, Test)]) -> bool {
    let mut asked = tests.iter().filter(|(of, _)| *of == fact).map(|(_, test)| test);
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => asked.all(|test| test.holds(one) == test.holds(other)),
        _ => one == other,
    }
}
