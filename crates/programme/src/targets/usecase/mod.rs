//! One verb per file: authorise, load, decide, store, ledger.

pub mod stated;
pub mod value_row;
pub mod value_set;
