//! The yearly word of an owner that its list is right.

use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;

use super::ids::ConfirmationId;

/// An owner's word that its list of a year is right.
#[derive(Debug, Clone, Row, Fact, Serialize, Schema)]
#[row(table = "registry_confirmation")]
#[fact(key = "confirmation")]
pub struct Confirmation {
    #[fact(name = "confirmation", vi = "Xác nhận", en = "Confirmation")]
    pub id: ConfirmationId,
    #[fact(name = "unit", vi = "Cơ quan", en = "Body")]
    #[serde(rename = "unit")]
    #[schema(rename = "unit", value_type = String)]
    pub unit_id: UnitId,
    #[fact(vi = "Năm", en = "Year")]
    pub year: i64,
    #[fact(vi = "Ngày", en = "Day")]
    pub on_day: Date,
    /// Systems that the list had.
    #[fact(vi = "Số hệ thống", en = "Systems")]
    pub systems: i64,
    pub rev: i64,
}
