//! Words that people type are looked through for marks of secrecy before they reach any use case.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
};
use kernel::Problem;
use serde_json::Value;

use crate::{App, WebProblem, form::refused};

/// State secrets live on other networks: what bears their mark is not taken in.
pub fn refuse_marked(text: &str) -> Result<(), Problem> {
    match plan_reader::secrecy::in_words(text) {
        Some(mark) => Err(Problem::bad_input("words-classified").with("mark", mark)),
        None => Ok(()),
    }
}

/// The same request after every value of its form or JSON was looked through.
pub async fn looked_through(request: Request, app: &App) -> Result<Request, WebProblem> {
    let (parts, body) = request.into_parts();
    let whole = Bytes::from_request(Request::from_parts(parts.clone(), body), app).await;
    let bytes = whole.map_err(|error| refused(error.status(), &error.body_text()))?;
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(value) => refuse_in(&value)?,
        // Bytes that are neither end as words that bear no mark; the form itself is refused later.
        Err(_) => form_urlencoded::parse(&bytes).try_for_each(|(_, text)| refuse_marked(&text))?,
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn refuse_in(value: &Value) -> Result<(), Problem> {
    match value {
        Value::String(text) => refuse_marked(text),
        Value::Array(items) => items.iter().try_for_each(refuse_in),
        Value::Object(fields) => fields.values().try_for_each(refuse_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
