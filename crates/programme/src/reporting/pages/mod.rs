//! Pages.

pub(crate) mod asked;
pub(crate) mod duties;
pub(crate) mod reports;
