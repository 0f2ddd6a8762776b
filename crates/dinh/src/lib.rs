//! The one program: configuration, wiring and the command line. No rules of any domain live here.
//!
//! Start with [`wiring::modules`] (the list of domains) and [`cli::run`].

pub mod administration;
pub mod child_process;
pub mod cli;
mod commands;
pub mod config;
pub mod convert;
mod doctor;
pub mod edge;
pub mod plan_child;
mod report_commands;
pub mod server;
pub mod sheet_child;
pub mod training;
pub mod wiring;
