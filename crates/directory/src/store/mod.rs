//! The only SQL of the directory.

pub mod account;
pub mod calendar;
pub mod person;
pub mod sign_in;
pub mod unit;
