//! Names to sign in with: what can be typed on any keyboard, read aloud, and never taken for another.

use crate::Error;

const LONGEST: usize = 64;

/// The login as it is stored: small letters without marks, digits, `.`, `_`, `-` and `@`, a letter or digit first.
pub fn checked(text: &str) -> Result<String, Error> {
    let login = text.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    match login.chars().next() {
        None => Err(Error::Empty("login")),
        Some(first)
            if plain(first)
                && login.len() <= LONGEST
                && login.chars().all(|c| plain(c) || matches!(c, '.' | '_' | '-' | '@'))
                // The number of an account stands in the place of an erased login.
                && !login.starts_with("account_") =>
        {
            Ok(login)
        }
        Some(_) => Err(Error::LoginWrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_plain() {
        assert_eq!(checked(" Nguyen.Van-A_1@xa ").as_deref(), Ok("nguyen.van-a_1@xa"));
        for wrong in ["nguyễn", "a b", "a\u{0}", ".a", "а", "a\u{202e}b", "account_01jc", &"a".repeat(65)] {
            assert_eq!(checked(wrong), Err(Error::LoginWrong), "{wrong:?}");
        }
        assert_eq!(checked("  "), Err(Error::Empty("login")));
    }
}
