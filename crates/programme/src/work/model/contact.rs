//! Whom to call about a part, as somebody types it.

use db::Words;
use kernel::{PersonId, Problem};

use crate::Error;

const LONGEST_NAME: usize = 120;
/// A number within a house has three digits, one of abroad fifteen.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// A colleague, with or without a number; or a name and a number.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub person: Option<PersonId>,
    pub name: String,
    pub phone: String,
}

impl Given {
    /// The name as it may be stored: a colleague's own stands with the directory.
    pub fn name(&self) -> Result<Words, Problem> {
        if self.person.is_some() {
            return Ok(Words::default());
        }
        let name = Words::some(&self.name).ok_or(Error::Empty("name"))?;
        if name.chars().count() > LONGEST_NAME {
            return Err(Problem::bad_input("contact-name-long").field("name", "contact-name-long"));
        }
        Ok(name)
    }

    /// The number as people write it.
    pub fn phone(&self) -> Result<String, Problem> {
        let phone = self.phone.trim();
        if phone.is_empty() && self.person.is_none() {
            return Err(Error::Empty("phone").into());
        }
        if !phone.is_empty() && !is_telephone(phone) {
            return Err(Problem::bad_input("contact-phone-wrong").field("phone", "contact-phone-wrong"));
        }
        Ok(phone.to_owned())
    }
}

/// A telephone as people write it. None has the shape of a citizen's number: fields of telephones alone are not masked.
pub fn is_telephone(text: &str) -> bool {
    let is_of_numbers = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')');
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.chars().all(is_of_numbers) && DIGITS.contains(&digits) && text.len() <= 25 && !is_identity(text)
}

/// Whether it may be a number by which the state knows a person, whatever stands between its digits.
fn is_identity(phone: &str) -> bool {
    db::identities(phone) > 0 || db::may_be_citizens(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_written_in_many_ways_and_is_no_number_of_a_citizen() {
        assert!(is_telephone("+84 (0) 236-382.1111") && is_telephone("02363822145-2"));
        for none in ["", "()", "gọi tôi", &"1".repeat(26), "048 203 456 789", "048203456789"] {
            assert!(!is_telephone(none), "{none}");
        }
    }

    fn given(name: &str, phone: &str) -> Given {
        Given { person: None, name: name.into(), phone: phone.into() }
    }

    #[test]
    fn who_has_no_account_has_a_name_and_a_number() {
        let code = |given: &Given| given.name().and_then(|_| given.phone()).map_err(|problem| problem.code);
        assert_eq!(code(&given("Trần Văn Thử", " 0236 3.123-456 ")), Ok("0236 3.123-456".to_owned()));
        assert_eq!(code(&given("Trần Văn Thử", "+84 (0) 905 111 222")).as_deref(), Ok("+84 (0) 905 111 222"));
        assert_eq!(code(&given("Trần Văn Thử", "102")).as_deref(), Ok("102"));
        assert_eq!(code(&given("Trần Văn Thử", "+84 (0236) 3123 456")).as_deref(), Ok("+84 (0236) 3123 456"));
        for phone in ["02363822145-2", "0905111222 (12)"] {
            assert_eq!(code(&given("Trần Văn Thử", phone)).as_deref(), Ok(phone));
        }
        let long = "a".repeat(121);
        for (name, phone, wrong) in [
            (" ", "0905111222", "field-empty"),
            ("Trần Văn Thử", "", "field-empty"),
            ("Trần Văn Thử", "12", "contact-phone-wrong"),
            ("Trần Văn Thử", "gọi sau 9h", "contact-phone-wrong"),
            ("Trần Văn Thử", "1234567890123456", "contact-phone-wrong"),
            ("Trần Văn Thử", "048123456789", "contact-phone-wrong"),
            ("Trần Văn Thử", "0481 2345 6789", "contact-phone-wrong"),
            ("Trần Văn Thử", "(097) 123-456-789", "contact-phone-wrong"),
            ("Trần Văn Thử", "001 301 234 567", "contact-phone-wrong"),
            (long.as_str(), "0905111222", "contact-name-long"),
        ] {
            assert_eq!(code(&given(name, phone)), Err(wrong), "{name} {phone}");
        }
    }

    #[test]
    fn a_colleague_has_a_name_already_and_may_have_no_number() {
        let person = Some(PersonId::from_uuid(uuid::Uuid::from_u128(7)));
        let colleague = Given { person, ..given("gì cũng được", "") };
        assert!(colleague.name().unwrap().is_empty());
        assert_eq!(colleague.phone().unwrap(), "");
    }
}
