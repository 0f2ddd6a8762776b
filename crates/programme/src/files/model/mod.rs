//! Pure types and rules.

pub mod seen;
pub mod signature;
