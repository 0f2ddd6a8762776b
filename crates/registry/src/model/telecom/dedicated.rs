//! Which body stands on the dedicated network of the State's bodies (TSLCD). Need to know: told to no lake.

use derive::{Record, Row, Schema};
use jiff::civil::Date;
use kernel::{
    Problem, UnitId,
    text::{fold, sort_key},
};
use serde::Serialize;
use webkit::Reading;

use super::place::placed;
use crate::model::{Known, NETWORK};

kernel::id!(OfDedicated DedicatedId "dedicated");

#[derive(Debug, Clone, PartialEq, Row, Record, Serialize, Schema)]
#[row(table = "registry_dedicated", follows(fold = fold, name_sort = name_sort, compartment = compartment))]
#[row(taken(unit = "telecom-there"))]
#[record(settle = settled)]
pub struct Dedicated {
    pub id: DedicatedId,
    #[field(name = "unit", required, label = "telecom-body", heads = ["ten co quan", "ten don vi", "co quan don vi", "co quan", "don vi", "body"])]
    pub unit_id: UnitId,
    #[field(usual = Known::Unknown, label = "telecom-connected", heads = ["ket noi tslcd", "da ket noi", "da dau noi", "tslcd", "truyen so lieu chuyen dung", "connected"])]
    pub is_connected: Known,
    #[field(label = "telecom-connected-on", heads = ["ngay ket noi tslcd", "ngay ket noi", "ngay dau noi", "connected on"])]
    pub connected_on: Option<Date>,
    /// Mbit/s
    #[field(within = 1..1_000_000, label = "telecom-bandwidth", heads = ["bang thong tslcd", "bang thong", "toc do", "mbps", "bandwidth"])]
    pub bandwidth: Option<i64>,
    /// The department whose matter it is.
    pub owner_id: Option<UnitId>,
    /// As the body was called when this was kept.
    pub name: String,
    pub rev: i64,
}

impl Dedicated {
    fn settled(mut self, reading: &mut Reading<'_>, _: Option<&Self>) -> Self {
        if self.connected_on.is_some_and(|day| day > reading.today()) {
            reading.refuse("connected_on", Problem::bad_input("telecom-future"));
        }
        if self.is_connected != Known::Yes && (self.connected_on.is_some() || self.bandwidth.is_some()) {
            reading.refuse("is_connected", Problem::bad_input("telecom-not-connected"));
        }
        (self.owner_id, self.name) = placed(reading, self.unit_id);
        self
    }

    fn fold(&self) -> String {
        fold(&self.name)
    }

    fn name_sort(&self) -> String {
        sort_key(&self.name)
    }

    pub fn compartment(&self) -> String {
        NETWORK.to_owned()
    }
}
