//! JSON.

pub(crate) mod board;
