//! The only SQL of it.

pub mod target;
pub mod value;
pub mod value_write;
