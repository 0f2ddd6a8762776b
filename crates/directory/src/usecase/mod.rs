//! One verb per file: authorise, load, decide, store, ledger.

pub mod account;
mod attempts;
pub mod calendar;
pub mod close;
pub mod demo;
pub mod first;
pub mod hashing;
pub mod init;
pub mod invitation;
pub mod learn_alias;
pub mod oidc;
pub mod password;
pub mod people;
pub mod person;
pub(crate) mod power;
pub mod prove;
pub(crate) mod sealed_flow;
pub mod second_factor;
pub mod sign_in;
pub mod staff_sheet;
pub mod tie;
pub mod token;
mod unit_bounds;
pub mod unit_edit;
pub mod unit_import;
pub mod unit_mend;
