//! JSON.

pub(crate) mod chase;
pub(crate) mod duties;
pub(crate) mod outside;
pub(crate) mod reports;
