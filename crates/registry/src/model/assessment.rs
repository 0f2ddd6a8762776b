//! What was answered about a system, what the rules say of it, and what a reviewer made of that.

use db::Words;
use derive::{Code, Columns, Fact, Row};
use jiff::civil::Date;
use portfolio::{strategy::Strategy, waves::Span};

use super::{SystemId, closed_days};

kernel::id!(OfAssessment AssessmentId "assessment");

/// How a system is to move: the codes are those of the rule table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
#[code(key = "system-strategy")]
pub enum MoveStrategy {
    Retire,
    Retain,
    Rehost,
    Relocate,
    Replatform,
    Repurchase,
    Refactor,
}

impl MoveStrategy {
    /// Whether something is moved: the others take no place in a wave.
    pub fn moves(self) -> bool {
        !matches!(self, Self::Retire | Self::Retain)
    }
}

impl From<Strategy> for MoveStrategy {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Retire => Self::Retire,
            Strategy::Retain => Self::Retain,
            Strategy::Rehost => Self::Rehost,
            Strategy::Relocate => Self::Relocate,
            Strategy::Replatform => Self::Replatform,
            Strategy::Repurchase => Self::Repurchase,
            Strategy::Refactor => Self::Refactor,
        }
    }
}

/// What a reviewer made of what the rules say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "assessment-review")]
pub enum ReviewState {
    #[code(look = "run")]
    Open,
    #[code(look = "done")]
    Accepted,
    #[code(look = "soon")]
    Overruled,
}

/// One of each system. Answers and facts are objects of JSON, by the keys of the questionnaire and of the rule table.
#[derive(Debug, Clone, PartialEq, Row, Fact)]
#[row(table = "registry_assessment", taken = "assessment-there")]
#[fact(key = "assessment")]
pub struct Assessment {
    #[fact(name = "assessment", vi = "Đánh giá", en = "Assessment")]
    pub id: AssessmentId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    /// The edition of the questions that were answered; empty where none was.
    pub questionnaire: String,
    /// What people answered; what the inventory answers is not repeated.
    pub answers: String,
    #[fact(vi = "Số câu đã trả lời", en = "Questions answered")]
    pub answered: i64,
    pub facts: String,
    /// The edition of the rules by which this was decided.
    pub rules: String,
    #[fact(vi = "Phương án theo quy tắc", en = "Strategy by the rules")]
    pub strategy: MoveStrategy,
    #[fact(vi = "Đủ điều kiện", en = "Eligible")]
    pub eligible: bool,
    /// The answer about eligibility, by its code: the ground, where it is not.
    #[fact(vi = "Căn cứ", en = "Ground")]
    pub ground: String,
    /// The rules that decided, those that fired beside them, and the facts that were not known.
    pub reasons: String,
    #[fact(vi = "Điểm ưu tiên", en = "Priority score")]
    pub score: i64,
    /// In person-days, where somebody has said it.
    #[fact(vi = "Công sức (ngày công)", en = "Effort (person-days)")]
    pub effort: Option<i64>,
    /// Before this day it is not cut over.
    pub earliest: Option<Date>,
    /// Days on which it is not cut over, as JSON.
    pub closed_days: Option<String>,
    #[fact(vi = "Rà soát", en = "Review")]
    pub review: ReviewState,
    /// The reviewer's own choice.
    #[fact(vi = "Phương án khi quyết định khác", en = "Strategy by overruling")]
    pub overruled: Option<MoveStrategy>,
    pub reason: Option<Words>,
    /// Pseudonym, as in the ledger.
    pub reviewed_by: Option<String>,
    /// Microseconds.
    pub reviewed_at: Option<i64>,
    pub rev: i64,
}

/// What waves reckon with of an assessment; its long texts stay where they are.
#[derive(Debug, Clone, Columns)]
pub struct Decision {
    pub system_id: SystemId,
    pub strategy: MoveStrategy,
    pub overruled: Option<MoveStrategy>,
    pub score: i64,
    pub effort: Option<i64>,
    pub earliest: Option<Date>,
    pub closed_days: Option<String>,
    pub reviewed_at: Option<i64>,
}

impl Decision {
    pub fn spans(&self) -> Vec<Span> {
        self.closed_days.as_deref().map(closed_days::kept).unwrap_or_default()
    }

    /// What holds: the reviewer's choice, else the rules'.
    pub fn decided(&self) -> MoveStrategy {
        self.overruled.unwrap_or(self.strategy)
    }
}

impl Assessment {
    pub fn spans(&self) -> Vec<Span> {
        self.closed_days.as_deref().map(closed_days::kept).unwrap_or_default()
    }

    /// What holds: the reviewer's choice, else the rules'.
    pub fn decided(&self) -> MoveStrategy {
        self.overruled.unwrap_or(self.strategy)
    }

    /// Whether people said something: an answer, an effort, days, a review.
    pub fn is_said(&self) -> bool {
        let has_days = self.earliest.is_some() || self.closed_days.is_some();
        self.answered > 0 || self.effort.is_some() || has_days || self.review != ReviewState::Open
    }

    /// Whether nothing that is decided differs: keys, editions and revisions aside.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |one: &Self| (one.strategy, one.eligible, one.score, one.review, one.answered, one.effort);
        said(self) == said(other)
            && self.ground == other.ground
            && self.facts == other.facts
            && self.reasons == other.reasons
            && self.answers == other.answers
            && self.overruled == other.overruled
    }
}
