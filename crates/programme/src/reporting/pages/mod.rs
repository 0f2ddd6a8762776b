//! Pages.

pub(crate) mod asked;
pub(crate) mod chase;
pub(crate) mod duties;
mod filled;
pub(crate) mod outside;
pub(crate) mod outside_links;
pub(crate) mod received;
pub(crate) mod reports;
