//! Pages.

pub(crate) mod after;
pub(crate) mod approval;
pub(crate) mod plan_now;
pub(crate) mod plan_order;
pub(crate) mod plans;
pub(crate) mod review;
mod review_doc;
mod review_items;
mod review_read;
pub(crate) mod target_now;
