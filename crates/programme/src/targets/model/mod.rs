//! Pure types and rules.

pub mod period;
pub mod rollup;
