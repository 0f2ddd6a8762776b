//! Plans from a document to the moment of approval: what was read, what is doubted, whose they are.

pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod store;
pub mod usecase;
