//! A key from a passphrase by argon2id, for ChaCha20-Poly1305 (RFC 8439); and the sealed secrets of older backups.
//!
//! What is sealed says its own parameters, so that later ones can be stronger.

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

/// 64 MiB, three passes: about a tenth of a second, once per backup.
pub(crate) const MEMORY_KIB: u32 = 64 * 1024;
pub(crate) const PASSES: u32 = 3;
const KIND: &str = "argon2id chacha20-poly1305";

#[derive(Serialize, Deserialize)]
struct Sealed {
    kind: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

pub(crate) fn key(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Option<LessSafeKey> {
    // A forged file must not make us fill the memory.
    let params = Params::new(memory_kib.min(1024 * 1024), passes.min(32), 1, Some(32)).ok()?;
    let mut bytes = [0u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut bytes)
        .ok()?;
    Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?))
}

/// The secret; none when the passphrase or the file is wrong.
pub(crate) fn unseal(file: &[u8], passphrase: &str) -> Option<Vec<u8>> {
    let sealed: Sealed = serde_json::from_slice(file).ok().filter(|sealed: &Sealed| sealed.kind == KIND)?;
    let salt = hex::decode(&sealed.salt).ok()?;
    let nonce: [u8; NONCE_LEN] = hex::decode(&sealed.nonce).ok()?.try_into().ok()?;
    let mut text = hex::decode(&sealed.sealed).ok()?;
    let key = key(passphrase, &salt, sealed.memory_kib, sealed.passes)?;
    let secret = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(KIND), &mut text).ok()?;
    Some(secret.to_vec())
}

#[cfg(test)]
mod tests {
    use kernel::Problem;

    use super::*;

    /// As backups of format 2 had it.
    fn seal(secret: &[u8], passphrase: &str) -> Result<Vec<u8>, Problem> {
        let (mut salt, mut nonce) = ([0u8; 16], [0u8; NONCE_LEN]);
        getrandom::fill(&mut salt).map_err(Problem::internal)?;
        getrandom::fill(&mut nonce).map_err(Problem::internal)?;
        let failed = || Problem::internal("the secret could not be sealed");
        let key = key(passphrase, &salt, MEMORY_KIB, PASSES).ok_or_else(failed)?;
        let mut text = secret.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(KIND), &mut text)
            .map_err(|_| failed())?;
        let sealed = Sealed {
            kind: KIND.into(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: hex::encode(salt),
            nonce: hex::encode(nonce),
            sealed: hex::encode(text),
        };
        serde_json::to_vec_pretty(&sealed).map_err(Problem::internal)
    }

    #[test]
    fn only_the_passphrase_opens_it() {
        let sealed = seal(b"secret", "một câu đủ dài").unwrap();
        assert_eq!(unseal(&sealed, "một câu đủ dài").as_deref(), Some(&b"secret"[..]));
        assert_eq!(unseal(&sealed, "một câu khác"), None);
        assert_ne!(seal(b"secret", "một câu đủ dài").unwrap(), sealed, "a fresh salt and nonce each time");
        let mut bent: serde_json::Value = serde_json::from_slice(&sealed).unwrap();
        bent["sealed"] = "00".repeat(22).into();
        assert_eq!(unseal(bent.to_string().as_bytes(), "một câu đủ dài"), None);
        assert_eq!(unseal(b"{}", ""), None);
    }
}
