//! Pages.

pub(crate) mod target;
pub(crate) mod targets;
