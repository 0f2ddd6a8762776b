//! Pages.

pub(crate) mod cascade;
pub(crate) mod compared;
pub(crate) mod pairs;
pub(crate) mod search;
