//! The sum for one system, and for many.

use std::collections::BTreeMap;

use serde::Serialize;

use super::prices::{ItemText, Prices, Range, Rhythm, Side};

/// A thousand million of anything: no system has more.
pub const MOST: i64 = 1_000_000_000;

/// What is counted of one system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amounts {
    /// By the driver's key.
    pub of: BTreeMap<String, i64>,
    /// What the inventory says that it costs a year where it is, in đồng: taken instead of the prices.
    pub recorded_yearly: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CostFault {
    NoSuchDriver {
        driver: String,
    },
    /// Below zero, or more than there can be.
    BadAmount {
        driver: String,
        amount: i64,
    },
    BadRecord {
        yearly: i64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub side: Side,
    /// The item's key; none of what the inventory has recorded.
    pub item: Option<String>,
    pub amount: i64,
    /// Over all years.
    pub costs: Range,
}

/// Where the likely figures and the whole ranges point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cheaper {
    Cloud,
    OnPremises,
    /// The ranges meet: the figures do not decide it.
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sum {
    pub on_premises: Range,
    pub cloud: Range,
    /// Systems whose sums lack something.
    pub incomplete: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    pub lines: Vec<Line>,
    pub sum: Sum,
    /// Drivers that were not given: their items are in no sum.
    pub missing: Vec<String>,
}

impl Sum {
    /// What the cloud costs more.
    pub fn more_on_cloud(self) -> Range {
        self.cloud.less(self.on_premises)
    }

    /// Nothing is said while a sum lacks something.
    pub fn cheaper(self) -> Cheaper {
        let more = self.more_on_cloud();
        match self.incomplete {
            0 if more.high < 0 => Cheaper::Cloud,
            0 if more.low > 0 => Cheaper::OnPremises,
            _ => Cheaper::Open,
        }
    }
}

impl std::iter::Sum for Sum {
    fn sum<I: Iterator<Item = Self>>(many: I) -> Self {
        many.fold(Self::default(), |one, other| Self {
            on_premises: one.on_premises + other.on_premises,
            cloud: one.cloud + other.cloud,
            incomplete: one.incomplete + other.incomplete,
        })
    }
}

impl Prices {
    pub fn cost(&self, amounts: &Amounts) -> Result<Cost, Vec<CostFault>> {
        let faults = self.faults(amounts);
        if !faults.is_empty() {
            return Err(faults);
        }
        let (mut lines, mut missing) = (Vec::new(), Vec::new());
        if let Some(yearly) = amounts.recorded_yearly {
            let costs = Range::one(i128::from(yearly) * i128::from(self.text().years));
            lines.push(Line { side: Side::OnPremises, item: None, amount: yearly, costs });
        }
        let is_recorded = amounts.recorded_yearly.is_some();
        for item in self.text().items.iter().filter(|item| !(is_recorded && item.side == Side::OnPremises)) {
            match amounts.of.get(&item.driver) {
                Some(amount) => lines.push(Line {
                    side: item.side,
                    item: Some(item.key.clone()),
                    amount: *amount,
                    costs: self.over_years(item, *amount),
                }),
                None if missing.contains(&item.driver) => {}
                None => missing.push(item.driver.clone()),
            }
        }
        let of = |side: Side| lines.iter().filter(|line| line.side == side).map(|line| line.costs).sum();
        let incomplete = usize::from(!missing.is_empty());
        let sum = Sum { on_premises: of(Side::OnPremises), cloud: of(Side::Cloud), incomplete };
        Ok(Cost { lines, sum, missing })
    }

    fn faults(&self, amounts: &Amounts) -> Vec<CostFault> {
        let mut out = Vec::new();
        for (driver, amount) in &amounts.of {
            if !self.text().drivers.iter().any(|known| known.key == *driver) {
                out.push(CostFault::NoSuchDriver { driver: driver.clone() });
            } else if !(0..=MOST).contains(amount) {
                out.push(CostFault::BadAmount { driver: driver.clone(), amount: *amount });
            }
        }
        let bad = amounts.recorded_yearly.filter(|yearly| *yearly < 0);
        out.extend(bad.map(|yearly| CostFault::BadRecord { yearly }));
        out
    }

    fn over_years(&self, item: &ItemText, amount: i64) -> Range {
        let (growth, years) = (self.text().growth_percent, self.text().years);
        let sum = |price: i128, growth: i128| -> i128 {
            let first = price * i128::from(amount);
            match item.rhythm {
                Rhythm::Once => first,
                Rhythm::Yearly => yearly(first, if item.grows { growth } else { 0 }, years),
            }
        };
        Range {
            low: sum(item.price.low, growth.low),
            likely: sum(item.price.likely, growth.likely),
            high: sum(item.price.high, growth.high),
        }
    }
}

/// Each year so many percent more than the one before, rounded to the đồng.
fn yearly(first: i128, growth: i128, years: u32) -> i128 {
    let mut year = first;
    let mut sum = 0;
    for _ in 0..years {
        sum += year;
        year = (year * (100 + growth) + 50) / 100;
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::prices::PriceFault, *};

    fn amounts(of: &[(&str, i64)]) -> Amounts {
        let of = of.iter().map(|(key, amount)| ((*key).to_owned(), *amount)).collect();
        Amounts { of, recorded_yearly: None }
    }

    const ALL: [(&str, i64); 7] = [
        ("cpu", 4),
        ("memory_gb", 16),
        ("storage_gb", 500),
        ("servers", 2),
        ("admin_days", 60),
        ("cloud_admin_days", 20),
        ("move_days", 30),
    ];

    #[test]
    fn a_sum_is_its_lines_and_grows_by_the_year() {
        assert_eq!(yearly(1_000, 10, 3), 1_000 + 1_100 + 1_210);
        let cost = Prices::shipped().cost(&amounts(&ALL)).unwrap();
        let line = |key: &str| cost.lines.iter().find(|line| line.item.as_deref() == Some(key)).unwrap().costs;
        assert_eq!(line("new-server"), Range { low: 240_000_000, likely: 360_000_000, high: 600_000_000 });
        assert_eq!(line("own-admin"), Range { low: 210_000_000, likely: 300_000_000, high: 450_000_000 });
        // 500 GB at 20,000 đồng, a tenth more each year for five years: 6.1051 times the first.
        assert_eq!(line("cloud-storage").likely, 61_051_000);
        assert_eq!(
            cost.lines.iter().map(|line| line.costs.likely).sum::<i128>(),
            cost.sum.on_premises.likely + cost.sum.cloud.likely
        );
        assert_eq!((cost.missing.len(), cost.sum.incomplete), (0, 0));
        assert_eq!(cost.sum.cheaper(), Cheaper::Open);
    }

    #[test]
    fn what_is_recorded_counts_and_what_is_missing_is_said() {
        let prices = Prices::shipped();
        let dear = Amounts { recorded_yearly: Some(2_000_000_000), ..amounts(&ALL) };
        let cost = prices.cost(&dear).unwrap();
        assert_eq!((cost.sum.on_premises, cost.lines[0].item.clone()), (Range::one(10_000_000_000), None));
        assert_eq!(cost.sum.cheaper(), Cheaper::Cloud);
        let free = prices.cost(&Amounts { recorded_yearly: Some(0), ..amounts(&ALL) }).unwrap();
        assert_eq!(free.sum.cheaper(), Cheaper::OnPremises);
        let partly = prices.cost(&Amounts { recorded_yearly: Some(2_000_000_000), ..amounts(&ALL[..2]) }).unwrap();
        assert_eq!(partly.missing, ["storage_gb", "cloud_admin_days", "move_days"]);
        assert_eq!(partly.sum.cheaper(), Cheaper::Open);
        let whole: Sum = [cost.sum, partly.sum].into_iter().sum();
        assert_eq!((whole.incomplete, whole.on_premises.likely), (1, 20_000_000_000));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let given = Amounts { recorded_yearly: Some(-1), ..amounts(&[("cpu", -1), ("moons", 1)]) };
        let faults = Prices::shipped().cost(&given).unwrap_err();
        let cpu = CostFault::BadAmount { driver: "cpu".into(), amount: -1 };
        let moons = CostFault::NoSuchDriver { driver: "moons".into() };
        assert_eq!(faults, [cpu, moons, CostFault::BadRecord { yearly: -1 }]);
        let mut text = Prices::shipped().text().clone();
        text.years = 0;
        text.items[0].price.low = 200_000_000;
        text.items[1].driver = "moons".into();
        let range = PriceFault::BadRange { place: "new-server".into() };
        let driver = PriceFault::NoSuchDriver { item: "server-upkeep".into(), driver: "moons".into() };
        assert_eq!(Prices::of(text).unwrap_err(), [PriceFault::BadYears { years: 0 }, range, driver]);
    }

    proptest! {
        #[test]
        fn ranges_keep_their_order_and_nothing_overflows(many in prop::collection::vec(0i64..=MOST, 7)) {
            let given: Vec<(&str, i64)> = ALL.iter().zip(many).map(|((key, _), amount)| (*key, amount)).collect();
            let sum = Prices::shipped().cost(&amounts(&given)).unwrap().sum;
            for range in [sum.on_premises, sum.cloud, sum.more_on_cloud()] {
                prop_assert!(range.low <= range.likely && range.likely <= range.high);
            }
        }
    }

    #[test]
    fn the_dearest_of_the_most_for_the_longest_still_fits() {
        assert!(yearly(100_000_000_000_000 * i128::from(MOST), 200, 20) > 0);
    }
}
