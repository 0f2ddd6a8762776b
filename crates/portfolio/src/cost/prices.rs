//! Prices as data: what is counted, what one of it costs, and how it grows.

use std::{collections::BTreeSet, ops::Add};

use serde::{Deserialize, Serialize};

use crate::{
    table::Fault,
    words::{Edition, Words},
};

/// The prices that the program brings.
pub const SHIPPED: &str = include_str!("../../data/prices.json");

/// A hundred thousand billion đồng: no price is more.
const DEAREST: i128 = 100_000_000_000_000;

/// Whole đồng; in percent where growth is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    pub low: i128,
    pub likely: i128,
    pub high: i128,
}

impl Range {
    pub fn one(value: i128) -> Self {
        Self { low: value, likely: value, high: value }
    }

    /// This less that: the least is the lowest of this less the highest of that.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self { low: self.low - other.high, likely: self.likely - other.likely, high: self.high - other.low }
    }

    fn is_sound(self, most: i128) -> bool {
        0 <= self.low && self.low <= self.likely && self.likely <= self.high && self.high <= most
    }
}

impl Add for Range {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, likely: self.likely + other.likely, high: self.high + other.high }
    }
}

impl std::iter::Sum for Range {
    fn sum<I: Iterator<Item = Self>>(many: I) -> Self {
        many.fold(Self::default(), Add::add)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricesText {
    pub edition: Edition,
    pub years: u32,
    /// A year, of what grows.
    pub growth_percent: Range,
    pub drivers: Vec<DriverText>,
    pub items: Vec<ItemText>,
}

/// What is counted of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriverText {
    pub key: String,
    pub say: Words,
    pub unit: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    OnPremises,
    Cloud,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    Once,
    Yearly,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemText {
    pub key: String,
    pub side: Side,
    pub rhythm: Rhythm,
    pub driver: String,
    /// Of one.
    pub price: Range,
    /// The amount grows each year.
    pub grows: bool,
    pub say: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PriceFault {
    Shape {
        fault: Fault,
    },
    NoSuchDriver {
        item: String,
        driver: String,
    },
    /// Below zero, out of order, or beyond any price.
    BadRange {
        place: String,
    },
    /// From 1 to 20.
    BadYears {
        years: u32,
    },
}

#[derive(Debug, Clone)]
pub struct Prices(PricesText);

impl Prices {
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the prices that ship are sound")
    }

    pub fn read(json: &str) -> Result<Self, Vec<PriceFault>> {
        let shape = |error| vec![PriceFault::Shape { fault: Fault::unreadable(&error) }];
        Self::of(serde_json::from_str(json).map_err(shape)?)
    }

    pub fn of(text: PricesText) -> Result<Self, Vec<PriceFault>> {
        let mut faults = Vec::new();
        if !(1..=20).contains(&text.years) {
            faults.push(PriceFault::BadYears { years: text.years });
        }
        let prices = text.items.iter().map(|item| (item.key.as_str(), item.price, DEAREST));
        let ranges = prices.chain([("growth_percent", text.growth_percent, 200)]);
        for (place, ..) in ranges.filter(|(_, range, most)| !range.is_sound(*most)) {
            faults.push(PriceFault::BadRange { place: place.to_owned() });
        }
        for item in text.items.iter().filter(|item| !text.drivers.iter().any(|driver| driver.key == item.driver)) {
            faults.push(PriceFault::NoSuchDriver { item: item.key.clone(), driver: item.driver.clone() });
        }
        let drivers = text.drivers.iter().map(|driver| ("drivers", &driver.key, &driver.say));
        let items = text.items.iter().map(|item| ("items", &item.key, &item.say));
        let mut seen = BTreeSet::new();
        for (place, key, say) in drivers.chain(items) {
            if !say.is_complete() {
                faults.push(PriceFault::Shape { fault: Fault::NoWords { place: key.clone() } });
            }
            if !seen.insert((place, key)) {
                let fault = Fault::TwiceNamed { place: place.to_owned(), key: key.clone() };
                faults.push(PriceFault::Shape { fault });
            }
        }
        if faults.is_empty() { Ok(Self(text)) } else { Err(faults) }
    }

    pub fn text(&self) -> &PricesText {
        &self.0
    }
}
