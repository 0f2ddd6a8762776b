//! JSON.

pub(crate) mod compare;
