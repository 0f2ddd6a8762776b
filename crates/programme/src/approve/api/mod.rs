//! JSON.

pub(crate) mod plans;
