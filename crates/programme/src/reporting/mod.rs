//! Duties to report, periods, and reports from draft to sealed.

pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod store;
pub mod usecase;
