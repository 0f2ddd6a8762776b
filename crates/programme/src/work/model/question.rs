//! Questions that leaders and followers ask of bodies, and who reads them.

use crate::ids::{PartId, QuestionId};
use db::Words;
use derive::{Row, Schema};
use jiff::civil::Date;
use kernel::{Ground, Held, PlanId, Role, Rule, UnitId, text::fold};
use serde::Serialize;

/// Posts that answer for their unit.
pub const ANSWERING: Held = Held::Of(&[Role::OFFICER, Role::HEAD, Role::PROGRAMME, Role::LEADER]);

/// Read by who asks in the house that asked, and by who answers in those that were asked. Which answers they see says
/// `usecase::question`.
pub const READ: Rule = Rule {
    action: "question.read",
    kind: "Question",
    grounds: &[Ground::Below(Held::Of(&[Role::LEADER, Role::PROGRAMME])), Ground::InvolvedBelow(ANSWERING)],
};

/// A question, as it is stored and listed by the API.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "programme_question", follows(fold = fold), taken = "question-open")]
pub struct Question {
    pub id: QuestionId,
    #[row(column = "plan_id")]
    pub plan: Option<PlanId>,
    /// The part that is to be explained; none for a question at large.
    #[row(column = "part_id")]
    pub part: Option<PartId>,
    pub asked_by: UnitId,
    #[serde(skip)]
    pub actor: String,
    /// The account behind the actor.
    #[serde(skip)]
    pub hand: Option<String>,
    pub text: Words,
    pub due_on: Option<Date>,
    /// Microseconds since 1970.
    pub asked_at: i64,
    /// Microseconds since 1970; none while it is open.
    pub closed_at: Option<i64>,
    pub rev: i64,
}

impl Question {
    fn fold(&self) -> String {
        fold(&self.text)
    }
}
