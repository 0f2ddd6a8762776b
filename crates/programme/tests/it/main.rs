//! The programme in a house of its own: made-up people and units, documents that are read in this process, and no other domain.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod after_approval;
mod afterwards;
mod amend;
mod amending;
mod bad_input;
mod behalf;
mod chase;
mod desks;
mod documents;
mod drafts;
mod grouped;
mod head_questions;
mod house;
mod identities;
mod inbox;
mod large;
mod more_time;
mod names;
mod numbers;
mod one_act;
mod pages_again;
mod papers;
mod plans_found;
mod published;
mod reach;
mod reading;
mod refused_forms;
mod registers;
mod reporting;
mod reshaped;
mod rights;
mod round;
mod route;
mod second_hand;
mod status;
mod talk;
mod target_bodies;
mod two_people;
mod undo;
mod versions;
mod whole_plans;
mod words_of_periods;
mod work;
mod work_lists;
