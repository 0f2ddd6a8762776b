//! What the GOV.UK component macros need of Rust: options that may be absent in an otherwise strict environment, and
//! attributes by the rules of the package (`govukAttributes`).

use std::{collections::BTreeMap, fmt, sync::Arc};

use minijinja::{
    Environment, Error,
    value::{Enumerator, Kwargs, Object, Value, ValueKind},
};

/// Options of a component: what was not given is empty, false and has only empty parts.
#[derive(Debug)]
struct Options(Value);

impl Options {
    fn is_missing(&self) -> bool {
        self.0.is_undefined() || self.0.is_none()
    }
}

impl Object for Options {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(wrap(if self.is_missing() { Value::UNDEFINED } else { self.0.get_item(key).unwrap_or_default() }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match self.0.try_iter() {
            Ok(keys) if !self.is_missing() => Enumerator::Values(keys.collect()),
            _ => Enumerator::Empty,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.is_missing()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_missing() { Ok(()) } else { write!(f, "{}", self.0) }
    }
}

fn wrap(value: Value) -> Value {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None | ValueKind::Map => {
            if value.downcast_object_ref::<Options>().is_some() {
                value
            } else {
                Value::from_object(Options(value))
            }
        }
        ValueKind::Seq | ValueKind::Iterable => {
            value.try_iter().map(|items| items.map(wrap).collect()).unwrap_or_default()
        }
        _ => value,
    }
}

/// The value as it was given: none where it was not.
fn bare(value: &Value) -> Value {
    match value.downcast_object_ref::<Options>() {
        Some(options) if options.is_missing() => Value::from(()),
        Some(options) => options.0.clone(),
        None if value.is_undefined() => Value::from(()),
        None => value.clone(),
    }
}

fn options(value: &Value) -> Value {
    wrap(bare(value))
}

fn given(value: &Value) -> bool {
    !bare(value).is_none()
}

/// The options with some more, or others.
fn with(value: &Value, more: Kwargs) -> Result<Value, Error> {
    let given = bare(value);
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    if !given.is_none() {
        for key in given.try_iter()? {
            all.insert(key.to_string(), given.get_item(&key)?);
        }
    }
    for key in more.args().map(str::to_owned).collect::<Vec<_>>() {
        all.insert(key.clone(), bare(&more.get::<Value>(&key)?));
    }
    Ok(wrap(Value::from(all)))
}

fn either(html: &Value, text: &Value) -> Value {
    if html.is_true() { Value::from_safe_string(html.to_string().trim().to_owned()) } else { text.clone() }
}

/// `html` as it is, else `text`, to be escaped where it is printed.
fn content(value: &Value) -> Value {
    let given = options(value);
    let part = |name: &str| given.get_attr(name).unwrap_or_default();
    let shown = either(&part("html"), &part("text"));
    if given.is_true() { shown } else { Value::from("") }
}

/// One more class, after a space.
fn more(classes: &Value) -> String {
    if classes.is_true() { format!(" {classes}") } else { String::new() }
}

/// The ids that describe a field: its own, its hint, its error.
fn described(value: &Value, id: &str) -> Value {
    let given = options(value);
    let part = |name: &str| given.get_attr(name).unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    if part("describedBy").is_true() {
        ids.push(part("describedBy").to_string());
    }
    for (name, suffix) in [("hint", "hint"), ("errorMessage", "error")] {
        if part(name).is_true() {
            ids.push(format!("{id}-{suffix}"));
        }
    }
    if ids.is_empty() { Value::from(()) } else { Value::from(ids.join(" ")) }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Attributes from a map of name to value, or to `{value, optional}`; text is taken as it is.
fn attrs(value: &Value) -> Result<Value, Error> {
    let given = bare(value);
    if given.is_none() {
        return Ok(Value::from(""));
    }
    if given.kind() != ValueKind::Map {
        return Ok(Value::from_safe_string(given.to_string()));
    }
    let mut out = String::new();
    for name in given.try_iter()? {
        let item = bare(&given.get_item(&name)?);
        let (value, optional) = if item.kind() == ValueKind::Map {
            (bare(&item.get_attr("value")?), item.get_attr("optional").is_ok_and(|optional| optional.is_true()))
        } else {
            (item, false)
        };
        let is = |flag: bool| value.kind() == ValueKind::Bool && value.is_true() == flag;
        match (optional, value.is_none()) {
            (true, true) => {}
            (true, false) if is(false) => {}
            (true, false) if is(true) => out.push_str(&format!(" {name}")),
            (false, true) => out.push_str(&format!(" {name}=\"\"")),
            // JavaScript's words for yes and no, not Python's.
            _ if is(true) || is(false) => out.push_str(&format!(" {name}=\"{}\"", value.is_true())),
            _ => out.push_str(&format!(" {name}=\"{}\"", escape(&value.to_string()))),
        }
    }
    Ok(Value::from_safe_string(out))
}

/// Words for the component's script, when they are given: one, or one per plural form.
fn i18n(key: &str, message: &Value) -> Value {
    let given = bare(message);
    let one = |key: &str, text: &Value| format!(" data-i18n.{key}=\"{}\"", escape(&text.to_string()));
    let shown = match given.kind() {
        ValueKind::Map => given
            .try_iter()
            .into_iter()
            .flatten()
            .map(|form| one(&format!("{key}.{form}"), &given.get_item(&form).unwrap_or_default()))
            .collect(),
        _ if given.is_true() => one(key, &given),
        _ => String::new(),
    };
    Value::from_safe_string(shown)
}

pub(crate) fn add(env: &mut Environment<'static>) {
    env.add_function("options", |value: Value| options(&value));
    env.add_function("content", |value: Value| content(&value));
    env.add_function("either", |html: Value, text: Value| either(&html, &text));
    env.add_function("more", |classes: Value| more(&classes));
    env.add_function("described", |value: Value, id: Value| described(&value, &id.to_string()));
    env.add_function("attrs", |value: Value| attrs(&value));
    env.add_function("i18n", |key: String, message: Value| i18n(&key, &message));
    env.add_filter("with", |value: Value, more: Kwargs| with(&value, more));
    env.add_test("given", |value: Value| given(&value));
}
