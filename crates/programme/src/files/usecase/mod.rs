//! One verb per file: authorise, load, decide, store, ledger and facts.

pub(crate) mod look;
