//! Files that are taken in: looked at for marks of secrecy before they are kept.

pub mod model;
pub mod store;
pub mod usecase;
