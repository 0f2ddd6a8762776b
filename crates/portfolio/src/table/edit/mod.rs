//! A table changed rule by rule: conditions as lines that a form can show, and the order of the rules of a part.
//!
//! What a form cannot show stays as it was written: a line that is a group of others is carried along whole, and a
//! condition whose lines are the same is not written anew.

#[cfg(test)]
mod tests;

use super::text::{ConditionText, FactKind, PartText, RuleText};

/// Between ranks that nobody chose: room for rules that come later.
const APART: u16 = 10;
/// Words, and letters, of which a key is made.
const KEY_WORDS: usize = 4;
const KEY_LETTERS: usize = 40;

/// What a line says of its fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Yes,
    No,
    In,
    NotIn,
    /// From, below, or both.
    Within,
    Known,
    Unknown,
}

impl Op {
    /// Those that a fact of this kind has.
    pub const fn of(kind: FactKind) -> &'static [Self] {
        match kind {
            FactKind::Bool => &[Self::Yes, Self::No, Self::Known, Self::Unknown],
            FactKind::Choice => &[Self::In, Self::NotIn, Self::Known, Self::Unknown],
            FactKind::Number => &[Self::Within, Self::Known, Self::Unknown],
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Within => "within",
            Self::Known => "known",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(kind: FactKind, code: &str) -> Option<Self> {
        Self::of(kind).iter().copied().find(|one| one.code() == code)
    }
}

/// One test of a fact, as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub fact: String,
    pub op: Op,
    /// The codes, of `In` and `NotIn`.
    pub values: Vec<String>,
    /// The bounds, of `Within`.
    pub least: Option<i64>,
    pub below: Option<i64>,
}

impl Line {
    /// The first that is said of a fact.
    pub fn new(fact: &str, kind: FactKind) -> Self {
        let op = if kind == FactKind::Bool { Op::Yes } else { Op::Known };
        Self { fact: fact.to_owned(), op, values: Vec::new(), least: None, below: None }
    }
}

impl From<Line> for ConditionText {
    fn from(line: Line) -> Self {
        let test = Self { fact: Some(line.fact), ..Self::default() };
        match line.op {
            Op::Yes => Self { is: Some(true), ..test },
            Op::No => Self { is: Some(false), ..test },
            Op::In => Self { among: Some(line.values), ..test },
            Op::NotIn => Self { not_in: Some(line.values), ..test },
            Op::Within => Self { at_least: line.least, below: line.below, ..test },
            Op::Known => Self { known: Some(true), ..test },
            Op::Unknown => Self { known: Some(false), ..test },
        }
    }
}

/// A condition as a form shows it: lines of which all must hold, or any one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    pub is_any: bool,
    pub lines: Vec<ConditionText>,
}

impl From<Lines> for ConditionText {
    /// Without lines it always holds.
    fn from(lines: Lines) -> Self {
        let Lines { is_any, mut lines } = lines;
        match (lines.len(), is_any) {
            (1, _) => lines.remove(0),
            (0, _) | (_, false) => Self { all: Some(lines), ..Self::default() },
            (_, true) => Self { any: Some(lines), ..Self::default() },
        }
    }
}

impl ConditionText {
    pub fn lines(&self) -> Lines {
        match (&self.all, &self.any) {
            (Some(all), _) => Lines { is_any: false, lines: all.clone() },
            (None, Some(any)) => Lines { is_any: true, lines: any.clone() },
            (None, None) => Lines { is_any: false, lines: vec![self.clone()] },
        }
    }

    /// The same with these lines; not written anew where they are those that it has.
    #[must_use]
    pub fn with(&self, lines: Lines) -> Self {
        if self.lines() == lines { self.clone() } else { lines.into() }
    }

    /// None of a group of others, and of what is no test.
    pub fn line(&self) -> Option<Line> {
        let (op, values) = match self {
            Self { all: Some(_), .. } | Self { any: Some(_), .. } => return None,
            Self { is: Some(true), .. } => (Op::Yes, None),
            Self { is: Some(false), .. } => (Op::No, None),
            Self { among: Some(codes), .. } => (Op::In, Some(codes)),
            Self { not_in: Some(codes), .. } => (Op::NotIn, Some(codes)),
            Self { known: Some(true), .. } => (Op::Known, None),
            Self { known: Some(false), .. } => (Op::Unknown, None),
            _ => (Op::Within, None),
        };
        let (least, below) = (self.at_least, self.below);
        Some(Line { fact: self.fact.clone()?, op, values: values.cloned().unwrap_or_default(), least, below })
    }
}

