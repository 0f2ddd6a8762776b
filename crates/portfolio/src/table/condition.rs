//! Conditions, over all facts or over those that a search has fixed so far.

use super::value::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Test(usize, Test),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    Is(bool),
    /// One bit for each value of the choice.
    In(u64),
    AtLeast(i64),
    Below(i64),
    Known(bool),
}

/// What is known of a condition while some facts are still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Yes,
    No,
    /// It hangs on this fact first.
    Open(usize),
}

impl Test {
    pub fn holds(self, value: Value) -> bool {
        match (self, value) {
            (Test::Known(known), value) => known == (value != Value::Unknown),
            (Test::Is(is), Value::Bool(value)) => is == value,
            (Test::In(bits), Value::Choice(value)) => bits >> value & 1 == 1,
            (Test::AtLeast(least), Value::Number(value)) => value >= least,
            (Test::Below(most), Value::Number(value)) => value < most,
            _ => false,
        }
    }
}

impl Condition {
    pub fn holds(&self, facts: &[Value]) -> bool {
        match self {
            Condition::All(all) => all.iter().all(|one| one.holds(facts)),
            Condition::Any(any) => any.iter().any(|one| one.holds(facts)),
            Condition::Test(fact, test) => test.holds(facts[*fact]),
        }
    }

    pub fn seen(&self, facts: &[Option<Value>]) -> Seen {
        match self {
            Condition::All(all) => Seen::all(all.iter().map(|one| one.seen(facts))),
            Condition::Any(any) => Seen::any(any.iter().map(|one| one.seen(facts))),
            Condition::Test(fact, test) => {
                facts[*fact].map_or(Seen::Open(*fact), |value| Seen::from(test.holds(value)))
            }
        }
    }

    pub fn tests(&self, out: &mut Vec<(usize, Test)>) {
        match self {
            Condition::All(many) | Condition::Any(many) => many.iter().for_each(|one| one.tests(out)),
            Condition::Test(fact, test) => out.push((*fact, *test)),
        }
    }

    /// The facts that it asks for, each once, in their order.
    pub fn facts(&self) -> Vec<usize> {
        let mut tests = Vec::new();
        self.tests(&mut tests);
        let mut out: Vec<usize> = tests.into_iter().map(|(fact, _)| fact).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

impl From<bool> for Seen {
    fn from(holds: bool) -> Self {
        if holds { Seen::Yes } else { Seen::No }
    }
}

impl Seen {
    pub fn not(self) -> Self {
        match self {
            Seen::Yes => Seen::No,
            Seen::No => Seen::Yes,
            open @ Seen::Open(_) => open,
        }
    }

    pub fn all(many: impl Iterator<Item = Seen>) -> Self {
        let mut out = Seen::Yes;
        for one in many {
            match one {
                Seen::No => return Seen::No,
                Seen::Open(_) if out == Seen::Yes => out = one,
                _ => {}
            }
        }
        out
    }

    pub fn any(many: impl Iterator<Item = Seen>) -> Self {
        Self::all(many.map(Seen::not)).not()
    }
}
