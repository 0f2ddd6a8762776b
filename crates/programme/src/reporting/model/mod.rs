//! Pure types and rules.

pub mod content;
pub mod desk;
pub mod rights;
pub mod states;
pub mod step;
