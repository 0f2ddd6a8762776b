//! Targets and the values of units by period.

pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod store;
pub mod usecase;
