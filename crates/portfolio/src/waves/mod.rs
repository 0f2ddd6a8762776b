//! Which systems move together, and when: by what they need first, by priority, capacity and days that are closed.

mod days;
mod faults;
mod model;
mod moved;
mod order;
#[cfg(test)]
mod over_tests;
mod plan;
#[cfg(test)]
mod tests;

pub use faults::Fault;
pub use model::{
    Assignment, Candidate, Closed, Given, NotPlaced, Pins, Placed, Plan, Refused, Span, Terms, Unplaced, Wave, Why,
};
pub use moved::{Consequences, NoSuchMove};
pub use order::Order;
