//! The label of a platform: what is said of each minimum requirement, and whether everybody may see it.

use std::sync::LazyLock;

use db::Words;
use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::{Ground, Held, Role, Rule};
use portfolio::Edition;
use serde::{Deserialize, Serialize};

use super::{SystemId, SystemState, level::ControlState};

kernel::id!(OfLabel LabelId "label");
kernel::id!(OfLabelLine LabelLineId "labelline");

/// Making it public, and taking that back: a leader of the owner, or of a body above it.
pub const PUBLISH: Rule =
    Rule { action: "label.publish", kind: "System", grounds: &[Ground::Below(Held::Of(&[Role::LEADER]))] };

/// The requirements, as data with its source.
const SHIPPED: &str = include_str!("../../data/label.json");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    pub edition: Edition,
    /// Platforms that begin to operate from this day on meet them at once,
    pub from: Date,
    /// older ones until this day.
    pub older_by: Date,
    pub requirements: Vec<Requirement>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    pub key: String,
    /// One of the seven; else what a label may say beside them.
    pub is_required: bool,
    pub say: portfolio::Words,
}

pub fn requirements() -> &'static Requirements {
    static READ: LazyLock<Requirements> =
        LazyLock::new(|| serde_json::from_str(SHIPPED).expect("the requirements that ship are sound"));
    &READ
}

/// One of a platform.
#[derive(Debug, Clone, PartialEq, Row, Fact)]
#[row(table = "registry_label", taken = "label-there")]
#[fact(key = "label")]
pub struct Label {
    #[fact(name = "label", vi = "Nhãn", en = "Label")]
    pub id: LabelId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    /// Since when everybody sees it.
    #[fact(vi = "Ngày công khai", en = "Published on")]
    pub published_on: Option<Date>,
    /// Who made it public, or took that back since it was last filled in: it waits for nobody's word then. None of a public one
    /// where that took one hand, as it once did.
    pub published_by: Option<String>,
    pub rev: i64,
}

impl Label {
    /// Whether it waits for a leader: all that is asked for is said, and since then no leader made it public or said no to it.
    pub fn waits(&self, system: SystemState, lines: &[LabelLine]) -> bool {
        let is_open = self.published_on.is_none() && self.published_by.is_none() && standing(lines).1 == 0;
        is_open && system != SystemState::Retiring
    }
}

/// How a platform stands to one requirement.
#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_label_line", taken = "label-there")]
#[fact(key = "line")]
pub struct LabelLine {
    #[fact(name = "line", vi = "Dòng của nhãn", en = "Line of a label")]
    pub id: LabelLineId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(vi = "Yêu cầu tối thiểu", en = "Minimum requirement", identifier)]
    pub requirement: String,
    #[fact(vi = "Tình trạng", en = "Standing")]
    pub state: ControlState,
    /// A link or the number of a document.
    pub evidence: Option<Words>,
    #[fact(vi = "Ngày ghi", en = "Said on")]
    pub on_day: Date,
    /// Who says so, of the standing and of the evidence: neither of them makes it public too.
    #[serde(skip)]
    pub state_by: Option<String>,
    #[serde(skip)]
    pub evidence_by: Option<String>,
    pub rev: i64,
}

impl LabelLine {
    pub fn is_by(&self, hand: &str) -> bool {
        [&self.state_by, &self.evidence_by].into_iter().any(|by| by.as_deref() == Some(hand))
    }

    /// The same with whose words it holds: what stayed as it was is still of who said that.
    #[must_use]
    pub fn by(self, was: &Self, hand: &str) -> Self {
        let of = |is_same: bool, by: &Option<String>| if is_same { by.clone() } else { Some(hand.to_owned()) };
        let state_by = of(self.state == was.state, &was.state_by);
        let evidence_by = of(self.evidence == was.evidence, &was.evidence_by);
        Self { state_by, evidence_by, ..self }
    }
}

/// Whether anything is said in them.
pub fn is_said(lines: &[LabelLine]) -> bool {
    lines.iter().any(|line| line.state != ControlState::Unsaid)
}

/// How many of the seven are met, and of how many nothing is said.
pub fn standing(lines: &[LabelLine]) -> (usize, usize) {
    let required = || requirements().requirements.iter().filter(|one| one.is_required);
    let state = |key: &str| lines.iter().find(|line| line.requirement == key).map(|line| line.state);
    let met = required().filter(|one| state(&one.key) == Some(ControlState::Met)).count();
    let open = required().filter(|one| matches!(state(&one.key), None | Some(ControlState::Unsaid))).count();
    (met, open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_are_required_each_with_words() {
        let all = &requirements().requirements;
        assert_eq!(all.iter().filter(|one| one.is_required).count(), 7);
        assert!(all.iter().all(|one| one.say.is_complete()));
        assert!(requirements().from < requirements().older_by);
        assert_eq!(standing(&[]), (0, 7));
    }
}
