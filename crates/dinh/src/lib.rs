//! The one program: configuration, wiring and the command line. No rules of any domain live here.
//!
//! Start with [`wiring::modules`] (the list of domains) and [`cli::run`].

pub mod cli;
mod commands;
pub mod config;
pub mod reader_process;
pub mod server;
pub mod wiring;