/// Which way a rule goes among those of its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Earlier,
    Later,
}

/// Between which ranks: none where there is no other.
type Gap = (Option<u16>, Option<u16>);

impl PartText {
    pub fn rule(&self, key: &str) -> Option<&RuleText> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// As they are asked: from the highest rank down.
    pub fn in_order(&self) -> Vec<&RuleText> {
        let mut rules: Vec<&RuleText> = self.rules.iter().collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.rank));
        rules
    }

    /// In the place of the rule of that key, else behind the others.
    pub fn put(&mut self, rule: RuleText) {
        match self.rules.iter_mut().find(|one| one.key == rule.key) {
            Some(place) => *place = rule,
            None => self.rules.push(rule),
        }
    }

    /// Whether there was such a rule.
    pub fn take_out(&mut self, key: &str) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.key != key);
        self.rules.len() < before
    }

    /// A key for a new rule, out of what it says in English.
    pub fn free_key(&self, english: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
        let plain: String = english.chars().map(plain).collect();
        let stem = plain.split_whitespace().take(KEY_WORDS).collect::<Vec<_>>().join("-");
        let stem: String = stem.chars().take(KEY_LETTERS).collect();
        let stem = if stem.is_empty() { "rule" } else { stem.as_str() };
        let key = |n: u32| if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") };
        (1..u32::MAX).map(key).find(|key| self.rule(key).is_none()).unwrap_or_default()
    }

    /// Before the last rank, whose rules answer where nothing else does.
    pub fn free_rank(&self) -> u16 {
        let ranks = self.ranks();
        let last = ranks.last().copied();
        let before = ranks.len().checked_sub(2).and_then(|at| ranks.get(at).copied());
        between((before, last)).or(last).unwrap_or(APART)
    }

    pub fn can_step(&self, key: &str, step: Step) -> bool {
        self.rules.iter().position(|rule| rule.key == key).is_some_and(|at| self.gap(at, step).is_some())
    }

    /// A rule that shares its rank leaves the others behind; one that is alone goes past the next. Where ranks lie
    /// too close all are spread, in their order. False where there is no such rule or nothing to pass.
    pub fn step(&mut self, key: &str, step: Step) -> bool {
        let Some(at) = self.rules.iter().position(|rule| rule.key == key) else { return false };
        let Some(gap) = self.gap(at, step) else { return false };
        let rank = between(gap).or_else(|| {
            self.spread();
            self.gap(at, step).and_then(between)
        });
        if let Some(rank) = rank {
            self.rules[at].rank = rank;
        }
        rank.is_some()
    }

    /// Each once, the highest first.
    fn ranks(&self) -> Vec<u16> {
        let mut ranks: Vec<u16> = self.rules.iter().map(|rule| rule.rank).collect();
        ranks.sort_unstable_by_key(|rank| std::cmp::Reverse(*rank));
        ranks.dedup();
        ranks
    }

    fn gap(&self, at: usize, step: Step) -> Option<Gap> {
        let (ranks, own) = (self.ranks(), self.rules[at].rank);
        let place = ranks.iter().position(|rank| *rank == own)?;
        let is_alone = self.rules.iter().filter(|rule| rule.rank == own).count() == 1;
        let under = match (step, is_alone) {
            (Step::Earlier, false) => place,
            (Step::Earlier, true) => place.checked_sub(1)?,
            (Step::Later, false) => place + 1,
            (Step::Later, true) => Some(place + 2).filter(|under| *under <= ranks.len())?,
        };
        let above = under.checked_sub(1).and_then(|above| ranks.get(above).copied());
        Some((above, ranks.get(under).copied()))
    }

    fn spread(&mut self) {
        let ranks = self.ranks();
        for rule in &mut self.rules {
            let below = ranks.iter().filter(|rank| **rank <= rule.rank).count();
            rule.rank = u16::try_from(below).unwrap_or(u16::MAX).saturating_mul(APART);
        }
    }
}

fn between(gap: Gap) -> Option<u16> {
    match gap {
        (Some(above), Some(below)) => Some(below + (above - below) / 2).filter(|rank| *rank > below),
        (None, Some(below)) => below.checked_add(APART),
        (Some(above), None) => (above > 0).then_some(above / 2),
        (None, None) => None,
    }
}
