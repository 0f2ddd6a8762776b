//! Passwords: argon2id with the library's current defaults, checked for length and the obvious.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::Error;

const SHORTEST: usize = 10;

/// Refuses what is short or repeats the login name.
pub fn check(password: &str, login: &str) -> Result<(), Error> {
    let long_enough = password.chars().count() >= SHORTEST;
    let tells_login = !login.is_empty() && password.to_lowercase().contains(&login.to_lowercase());
    if long_enough && !tells_login { Ok(()) } else { Err(Error::PasswordWeak) }
}

pub fn hash(password: &str) -> Result<String, kernel::Problem> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(kernel::Problem::internal)
}

/// True when the password fits. Without a stored hash the same work is done, so that timing tells nothing.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    match stored {
        Some(stored) => {
            PasswordVerifier::<str>::verify_password(&Argon2::default(), password.as_bytes(), stored).is_ok()
        }
        None => {
            let _ = hash(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("một câu dài").unwrap();
        assert!(verify("một câu dài", Some(&stored)));
        assert!(!verify("mot cau dai", Some(&stored)));
        assert!(!verify("một câu dài", None));
        assert_eq!(check("ngắn", "a"), Err(Error::PasswordWeak));
        assert_eq!(check("xin-chao-vidu", "vidu"), Err(Error::PasswordWeak));
    }
}
