//! The only SQL of it.

pub mod compared;
pub mod duty;
pub mod report;
