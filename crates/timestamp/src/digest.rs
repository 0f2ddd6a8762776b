//! What is stamped, and how long what comes in may be.

use crate::refusal::Refusal;

/// Longer than any answer of an authority.
pub const MOST: usize = 64 * 1024;

/// SHA-256 of what is to be stamped.
pub type Digest = [u8; 32];

pub(crate) fn short(bytes: &[u8]) -> Result<&[u8], Refusal> {
    if bytes.len() > MOST { Err(Refusal::TooLong) } else { Ok(bytes) }
}
