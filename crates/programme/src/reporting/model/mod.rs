//! Pure types and rules.

pub mod content;
