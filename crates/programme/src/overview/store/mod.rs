//! The only SQL of it.

pub mod charge;
pub mod followed;
pub mod things;
