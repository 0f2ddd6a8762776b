//! The demo province and its played year.

pub mod demo_year;
pub mod examples;
