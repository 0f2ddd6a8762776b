//! mã số doanh nghiệp, which is the tax code: ten digits of which the last one checks the others, and three more for a
//! dependent unit.

use kernel::Problem;

const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// The code as it is stored: `0123456789` or `0123456789-001`.
///
/// # Errors
/// In words: it has another length, or its digits do not check.
pub fn tax_code(text: &str) -> Result<String, Problem> {
    let wrong = |code| Problem::bad_input(code).with("text", text).field("tax_code", code);
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let digits: Option<Vec<u32>> = plain.chars().map(|c| c.to_digit(10)).collect();
    let digits = digits.filter(|digits| [10, 13].contains(&digits.len())).ok_or_else(|| wrong("tax-code-length"))?;
    let sum: u32 = WEIGHTS.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
    let (head, branch) = plain.split_at(10);
    if digits.get(9).copied() != Some(10 - sum % 11) || branch == "000" {
        return Err(wrong("tax-code-check"));
    }
    Ok(if branch.is_empty() { head.to_owned() } else { format!("{head}-{branch}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_ten_or_thirteen_digits_that_check() {
        for (text, stored) in [
            ("9900000016", "9900000016"),
            (" 9900 000 016 ", "9900000016"),
            ("9900000016001", "9900000016-001"),
            ("9900000016-001", "9900000016-001"),
        ] {
            assert_eq!(tax_code(text).map_err(|problem| problem.code), Ok(stored.to_owned()), "{text}");
        }
        for text in ["", "990000001", "99000000161", "990000001600", "99000000160011", "990000001x", "990.0000016"] {
            assert_eq!(tax_code(text).map_err(|problem| problem.code), Err("tax-code-length"), "{text}");
        }
        for text in ["9900000015", "9900000061", "9900000015001", "9900000016-000"] {
            assert_eq!(tax_code(text).map_err(|problem| problem.code), Err("tax-code-check"), "{text}");
        }
    }

    #[test]
    fn one_wrong_digit_never_checks() {
        let code = "9900000016";
        for at in 0..code.len() {
            for digit in '0'..='9' {
                let mut other: Vec<char> = code.chars().collect();
                other[at] = digit;
                let other: String = other.into_iter().collect();
                assert_eq!(tax_code(&other).is_ok(), other == code, "{other}");
            }
        }
    }
}
