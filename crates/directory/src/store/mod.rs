//! The only SQL of the directory.

pub mod account;
pub mod person;
pub mod unit;
