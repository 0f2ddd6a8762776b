//! The whole house, in process and as the real program, on SQLite or PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod access;
mod backups;
mod bad_input;
mod bad_work;
mod blobs;
mod browser;
mod cleared;
mod command_line;
mod confine;
mod driver;
mod edge;
mod folder;
mod foreign;
mod hostile;
mod house;
mod jobs;
mod journeys;
mod language;
mod ledger;
mod looks;
mod main_job;
mod oidc;
mod people;
mod reminders;
mod reporting;
mod rights;
mod role_matrix;
mod routes;
mod safety;
mod samples;
mod samples_people;
mod samples_report;
mod samples_work;
mod scope;
mod second_step;
mod seeds;
mod siege;
mod signin;
mod states;
mod tamper;
mod training;
mod whole_plans;
mod whole_tree;
mod work;
