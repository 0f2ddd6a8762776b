//! Values of templates.

use minijinja::{Value, value::Serde};
use serde::Serialize;

/// Anything serialisable as a template value.
pub fn view<T: Serialize>(value: T) -> Value {
    Value::from(Serde(value))
}
