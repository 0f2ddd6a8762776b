//! Personal numbers in words that officers write: found and masked before they are stored.

use std::sync::LazyLock;

use regex::Regex;

/// Numbers of identity cards (12 digits, or the older 9 after their name) keep their first three digits.
pub fn mask(text: &str) -> String {
    static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b0\d{11}\b|((?:cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân)?)[^\d]{0,12})(\d{9}|\d{12})\b").ok()
    });
    let Some(numbers) = NUMBERS.as_ref() else { return text.to_owned() };
    let cover = |digits: &str| format!("{}{}", &digits[..3], "*".repeat(digits.len() - 3));
    numbers
        .replace_all(text, |found: &regex::Captures<'_>| match (found.get(1), found.get(2)) {
            (Some(name), Some(digits)) => format!("{}{}", name.as_str(), cover(digits.as_str())),
            _ => cover(&found[0]),
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_masked_and_other_numbers_stay() {
        assert_eq!(mask("Ông A, CCCD: 048123456789."), "Ông A, CCCD: 048*********.");
        assert_eq!(mask("CMND số 201234567"), "CMND số 201******");
        assert_eq!(mask("Kinh phí 123456789 đồng, số 15/BC"), "Kinh phí 123456789 đồng, số 15/BC");
    }
}
