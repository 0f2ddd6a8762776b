//! Pure types and rules.

pub mod seen;
