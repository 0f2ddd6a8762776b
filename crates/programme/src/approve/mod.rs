//! Approval and confirmation: the only place that makes work, targets and duties of a plan.

pub(crate) mod api;
pub(crate) mod pages;
pub mod usecase;
