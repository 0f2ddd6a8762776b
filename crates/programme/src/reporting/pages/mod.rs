//! Pages.

pub(crate) mod asked;
pub(crate) mod chase;
pub(crate) mod duties;
pub(crate) mod reports;
