//! Single fields of small forms, each refused at its own place.

use jiff::civil::Date;
use kernel::{Code, Problem, day};

/// A day as people write it; none where nothing stands there.
pub fn day(field: &'static str, text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    day::read(text).map(Some).ok_or_else(|| Problem::bad_input("bad-day").field(field, "bad-day"))
}

/// One of a set, by its code.
pub fn code<C: Code>(field: &'static str, text: &str) -> Result<C, Problem> {
    let unknown = || Problem::bad_input("unknown-choice").with("text", text).field(field, "unknown-choice");
    C::parse(text.trim()).ok_or_else(unknown)
}

/// Words of at most so many characters; none where nothing stands there.
pub fn words<'a>(field: &'static str, text: &'a str, most: usize) -> Result<Option<&'a str>, Problem> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(Problem::bad_input("field-too-long").with("most", most).field(field, "field-too-long"));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}
