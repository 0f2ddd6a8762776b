//! Secrets of links, tokens and devices: from the operating system, shown once, kept as SHA-256.

use kernel::Problem;
use sha2::{Digest, Sha256};

/// 192 random bits in hex, with a prefix that tells what it is when it leaks.
pub fn fresh(prefix: &str) -> Result<String, Problem> {
    of_bytes::<24>(prefix)
}

/// The same with 256 bits.
pub fn fresh_long(prefix: &str) -> Result<String, Problem> {
    of_bytes::<32>(prefix)
}

fn of_bytes<const BYTES: usize>(prefix: &str) -> Result<String, Problem> {
    let mut bytes = [0u8; BYTES];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    Ok(format!("{prefix}{}", hex::encode(bytes)))
}

pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
