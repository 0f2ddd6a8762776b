//! The dossier by which a system's security level is proposed, appraised and approved.

use db::Words;
use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::{Ground, Held, Role, Rule, UnitId, text::fold};
use serde::Serialize;

use super::DossierState;
use crate::model::SystemId;

kernel::id!(OfDossier DossierId "dossier");

const KEEPERS: Held = Held::Of(&[Role::OFFICER, Role::PROGRAMME]);
const REVIEWERS: Held = Held::Of(&[Role::OFFICER, Role::PROGRAMME, Role::HEAD, Role::LEADER]);
const LEADERS: Held = Held::Of(&[Role::LEADER]);

/// Read by the owner's house and by the body that appraises it.
pub const READ: Rule =
    Rule { action: "level.read", kind: "Dossier", grounds: &[Ground::Below(Held::Any), Ground::Involved(Held::Any)] };
pub const KEEP: Rule = Rule { action: "level.keep", kind: "Dossier", grounds: &[Ground::Below(KEEPERS)] };
/// What stands of its controls: who works or decides at the owner, and who appraises it.
pub const CONTROLS: Rule = Rule {
    action: "level.controls",
    kind: "Dossier",
    grounds: &[Ground::Below(REVIEWERS), Ground::Involved(REVIEWERS)],
};
/// By people of the body to which it was sent.
pub const REVIEW: Rule = Rule { action: "level.review", kind: "Dossier", grounds: &[Ground::Involved(REVIEWERS)] };
/// By a leader of the owner, or of a body above it.
pub const APPROVE: Rule = Rule { action: "level.approve", kind: "Dossier", grounds: &[Ground::Below(LEADERS)] };
/// Letting a system operate without one, with a reason.
pub const OVERRULE: Rule = Rule { action: "level.overrule", kind: "Dossier", grounds: &[Ground::Below(LEADERS)] };

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_dossier", follows(fold = fold, name_sort = name_sort), taken = "dossier-there")]
#[fact(key = "dossier")]
pub struct Dossier {
    #[fact(name = "dossier", vi = "Hồ sơ cấp độ", en = "Level dossier")]
    pub id: DossierId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(name = "owner", vi = "Cơ quan chủ quản", en = "Owner")]
    pub owner_id: UnitId,
    /// As the system was called.
    pub name: Words,
    /// What the rules propose.
    #[fact(vi = "Cấp độ theo quy tắc", en = "Level by the rules")]
    pub proposed: i64,
    #[fact(vi = "Cấp độ", en = "Level")]
    pub level: i64,
    /// Keys of the rules that decided, parted by spaces.
    #[fact(identifier, vi = "Quy tắc", en = "Rules")]
    pub rule: String,
    /// The edition of the table of levels.
    #[fact(identifier, vi = "Phiên bản quy tắc", en = "Edition of the rules")]
    pub edition: String,
    /// What was known of the system, as the table reads it.
    #[serde(skip)]
    pub facts: String,
    #[fact(vi = "Trạng thái", en = "State")]
    pub state: DossierState,
    #[fact(name = "reviewer", vi = "Đơn vị thẩm định", en = "Appraised by")]
    pub reviewer_id: Option<UnitId>,
    #[fact(vi = "Ngày trình", en = "Sent on")]
    pub sent_on: Option<Date>,
    #[fact(vi = "Ngày trả lại", en = "Returned on")]
    pub returned_on: Option<Date>,
    #[fact(vi = "Ngày thẩm định", en = "Appraised on")]
    pub appraised_on: Option<Date>,
    /// The number of the appraisal.
    pub appraisal: Option<Words>,
    /// Why it was returned, or why the level is another than the rules propose.
    pub reason: Option<Words>,
    /// The number of the decision that approves it.
    pub number: Option<Words>,
    /// Its day, as the decision bears it.
    #[fact(vi = "Ngày quyết định phê duyệt", en = "Approved on")]
    pub approved_on: Option<Date>,
    /// The day on which the approval was entered here.
    #[fact(vi = "Ngày ghi phê duyệt", en = "Approval entered on")]
    pub recorded_on: Option<Date>,
    /// Since when the system operated, as was known then.
    #[fact(vi = "Ngày vận hành khi phê duyệt", en = "Operating since, as known then")]
    pub operating_on: Option<Date>,
    #[fact(vi = "Có hiệu lực đến", en = "Valid through")]
    pub valid_through: Option<Date>,
    #[fact(vi = "Ngày kiểm tra gần nhất", en = "Last checked on")]
    pub checked_on: Option<Date>,
    pub check_note: Option<Words>,
    #[fact(vi = "Kiểm tra lần tới", en = "Next check by")]
    pub check_by: Option<Date>,
    /// Who sent it, and who appraised it.
    #[serde(skip)]
    pub sent_by: Option<String>,
    #[serde(skip)]
    pub appraised_by: Option<String>,
    pub rev: i64,
}

impl Dossier {
    fn fold(&self) -> String {
        fold(&format!("{} {}", self.name.as_str(), self.number.as_deref().unwrap_or_default()))
    }

    fn name_sort(&self) -> String {
        kernel::text::sort_key(&self.name)
    }

    /// As the rules of levels count them.
    pub fn level_number(&self) -> u8 {
        u8::try_from(self.level).unwrap_or(0)
    }

    /// Whether this hand sent or appraised it: it does not approve it too.
    pub fn is_by(&self, hand: &str) -> bool {
        [&self.sent_by, &self.appraised_by].iter().any(|by| by.as_deref() == Some(hand))
    }

    pub fn is_approved(&self) -> bool {
        self.state == DossierState::Approved
    }

    /// Whether its approval holds on a day.
    pub fn is_in_force(&self, today: Date) -> bool {
        let is_given = self.approved_on.is_some_and(|on| on <= today);
        self.is_approved() && is_given && self.valid_through.is_none_or(|last| last >= today)
    }
}
