//! Words that people type are looked through for marks of secrecy before they reach any use case.

use kernel::Problem;
use serde_json::Value;

/// State secrets live on other networks: what bears their mark is not taken in.
pub fn refuse_marked(text: &str) -> Result<(), Problem> {
    match plan_reader::secrecy::in_words(text) {
        Some(mark) => Err(Problem::bad_input("words-classified").with("mark", mark)),
        None => Ok(()),
    }
}

/// The same for every value of a form or of JSON.
pub(crate) fn refuse_marked_in(body: &[u8]) -> Result<(), Problem> {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => refuse_in(&value),
        // Bytes that are neither end as words that bear no mark; the form itself is refused later.
        Err(_) => form_urlencoded::parse(body).try_for_each(|(_, text)| refuse_marked(&text)),
    }
}

fn refuse_in(value: &Value) -> Result<(), Problem> {
    match value {
        Value::String(text) => refuse_marked(text),
        Value::Array(items) => items.iter().try_for_each(refuse_in),
        Value::Object(fields) => fields.values().try_for_each(refuse_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
