//! One verb per file: authorise, load, decide, store, ledger.

pub(crate) mod behalf;
pub mod cascade;
pub mod cascade_book;
pub(crate) mod confirmation;
pub mod duty_review;
pub mod finding;
pub mod head;
pub(crate) mod meanwhile;
pub(crate) mod names;
pub mod naming;
pub mod pair;
pub(crate) mod places;
pub mod plan_file;
pub mod plan_import;
pub mod plan_link;
pub mod plan_read;
pub mod plan_remove;
pub mod plan_role;
pub mod review;
pub mod review_row;
pub mod review_target;
pub(crate) mod typed;
