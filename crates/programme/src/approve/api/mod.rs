//! JSON.

pub(crate) mod after;
pub(crate) mod plans;
