//! What is hashed: canonical JSON text (RFC 8785).

use kernel::Problem;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::DbError;

pub(super) fn canonical(value: &Json) -> Result<String, Problem> {
    serde_json_canonicalizer::to_string(value).map_err(Problem::internal)
}

/// SHA-256 of a row as it was read.
pub(super) fn image_hash(image: &Json) -> Result<String, DbError> {
    let text = canonical(image).map_err(|problem| DbError::Other(problem.to_string()))?;
    Ok(hex::encode(Sha256::digest(text.as_bytes())))
}
