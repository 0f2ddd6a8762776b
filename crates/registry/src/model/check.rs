//! Dated checks of security of a system, a cloud service or a supplier, and what risk was found.

use db::Words;
use derive::{Code, Row, Schema};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{CheckId, SystemId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum CheckKind {
    /// Of a cloud service or a system as it runs.
    Security,
    SourceAudit,
    /// What suppliers and other outsiders can reach.
    ThirdParty,
    /// Of what could happen, by likelihood and harm.
    Risk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum CheckOutcome {
    #[code(look = "done")]
    Passed,
    #[code(look = "soon")]
    WithFindings,
    Failed,
    RiskLow,
    RiskMedium,
    RiskHigh,
}

/// Need to know: told to no lake.
#[derive(Debug, Clone, PartialEq, Row, Serialize, Schema)]
#[row(table = "registry_check")]
pub struct SecurityCheck {
    pub id: CheckId,
    pub system_id: SystemId,
    pub kind: CheckKind,
    pub on_day: Date,
    pub outcome: CheckOutcome,
    /// The number of the document that says so.
    pub proof: Option<Words>,
    pub note: Option<Words>,
    /// The day by which it is to be checked again.
    pub next_on: Option<Date>,
    pub rev: i64,
}

/// A check as the form and the API say it; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CheckInput {
    pub kind: String,
    pub on_day: String,
    pub outcome: String,
    pub proof: String,
    pub note: String,
    pub next_on: String,
    /// A check that is to go.
    pub remove: String,
}
