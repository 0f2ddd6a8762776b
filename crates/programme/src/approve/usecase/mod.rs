//! One verb per file: authorise, load, decide, store, ledger.

pub(crate) mod moved;
pub mod plan_approve;
pub mod plan_confirm;
