//! How systems stand to each other, and which units use them.

use derive::{Fact, Row};
use kernel::UnitId;
use serde::Deserialize;

use super::{
    ids::{LinkId, SystemId},
    kinds::LinkKind,
};

/// What depends on what is told to no lake.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_relation", taken(other = "link-there"))]
pub struct Relation {
    pub id: LinkId,
    pub from_id: SystemId,
    pub to_id: SystemId,
    pub kind: LinkKind,
}

/// A unit that uses a system of another.
#[derive(Debug, Clone, Row, Fact)]
#[row(table = "registry_use", taken(other = "link-there"))]
#[fact(key = "link")]
pub struct Use {
    #[fact(name = "link", vi = "Việc sử dụng", en = "Use")]
    pub id: LinkId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(name = "unit", vi = "Cơ quan sử dụng", en = "Used by")]
    pub unit_id: UnitId,
}

/// A link as the form and the API ask for it: to another system, or of a unit that uses this one; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct LinkInput {
    /// How this system stands to the other; `used_by` for a unit.
    pub kind: String,
    /// The other system by its id, code or name; the unit by its id or name.
    pub other: String,
    /// A link that is to go.
    pub remove: String,
}

/// Two records of which somebody said that they are two systems, the smaller id first.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_apart", taken(other = "apart-there"))]
pub struct Apart {
    pub id: LinkId,
    pub one_id: SystemId,
    pub other_id: SystemId,
}
