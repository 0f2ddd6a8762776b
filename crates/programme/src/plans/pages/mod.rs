//! Pages.

pub(crate) mod cascade;
pub(crate) mod search;
