//! Checklists by strategy: dated data with its source and how sure that is.

use std::sync::OnceLock;

use kernel::Lang;
use portfolio::{Edition, Status, Words};
use serde::{Deserialize, Serialize};

use super::{Anchor, Gate, Need, Proof, StepPart, Strategy};

/// The checklists that the program brings.
const SHIPPED: &str = include_str!("../../../data/moves.json");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklists {
    pub edition: Edition,
    pub notice: Notice,
    pub steps: Vec<StepText>,
}

/// How long before a system stops it must be announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub working_days: u16,
    pub status: Status,
    pub say: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepText {
    pub key: String,
    pub part: StepPart,
    pub strategies: Vec<Strategy>,
    pub gate: Gate,
    /// What must have passed before it can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Gate>,
    pub need: Need,
    pub proof: Proof,
    pub by: By,
    pub due: DueText,
    pub say: Words,
}

/// Whose step it is before somebody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Owner,
    Runner,
}

/// Working days from a day of the project; negative ones lie before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueText {
    pub from: Anchor,
    pub working_days: i32,
}

impl Checklists {
    pub fn shipped() -> &'static Self {
        static READ: OnceLock<Checklists> = OnceLock::new();
        READ.get_or_init(|| serde_json::from_str(SHIPPED).expect("the checklists that ship are well formed"))
    }

    /// What a project keeps of where its steps came from.
    pub fn mark(&self) -> String {
        format!("{}/{}", self.edition.id, self.edition.version)
    }

    /// The steps of a strategy in their order.
    pub fn of(&self, strategy: Strategy, part: StepPart) -> impl Iterator<Item = &StepText> {
        self.steps.iter().filter(move |step| step.part == part && step.strategies.contains(&strategy))
    }

    /// A step in the reader's language: in Vietnamese as its project has it, else as this edition says it where it still does.
    pub fn said<'a>(&'a self, key: &str, name: &'a str, lang: Lang) -> &'a str {
        let step = self.steps.iter().find(|step| step.key == key).filter(|_| lang == Lang::En);
        step.map_or(name, |step| &step.say.en)
    }
}
