//! Pure types and rules.

pub mod content;
pub mod step;
