//! One verb per file: authorise, load, decide, store, ledger.

pub(crate) mod look;
