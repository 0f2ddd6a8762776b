//! One verb per file: authorise, load, decide, store, ledger.

pub mod change_back;
pub(crate) mod moved;
pub mod plan_approve;
pub mod plan_confirm;
pub mod plan_preview;
pub mod plan_withdraw;
pub mod target_bodies;
