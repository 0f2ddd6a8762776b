//! A level out of a table that has the part.

use serde::Serialize;

use crate::table::{Decision, Draft, Facts, OtherTable, Table};

/// The table that the program brings.
pub const SHIPPED: &str = include_str!("../../data/level.json");

const LEVEL: &str = "level";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotALevelTable {
    NoPart,
    /// Answers are the numbers 1 to 5.
    NoSuchLevel {
        answer: String,
    },
}

#[derive(Debug, Clone)]
pub struct Levels {
    table: Table,
    part: usize,
    /// Of each answer.
    meant: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub level: u8,
    pub decision: Decision,
}

impl Levels {
    pub fn shipped() -> Self {
        let draft = Draft::read(SHIPPED).expect("the table of levels that ships is well formed");
        let table = draft.check().expect("the table of levels that ships has neither gap nor contradiction");
        Self::new(table).expect("the table of levels that ships is one")
    }

    pub fn new(table: Table) -> Result<Self, Vec<NotALevelTable>> {
        let part = table.part(LEVEL).ok_or_else(|| vec![NotALevelTable::NoPart])?;
        let (mut meant, mut faults) = (Vec::new(), Vec::new());
        for answer in &table.parts()[part].answers {
            match answer.code.parse().ok().filter(|level| (1..=5).contains(level)) {
                Some(level) => meant.push(level),
                None => faults.push(NotALevelTable::NoSuchLevel { answer: answer.code.clone() }),
            }
        }
        if faults.is_empty() { Ok(Self { table, part, meant }) } else { Err(faults) }
    }

    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The place of the part whose verdict gives the reasons.
    pub fn part(&self) -> usize {
        self.part
    }

    pub fn propose(&self, facts: &Facts) -> Result<Proposal, OtherTable> {
        let decision = self.table.decide(facts)?;
        let level = self.meant[decision.verdicts.get(self.part).ok_or(OtherTable)?.answer];
        Ok(Proposal { level, decision })
    }
}
