//! The whole house, in process and as the real program, on SQLite or PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod access;
mod ask;
mod backups;
mod bad_input;
mod bad_work;
mod blobs;
mod browser;
mod calendar;
mod cleared;
mod command_line;
mod confine;
mod desk;
mod documented;
#[expect(dead_code, reason = "a file in common with the tests of the programme")]
#[path = "../../../programme/tests/it/documents.rs"]
mod documents;
mod driver;
mod edge;
mod every_template;
mod feed;
mod floods;
mod folder;
mod foreign;
mod forged_backups;
mod given_away;
mod hard_words;
mod hardening;
mod help;
mod hostile;
mod house;
mod jobs;
mod journey_first_week;
mod journey_words;
mod journeys;
mod journeys_office;
mod kept_formats;
#[path = "../../../directory/tests/it/known.rs"]
mod known;
mod lake;
mod language;
mod ledger;
mod lists;
mod looks;
mod looks_admin;
mod looks_systems;
mod main_job;
mod memory;
mod mistyped;
mod names;
mod names_of_bodies;
mod newcomer;
mod no_word_lost;
mod odd_requests;
mod oidc;
mod one_act;
mod ops;
mod optional_fields;
mod outside;
mod pages_again;
mod passwords;
mod people;
mod places;
mod places_admin;
mod places_systems;
mod places_year;
mod program;
mod provider;
mod proxy;
mod query_plans;
mod read_api;
mod refused_forms;
mod reminders;
mod role_matrix;
#[expect(dead_code, reason = "a file in common with the tests of the programme")]
#[path = "../../../programme/tests/it/round.rs"]
mod round;
mod routes;
mod safety;
mod samples;
mod samples_acts;
mod samples_after;
mod samples_inventory;
mod samples_outside;
mod samples_pages;
mod samples_people;
mod samples_plans;
mod samples_report;
mod samples_steps;
mod samples_systems;
mod samples_views;
mod samples_work;
mod saved_views;
mod second_factor;
#[path = "../../../directory/tests/it/second_step.rs"]
mod second_step;
mod seeds;
mod sessions;
mod shared_sheets;
mod siege;
mod signin;
mod stamp;
mod states;
mod stored_words;
mod taken_in;
#[path = "../../../programme/tests/it/talk.rs"]
mod talk;
mod tamper;
mod training;
mod two_processes;
mod whole_plans;
mod whole_tree;
mod wrong_clock;
mod wrong_words;
mod year;
