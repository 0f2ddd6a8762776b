//! One verb per file: authorise, load, decide, store, ledger and facts.

pub mod value_row;
pub mod value_set;
