//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod cascade;
pub mod demo;
pub mod finding;
pub mod part_finish;
pub mod plan_approve;
pub mod plan_import;
pub mod plan_link;
pub mod plan_publish;
pub mod plan_role;
pub mod review;
pub mod review_row;
pub mod review_target;
