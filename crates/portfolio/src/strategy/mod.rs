//! How a system moves to the cloud, by the open rule table.

mod classify;
#[cfg(test)]
mod tests;

pub use classify::{Classified, NotAStrategyTable, SHIPPED, Strategies, Strategy};
