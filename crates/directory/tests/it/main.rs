//! The directory in a house of its own: its people and units are real, and there is no other domain.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod account_pages;
mod house;
mod known;
mod lists;
mod part_admin;
mod people_acts;
mod pickers;
mod posts;
#[expect(dead_code, reason = "a file in common with the tests of the whole house")]
mod second_step;
mod slips;
mod twins;
