//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod account;
pub mod calendar;
pub mod demo;
pub mod init;
pub mod learn_alias;
pub mod oidc;
pub mod people;
pub mod staff_sheet;
pub mod token;
pub mod unit_edit;
pub mod unit_import;
