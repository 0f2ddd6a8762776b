//! What no text of a request may hold: control characters, what is no character at all, and queries of a size that nobody types.

use axum::http::Uri;
use kernel::{Problem, text::is_noncharacter};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

const QUERY_BYTES: usize = 8 * 1024;
const PARAMETERS: usize = 200;
const WORDS: usize = 100;

/// Control characters other than line ends and tabs, and what is no character at all.
pub(crate) fn is_refused(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t') || is_noncharacter(c)
}

/// Refuses control characters other than line ends and tabs, and what is no character: no person types them, PostgreSQL
/// stores no NUL, and no Word file opens with U+FFFF in it.
pub(crate) fn check_text(field: &str, text: &str) -> Result<(), Problem> {
    match (field.chars().any(is_refused), text.chars().any(is_refused)) {
        (false, false) => Ok(()),
        (true, _) => Err(Problem::bad_input("control-character").with("field", "?")),
        (false, true) => Err(Problem::bad_input("control-character").with("field", field)),
    }
}

/// Refuses an address that no page of ours makes.
pub(crate) fn check_uri(uri: &Uri) -> Result<(), Problem> {
    // A control character in the path names nothing that exists.
    check_text("", &percent_decode_str(uri.path()).decode_utf8_lossy()).map_err(|_| Problem::not_found())?;
    let query = uri.query().unwrap_or_default();
    if query.len() > QUERY_BYTES {
        return Err(Problem::bad_input("query-too-long"));
    }
    for (at, (key, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
        if at >= PARAMETERS || value.split_whitespace().nth(WORDS).is_some() {
            return Err(Problem::bad_input("query-too-long"));
        }
        check_text(&key, &value)?;
    }
    Ok(())
}

pub(crate) fn check_form(body: &[u8]) -> Result<(), Problem> {
    form_urlencoded::parse(body).try_for_each(|(key, value)| check_text(&key, &value))
}

/// A body that is no JSON is for the handler's own extractor to refuse.
pub(crate) fn check_json(body: &[u8]) -> Result<(), Problem> {
    serde_json::from_slice(body).map_or(Ok(()), |value: Json| check_value("", &value))
}

fn check_value(field: &str, value: &Json) -> Result<(), Problem> {
    match value {
        Json::String(text) => check_text(field, text),
        Json::Array(items) => items.iter().try_for_each(|item| check_value(field, item)),
        Json::Object(fields) => fields.iter().try_for_each(|(name, item)| {
            check_text(name, "")?;
            check_value(name, item)
        }),
        Json::Null | Json::Bool(_) | Json::Number(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(uri: &str) -> Option<&'static str> {
        check_uri(&uri.parse().unwrap()).err().map(|problem| problem.code)
    }

    #[test]
    fn addresses_with_control_characters_or_of_absurd_size_are_refused() {
        assert_eq!(code("/tasks?leader=L%C3%AA+V%C4%83n&state=late"), None);
        assert_eq!(code("/notes?text=a%0D%0Ab%09c"), None);
        assert_eq!(code("/tasks?leader=%00"), Some("control-character"));
        assert_eq!(code("/tasks?%00=x"), Some("control-character"));
        assert_eq!(code("/tasks?leader=%C2%85"), Some("control-character"));
        assert_eq!(code("/tasks?leader=%EF%BF%BF"), Some("control-character"));
        assert_eq!(code("/tasks?leader=%EF%B7%90"), Some("control-character"));
        assert_eq!(code("/tasks?leader=%EF%BF%BD"), None);
        assert_eq!(code("/link/%00"), Some("not-found"));
        assert_eq!(code(&format!("/people?q={}", "a+".repeat(1200))), Some("query-too-long"));
        assert_eq!(code(&format!("/people?q={}", "a".repeat(9000))), Some("query-too-long"));
        assert_eq!(code(&format!("/people?{}", "a=1&".repeat(300))), Some("query-too-long"));
    }

    #[test]
    fn forms_and_json_are_looked_through_to_the_bottom() {
        assert!(check_form(b"text=mot%0Ahai").is_ok());
        assert_eq!(check_form(b"a=1&text=%1B").unwrap_err().args, [("field", "text".to_owned())]);
        assert!(check_json(br#"{"a": ["b\n", 1, null, {"c": "d"}]}"#).is_ok());
        let deep = check_json(br#"{"a": [{"c": "\u0000"}]}"#).unwrap_err();
        assert_eq!(deep.args, [("field", "c".to_owned())]);
        assert!(check_json(br#"{"\u0007": 1}"#).is_err());
        assert!(check_json(br#"{"a": "\uffff"}"#).is_err() && check_form(b"a=%EF%BF%BE").is_err());
        assert!(check_json(b"no json").is_ok());
    }
}
