//! What leaders see of all of it.

pub(crate) mod api;
pub(crate) mod pages;
pub mod store;
pub mod usecase;
