//! Pages.

pub(crate) mod plans;
pub(crate) mod review;
