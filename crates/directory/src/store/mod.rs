//! The only SQL of the directory.

pub mod account;
pub mod alias;
pub mod calendar;
pub mod feed;
pub mod invitation;
pub mod known;
pub mod person;
pub mod sign_in;
pub mod things;
pub mod tie;
pub mod token;
pub mod unit;
