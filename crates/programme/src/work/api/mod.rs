//! JSON.

pub(crate) mod tasks;
pub(crate) mod words;
pub(crate) mod work;
