//! The only SQL of the directory.

pub mod account;
pub mod alias;
pub mod calendar;
pub mod person;
pub mod unit;
