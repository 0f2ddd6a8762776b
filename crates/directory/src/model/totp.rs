//! The second factor: codes of six digits that a telephone makes every thirty seconds (RFC 6238), and codes on paper.

use kernel::Problem;
use qrcode::{Color, EcLevel, QrCode};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

const STEP: u64 = 30;
const RECOVERY: usize = 10;
const LENGTH: usize = 24;
/// Without what is easily mistaken: i, l, o, 0, 1.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// 160 random bits as the text that an app takes.
pub fn fresh() -> Result<String, Problem> {
    let mut bytes = [0u8; 20];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    Ok(Secret::new(Box::new(bytes)).to_base32())
}

/// The step of time whose code this is, one before and one after now allowed; each step is good once.
pub fn step(secret: &str, code: &str, seconds: i64) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let secret = Secret::try_from_base32(secret).ok()?;
    let totp: Totp = Builder::new().with_secret(secret).with_skew(1).with_step_duration(STEP).build().ok()?;
    totp.check(&code, u64::try_from(seconds).ok()?).and_then(|step| i64::try_from(step).ok())
}

/// What the picture says to the app.
pub fn address(secret: &str, login: &str) -> String {
    format!("otpauth://totp/Dinh:{0}?secret={secret}&issuer=Dinh", webkit::url_encode(login))
}

/// The secret in groups of four, for typing.
pub fn grouped(secret: &str) -> String {
    secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// A picture of a text, as the path of an SVG, and how many squares it is wide with its quiet edge.
pub fn picture(text: &str) -> Result<(String, usize), Problem> {
    const EDGE: usize = 4;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Problem::internal)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let squares = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + EDGE, at / width + EDGE));
    Ok((squares.collect::<Vec<_>>().concat(), width + 2 * EDGE))
}

/// Ten codes for when the telephone is lost, 118 random bits each: ASVS 2.6.2 asks for 112, or for a salt.
pub fn recovery() -> Result<Vec<String>, Problem> {
    (0..RECOVERY).map(|_| one_code()).collect()
}

fn one_code() -> Result<String, Problem> {
    let mut letters = String::new();
    while letters.len() < LENGTH {
        let mut byte = [0u8; 1];
        getrandom::fill(&mut byte).map_err(Problem::internal)?;
        // Only as many values as divide evenly: no letter is likelier than another.
        if let Some(letter) = LETTERS.get(usize::from(byte[0] & 31)) {
            letters.push(char::from(*letter));
        }
    }
    Ok(letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-"))
}

/// What is kept of a recovery code, however it was typed.
pub fn recovery_hash(code: &str) -> String {
    let code: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    hex::encode(Sha256::digest(code.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the secret is the ASCII of 12345678901234567890; six of the eight digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(step(secret, "287082", 59), Some(1));
        assert_eq!(step(secret, "287 082", 59 + 30), Some(1), "one step late");
        assert_eq!(step(secret, "287082", 59 + 60), None, "two steps late");
        assert_eq!(step(secret, "005924", 1_234_567_890), Some(41_152_263));
        for wrong in ["", "287083", "28708", "2870820", "abcdef"] {
            assert_eq!(step(secret, wrong, 59), None, "{wrong}");
        }
    }

    #[test]
    fn a_picture_is_drawn_of_squares_only() {
        let secret = fresh().unwrap();
        assert_eq!(secret.len(), 32);
        let (path, width) = picture(&address(&secret, "lanhdao")).unwrap();
        assert!(width > 30 && path.starts_with("M4 4h1v1h-1z"), "{width}");
        assert_eq!(grouped("ABCDEFGH"), "ABCD EFGH");
    }

    #[test]
    fn recovery_codes_are_many_and_may_be_typed_as_one_likes() {
        let codes = recovery().unwrap();
        assert_eq!(codes.iter().collect::<std::collections::HashSet<_>>().len(), 10);
        assert!(codes.iter().all(|code| code.len() == 29 && code.split('-').all(|part| part.len() == 4)), "{codes:?}");
        assert_eq!(recovery_hash(&codes[0]), recovery_hash(&codes[0].to_uppercase().replace('-', " ")));
        assert_ne!(recovery_hash(&codes[0]), recovery_hash(&codes[1]));
    }
}
