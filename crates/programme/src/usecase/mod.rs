//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod cascade;
pub mod demo;
pub mod difficulty;
pub mod evidence;
pub mod extension;
pub mod finding;
pub mod letter;
pub mod paper;
pub mod part_act;
pub mod plan_approve;
pub mod plan_import;
pub mod plan_link;
pub mod plan_publish;
pub mod plan_role;
pub mod question;
pub mod review;
pub mod review_row;
pub mod review_target;
pub mod route;
pub mod step;
pub mod task_assign;
