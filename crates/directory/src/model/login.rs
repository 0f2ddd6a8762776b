//! Login names: short, of letters and digits, looked at before anything else is done with what was typed.

use sha2::{Digest, Sha256};

const LONGEST: usize = 64;

/// A login name as it is stored: small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login(String);

impl Login {
    /// None for what cannot be a login name.
    pub fn parse(text: &str) -> Option<Self> {
        // In bytes first: a letter takes four at most, and long texts are not worth more work.
        let text = text.get(..).filter(|text| text.len() <= LONGEST * 4)?.trim().to_lowercase();
        let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
        let fits = !text.is_empty() && text.chars().count() <= LONGEST && text.chars().all(good);
        fits.then_some(Self(text))
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    /// What attempts are counted under: of one length, and nothing that was typed.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_names_of_letters_and_digits_are_logins() {
        assert_eq!(Login::parse(" Nguyen.Van-A ").unwrap().text(), "nguyen.van-a");
        assert_eq!(Login::parse("a@tinhmau.example").unwrap().text(), "a@tinhmau.example");
        assert!(Login::parse("ơn").is_some(), "accounts of before may have such names");
        for bad in ["", "  ", "a b", "a\0b", "<b>", "a\u{202e}b", &"x".repeat(65), &"x".repeat(300_000)] {
            assert_eq!(Login::parse(bad), None, "{}", bad.chars().take(10).collect::<String>());
        }
    }
}
