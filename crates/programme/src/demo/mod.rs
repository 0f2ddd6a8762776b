//! The demo province and its played year.

pub mod demo;
pub mod demo_year;
