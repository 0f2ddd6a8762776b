//! The whole house, in process and as the real program, on SQLite or PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod access;
mod bad_input;
mod bad_work;
mod browser;
mod command_line;
mod driver;
mod foreign;
mod house;
mod journeys;
mod language;
mod ledger;
mod looks;
mod main_job;
mod oidc;
mod people;
mod reminders;
mod reporting;
mod routes;
mod safety;
mod samples;
mod samples_people;
mod samples_report;
mod samples_work;
mod scope;
mod seeds;
mod states;
mod training;
mod whole_plans;
mod whole_tree;
mod work;
