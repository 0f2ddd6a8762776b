//! Pages.

pub(crate) mod duties;
pub(crate) mod reports;
