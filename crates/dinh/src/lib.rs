//! The one program: configuration, wiring and the command line. No rules of any domain live here.
//!
//! Start with [`wiring::modules`] (the list of domains) and [`run::run`].

pub mod administration;
pub mod child_process;
pub mod cli;
mod commands;
pub mod config;
pub mod confine;
mod console;
pub mod convert;
mod doctor;
pub mod edge;
pub mod failed;
mod file_commands;
pub mod gate;
pub mod help;
mod ledger_commands;
mod made_house;
mod ops;
mod page;
mod papers;
mod people_commands;
pub mod plan_child;
mod plan_commands;
mod presence;
pub mod probe;
mod report_commands;
pub mod run;
pub mod sandbox;
pub mod scratch;
pub mod server;
mod setup;
pub mod sheet_child;
pub mod training;
pub mod wiring;
