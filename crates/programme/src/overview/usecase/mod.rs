//! One verb per file: authorise, load, decide, store, ledger.

pub mod beginning;
pub mod board;
pub mod glance;
pub mod plan_publish;
pub mod waiting;
