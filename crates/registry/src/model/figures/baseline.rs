//! The frozen list of an owner: the systems that stood at the plan's day, each counted or not, eligible or not, and why.
//! Once it is approved only who approves changes it, with a reason that is kept.

use db::Words;
use derive::{Fact, Row};
use jiff::civil::Date;
use kernel::{Ground, Held, PlanId, Role, Rule, UnitId};
use serde::Serialize;

use crate::model::SystemId;

kernel::id!(OfBaseline BaselineId "baseline");
kernel::id!(OfBaselineItem BaselineItemId "baselineitem");
kernel::id!(OfBaselineChange BaselineChangeId "baselinechange");
kernel::id!(OfMilestone MilestoneId "milestone");

/// Made and mended by the owner's officers before it is approved.
pub const KEEP: Rule = Rule {
    action: "registry.baseline",
    kind: "System",
    grounds: &[Ground::Below(Held::Of(&[Role::OFFICER, Role::PROGRAMME]))],
};
/// Approved, and changed after that, by a leader of the owner or of a body above it.
pub const APPROVE: Rule =
    Rule { action: "registry.baseline_approve", kind: "System", grounds: &[Ground::Below(Held::Of(&[Role::LEADER]))] };

/// Why what holds state secrets is not eligible.
pub const SECRET: &str = "bí mật nhà nước";

#[derive(Debug, Clone, Row, Fact, Serialize)]
#[row(table = "registry_baseline", taken = "baseline-there")]
#[fact(key = "baseline")]
pub struct Baseline {
    #[fact(name = "baseline", vi = "Danh sách gốc", en = "Frozen list")]
    pub id: BaselineId,
    /// Whose systems: an owner has one list.
    #[fact(name = "unit", vi = "Cơ quan chủ quản", en = "Owner")]
    pub unit_id: UnitId,
    /// The plan by which it was made, as people write it; and by its id where it is in this house.
    #[fact(vi = "Kế hoạch", en = "Plan")]
    pub plan: Option<Words>,
    pub plan_id: Option<PlanId>,
    /// The day on which they stood.
    #[fact(vi = "Tính đến ngày", en = "As of")]
    pub as_of: Date,
    #[fact(vi = "Ngày phê duyệt", en = "Approved on")]
    pub approved_on: Option<Date>,
    /// Pseudonym, as in the ledger.
    pub approved_by: Option<String>,
    pub rev: i64,
}

#[derive(Debug, Clone, Row, Fact)]
#[row(table = "registry_baseline_item", taken = "baseline-item-there")]
#[fact(key = "item")]
pub struct BaselineItem {
    #[fact(name = "item", vi = "Dòng", en = "Line")]
    pub id: BaselineItemId,
    #[fact(name = "baseline", vi = "Danh sách gốc", en = "Frozen list")]
    pub baseline_id: BaselineId,
    /// A system stands in one list.
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(vi = "Được tính", en = "Counted")]
    pub is_counted: bool,
    #[fact(vi = "Đủ điều kiện", en = "Eligible")]
    pub is_eligible: bool,
    /// Why it is not counted, or what changed last.
    pub reason: Option<Words>,
    /// On what it is not eligible.
    #[fact(vi = "Căn cứ không đủ điều kiện", en = "Ground of not being eligible")]
    pub ground: Option<Words>,
    /// Who approved what is said of it: pseudonym.
    pub decided_by: Option<String>,
    pub rev: i64,
}

/// What was changed of a line, and why; none is ever taken away.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_baseline_change", taken = "baseline-item-there")]
pub struct BaselineChange {
    pub id: BaselineChangeId,
    pub baseline_id: BaselineId,
    pub system_id: SystemId,
    pub on_day: Date,
    pub by_whom: String,
    pub reason: Words,
    /// What it is from then on.
    pub is_counted: bool,
    pub is_eligible: bool,
    pub ground: Option<Words>,
    /// The list was approved already.
    pub is_after: bool,
}

impl BaselineChange {
    /// The line as it is from then on: once the list is approved, who changes it decides it.
    #[must_use]
    pub fn put(&self, item: BaselineItem) -> BaselineItem {
        BaselineItem {
            is_counted: self.is_counted,
            is_eligible: self.is_eligible,
            reason: Some(self.reason.clone()),
            ground: self.ground.clone(),
            decided_by: self.is_after.then(|| self.by_whom.clone()),
            ..item
        }
    }
}

/// Until when a national platform is to be in use here, as the ministry says.
#[derive(Debug, Clone, Row, Fact)]
#[row(table = "registry_milestone", taken(due_on = "milestone-there"))]
#[fact(key = "milestone")]
pub struct Milestone {
    #[fact(name = "milestone", vi = "Mốc triển khai", en = "Milestone")]
    pub id: MilestoneId,
    #[fact(name = "system", vi = "Nền tảng", en = "Platform")]
    pub system_id: SystemId,
    #[fact(vi = "Ngày phải triển khai", en = "Due on")]
    pub due_on: Date,
    /// The document that sets it.
    #[fact(vi = "Văn bản", en = "Document")]
    pub source: Words,
    pub rev: i64,
}
