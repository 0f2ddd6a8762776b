//! The only SQL of it.

pub mod look;
