//! What each body has to do: parts, evidence, difficulties, questions, letters.

pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod store;
pub mod usecase;
