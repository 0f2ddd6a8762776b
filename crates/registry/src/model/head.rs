//! How a body's own sheets call a field.

use derive::{Row, Schema};
use kernel::UnitId;
use serde::{Deserialize, Serialize};

use super::ids::HeadId;

/// Asked once, remembered for that body.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "registry_head", taken(head = "head-there"))]
pub struct Head {
    pub id: HeadId,
    pub unit_id: UnitId,
    pub head: String,
    /// The name of a field of a system.
    pub field: String,
}

/// A head as the form says it; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct HeadInput {
    /// The body whose sheets have it: its id or name.
    pub unit: String,
    pub head: String,
    pub field: String,
    /// A head that is to go.
    pub remove: String,
}
