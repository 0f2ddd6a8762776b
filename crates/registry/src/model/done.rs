//! Days on which something was done, of whatever kind: a trial, a check, a decision, a certificate that was issued.

use jiff::civil::Date;
use kernel::Problem;

const CODE: &str = "day-to-come";

/// Refuses one that is still to come.
///
/// # Errors
/// At its field.
pub fn check_done(field: &str, day: Option<Date>, today: Date) -> Result<(), Problem> {
    let is_over = day.is_none_or(|day| day <= today);
    if is_over { Ok(()) } else { Err(Problem::bad_input(CODE).field(field, CODE)) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_was_done_was_done_until_today() {
        let today = date(2026, 11, 21);
        assert!(check_done("on_day", None, today).is_ok() && check_done("on_day", Some(today), today).is_ok());
        let refused = check_done("on_day", Some(date(9999, 1, 1)), today).unwrap_err();
        assert_eq!((refused.code, refused.fields[0].field.as_str()), ("day-to-come", "on_day"));
    }
}
