//! Eligibility and the way to move, out of a table that has the two parts.

use serde::{Deserialize, Serialize};

use crate::table::{Decision, Draft, Facts, OtherTable, Table};

/// The table that the program brings.
pub const SHIPPED: &str = include_str!("../../data/strategy.json");

const ELIGIBILITY: &str = "eligibility";
const ELIGIBLE: &str = "eligible";
const STRATEGY: &str = "strategy";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    Retire,
    Retain,
    Rehost,
    Relocate,
    Replatform,
    Repurchase,
    Refactor,
}

impl Strategy {
    pub const ALL: [Self; 7] =
        [Self::Retire, Self::Retain, Self::Rehost, Self::Relocate, Self::Replatform, Self::Repurchase, Self::Refactor];

    pub fn code(self) -> &'static str {
        match self {
            Self::Retire => "retire",
            Self::Retain => "retain",
            Self::Rehost => "rehost",
            Self::Relocate => "relocate",
            Self::Replatform => "replatform",
            Self::Repurchase => "repurchase",
            Self::Refactor => "refactor",
        }
    }

    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether something is moved: the others take no place in a wave.
    pub fn moves(self) -> bool {
        !matches!(self, Self::Retire | Self::Retain)
    }
}

/// What a table lacks to be one of strategies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotAStrategyTable {
    NoPart {
        part: String,
    },
    NoEligible,
    /// Not eligible, and still asked how it moves; or moved although it is not eligible.
    GroundMoves {
        answer: String,
    },
    NoSuchStrategy {
        answer: String,
    },
}

/// A checked table whose answers are understood.
#[derive(Debug, Clone)]
pub struct Strategies {
    table: Table,
    eligibility: usize,
    strategy: usize,
    /// Of each answer of the part.
    meant: Vec<Strategy>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified<'a> {
    pub strategy: Strategy,
    pub eligible: bool,
    /// The code of the answer about eligibility: the ground, where it is not.
    pub ground: &'a str,
    pub decision: Decision,
}

impl Strategies {
    /// Of the table that ships.
    pub fn shipped() -> Self {
        let draft = Draft::read(SHIPPED).expect("the table that ships is well formed");
        let table = draft.check().expect("the table that ships has neither gap nor contradiction");
        Self::new(table).expect("the table that ships is one of strategies")
    }

    pub fn new(table: Table) -> Result<Self, Vec<NotAStrategyTable>> {
        let mut faults = Vec::new();
        let place = |key: &str| table.part(key).ok_or_else(|| vec![NotAStrategyTable::NoPart { part: key.to_owned() }]);
        let (eligibility, strategy) = (place(ELIGIBILITY)?, place(STRATEGY)?);
        let mut meant = Vec::new();
        for answer in &table.parts()[strategy].answers {
            match Strategy::of(&answer.code) {
                Some(one) => meant.push(one),
                None => faults.push(NotAStrategyTable::NoSuchStrategy { answer: answer.code.clone() }),
            }
        }
        let answers = &table.parts()[eligibility].answers;
        if !answers.iter().any(|answer| answer.code == ELIGIBLE && answer.ends.is_none()) {
            faults.push(NotAStrategyTable::NoEligible);
        }
        for answer in answers.iter().filter(|answer| answer.code != ELIGIBLE) {
            let then = answer.ends.as_ref().zip(strategy.checked_sub(eligibility + 1));
            let then = then.and_then(|(ends, at)| meant.get(*ends.get(at)?));
            if then.is_none_or(|then| then.moves()) {
                faults.push(NotAStrategyTable::GroundMoves { answer: answer.code.clone() });
            }
        }
        if faults.is_empty() { Ok(Self { table, eligibility, strategy, meant }) } else { Err(faults) }
    }

    pub fn table(&self) -> &Table {
        &self.table
    }

    pub fn classify(&self, facts: &Facts) -> Result<Classified<'_>, OtherTable> {
        let decision = self.table.decide(facts)?;
        let answer = |part: usize| decision.verdicts.get(part).map(|verdict| verdict.answer).ok_or(OtherTable);
        let ground = &self.table.parts()[self.eligibility].answers[answer(self.eligibility)?].code;
        let strategy = self.meant[answer(self.strategy)?];
        Ok(Classified { strategy, eligible: ground == ELIGIBLE, ground, decision })
    }
}
