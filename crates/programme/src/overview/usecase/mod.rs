//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod board;
pub mod plan_publish;
