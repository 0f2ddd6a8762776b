//! With what the head is signed, and what was signed last.

use std::{io::Write as _, path::Path};

use ed25519_dalek::SigningKey;

use super::points::Checkpoint;
use crate::DbError;

/// What this process knows of the signed heads.
#[derive(Debug, Default)]
pub(crate) struct Signing {
    pub(super) last: Option<Checkpoint>,
    /// How long the file was then.
    pub(super) size: u64,
    pub(super) is_known: bool,
}

pub(crate) fn signing_key(data_dir: &Path) -> Result<SigningKey, DbError> {
    let path = data_dir.join("ledger.key");
    let say = |error: std::io::Error| DbError::Other(format!("{}: {error}", path.display()));
    if let Ok(text) = std::fs::read_to_string(&path) {
        let bytes: Option<[u8; 32]> = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        return bytes
            .map(|bytes| SigningKey::from_bytes(&bytes))
            .ok_or_else(|| DbError::Other(format!("{} is damaged", path.display())));
    }
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(|error| DbError::Other(error.to_string()))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).and_then(|mut file| file.write_all(hex::encode(secret).as_bytes())).map_err(say)?;
    Ok(SigningKey::from_bytes(&secret))
}
