//! One verb per file: authorise, load, decide, store, ledger.

pub mod value_row;
pub mod value_set;
