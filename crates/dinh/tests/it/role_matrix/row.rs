//! A row of the matrix.

/// A mutating route or an act by it, and who may although the sample is sent by somebody else.
pub type Row = (&'static str, &'static [&'static str]);

pub const NOBODY: &[&str] = &[];
