//! Pure types and rules.

pub mod change;
pub mod clock;
pub mod counts;
pub mod outcome;
pub mod state;
pub mod task;
pub mod trail;
