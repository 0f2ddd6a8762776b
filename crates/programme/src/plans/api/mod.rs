//! JSON.

pub(crate) mod naming;
pub(crate) mod review;
pub(crate) mod rows;
