//! A leader's word that a system operates without an approved dossier: kept, and counted.

use db::Words;
use derive::{Fact, Row, Schema};
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;

use crate::model::SystemId;

kernel::id!(OfOverrule OverruleId "overrule");

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_overrule")]
#[fact(key = "overrule")]
pub struct Overrule {
    #[fact(name = "overrule", vi = "Cho phép ngoại lệ", en = "Overrule")]
    pub id: OverruleId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(name = "owner", vi = "Cơ quan chủ quản", en = "Owner")]
    pub owner_id: UnitId,
    #[fact(vi = "Ngày", en = "Day")]
    pub on_day: Date,
    pub reason: Words,
}
