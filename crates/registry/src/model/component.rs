//! What a system is built of: its bill of materials and the components in it.

use derive::{Row, Schema};
use jiff::civil::Date;
use kernel::text::fold;
use serde::Serialize;

use super::ids::{BillId, ComponentId, SystemId};

/// The last list of materials of a system, as it was brought.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "registry_bill")]
pub struct Bill {
    pub id: BillId,
    pub system_id: SystemId,
    /// `CycloneDX 1.6`, `SPDX 2.3`.
    pub format: String,
    pub file_name: String,
    pub on_day: Date,
    pub components: i64,
    pub rev: i64,
}

/// Need to know: told to no lake.
#[derive(Debug, Clone, PartialEq, Eq, Row, Serialize, Schema)]
#[row(table = "registry_component", follows(fold = fold))]
pub struct Component {
    pub id: ComponentId,
    // For which its list was brought; whose the list is now, the list says.
    pub system_id: SystemId,
    #[serde(skip)]
    pub bill_id: BillId,
    pub name: String,
    pub version: String,
    /// `pkg:maven/org.example/thing@1.2`; empty where the list says none.
    pub purl: String,
}

impl Component {
    fn fold(&self) -> String {
        fold(&self.name)
    }
}
