//! Pure types and rules.

pub mod content;
pub mod states;
pub mod step;
