//! JSON.

pub(crate) mod review;
pub(crate) mod rows;
