//! What is counted of a system for its cost.

use derive::{Fact, Row};
use portfolio::cost::Amounts;

use super::{Amount, SystemId};

kernel::id!(OfCost CostId "cost");

/// The drivers of the price list that an owner says, in the order of the form.
pub const SAID: [&str; 6] = ["cpu", "memory_gb", "storage_gb", "servers", "admin_days", "cloud_admin_days"];
/// The one that the assessment says: its effort.
pub const MOVE: &str = "move_days";

/// What an owner says of a system, one of each.
#[derive(Debug, Clone, PartialEq, Row, Fact)]
#[row(table = "registry_cost", taken = "cost-there")]
#[fact(key = "cost")]
pub struct Cost {
    #[fact(name = "cost", vi = "Số liệu chi phí", en = "Inputs of cost")]
    pub id: CostId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(vi = "Bộ xử lý ảo", en = "Virtual processors")]
    pub cpu: Option<i64>,
    #[fact(vi = "Bộ nhớ (GB)", en = "Memory (GB)")]
    pub memory_gb: Option<i64>,
    #[fact(vi = "Lưu trữ (GB)", en = "Storage (GB)")]
    pub storage_gb: Option<i64>,
    #[fact(vi = "Máy chủ phải mua lại", en = "Servers to be bought again")]
    pub servers: Option<i64>,
    #[fact(vi = "Ngày công quản trị mỗi năm", en = "Days of administration a year")]
    pub admin_days: Option<i64>,
    #[fact(vi = "Ngày công quản trị mỗi năm trên đám mây", en = "Days of administration a year on the cloud")]
    pub cloud_admin_days: Option<i64>,
    pub rev: i64,
}

impl Cost {
    /// In the order of [`SAID`].
    pub fn numbers(&self) -> [Option<i64>; 6] {
        [self.cpu, self.memory_gb, self.storage_gb, self.servers, self.admin_days, self.cloud_admin_days]
    }

    /// Whether anything is said: a form that was emptied says nothing.
    pub fn is_said(&self) -> bool {
        self.numbers().iter().any(Option::is_some)
    }
}

/// What an owner said, the effort of the assessment, and the yearly cost of the inventory, as prices count them.
pub fn amounts(said: Option<&Cost>, effort: Option<i64>, recorded: Option<Amount>) -> Amounts {
    let said = said.into_iter().flat_map(|cost| SAID.into_iter().zip(cost.numbers())).chain([(MOVE, effort)]);
    let of = said.filter_map(|(key, number)| Some((key.to_owned(), number?))).collect();
    Amounts { of, recorded_yearly: recorded.map(Amount::get) }
}

#[cfg(test)]
mod tests {
    use portfolio::cost::Prices;

    use super::*;

    #[test]
    fn everything_that_the_prices_count_is_asked_for() {
        let prices = Prices::shipped();
        let counted: Vec<&str> = prices.text().drivers.iter().map(|driver| driver.key.as_str()).collect();
        assert_eq!(counted, [SAID.as_slice(), &[MOVE]].concat());
    }
}
