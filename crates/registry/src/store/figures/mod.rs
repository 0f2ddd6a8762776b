//! What is counted, kept and frozen.

pub mod baseline;
pub mod catalogue;
pub mod line;
pub mod value;
