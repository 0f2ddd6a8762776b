//! Difficulties: what is raised on a part or a target, and who reads it.

use crate::ids::{DifficultyId, PartId, TargetId};
use db::Words;
use derive::{Code, Row, Schema};
use jiff::civil::Date;
use kernel::{Ground, Held, PlanId, Rule, UnitId, text::fold};
use serde::Serialize;

/// Read in the house that raised it, by who follows its plan, by whoever has had it, and in the house that holds it now.
pub const READ: Rule = Rule {
    action: "difficulty.read",
    kind: "Difficulty",
    grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any), Ground::InvolvedBelow(Held::Any)],
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum DifficultyState {
    #[code(look = "run")]
    Open,
    #[code(look = "done")]
    Answered,
    Withdrawn,
}

/// A difficulty, as it is stored and given by the API.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "programme_difficulty", follows(fold = fold))]
pub struct Difficulty {
    pub id: DifficultyId,
    #[row(column = "plan_id")]
    pub plan: PlanId,
    #[row(column = "part_id")]
    pub part: Option<PartId>,
    #[row(column = "target_id")]
    pub target: Option<TargetId>,
    /// The unit that raised it.
    #[row(column = "unit_id")]
    pub unit: UnitId,
    pub text: Words,
    pub proposal: Words,
    /// Microseconds since 1970.
    pub raised_at: i64,
    #[serde(skip)]
    pub actor: String,
    pub state: DifficultyState,
    /// The unit that holds it now.
    #[row(column = "holder_id")]
    pub holder: Option<UnitId>,
    /// The day by which that unit is to answer.
    pub due_on: Option<Date>,
    pub answer: Option<Words>,
    /// Microseconds since 1970.
    pub answered_at: Option<i64>,
    pub rev: i64,
    /// The account behind the actor.
    #[serde(skip)]
    pub hand: Option<String>,
    /// The unit that raised it for that unit.
    pub acted_by: Option<UnitId>,
    /// Where the unit that raised it stands among the others.
    #[serde(skip)]
    pub unit_sort: Option<String>,
}

impl Difficulty {
    fn fold(&self) -> String {
        fold(&format!("{} {}", self.text, self.proposal))
    }
}
