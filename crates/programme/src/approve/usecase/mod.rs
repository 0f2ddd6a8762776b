//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod plan_approve;
pub mod plan_confirm;
