//! Pages.

pub(crate) mod counted;
pub(crate) mod target;
pub(crate) mod targets;
