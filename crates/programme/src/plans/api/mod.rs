//! JSON.

pub(crate) mod naming;
pub(crate) mod pairs;
pub(crate) mod places;
pub(crate) mod review;
pub(crate) mod rows;
