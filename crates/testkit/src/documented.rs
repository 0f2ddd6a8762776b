//! What the API answers, held against its OpenAPI document: every answer that a test gets passes through here.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::{Method, StatusCode, header};
use jsonschema::Validator;
use serde_json::Value as Json;
use webkit::Module;

use crate::{Answer, Watch};

/// The document is no operation of its own.
const DOCUMENT: &str = "/api/openapi.json";

/// How a request is refused that is none of an operation: who asks, the address, the method, and what is in them.
const ELSEWHERE: [u16; 4] = [401, 404, 405, 422];

#[derive(Debug)]
pub struct Documented {
    document: Json,
    /// By the schema's text; compiled when an answer first needs it.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Watch for Documented {
    /// Fails the test where the API's answer is not one that the document describes.
    fn look(&self, method: &Method, path: &str, answer: &Answer) {
        let path = path.split('?').next().unwrap_or_default();
        if !path.starts_with("/api/") || path == DOCUMENT {
            return;
        }
        if let Err(fault) = self.hold(method, path, answer) {
            let Answer { status, body, .. } = answer;
            panic!("{method} {path} answered {status}, not as the OpenAPI document says: {fault}\n{body}");
        }
    }
}

impl Documented {
    pub fn of(modules: &[Module]) -> Self {
        let mut document = serde_json::to_value(webkit::openapi_document(modules)).unwrap();
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        schemas.values_mut().for_each(|schema| close(schema, false));
        Self { document, validators: Mutex::default() }
    }

    /// What is wrong with an answer.
    pub fn hold(&self, method: &Method, path: &str, answer: &Answer) -> Result<(), String> {
        let response = self.response(method, path, answer.status).ok_or("no such status is documented")?;
        let Some(content) = response["content"].as_object() else {
            return if answer.body.is_empty() { Ok(()) } else { Err("no body is documented".into()) };
        };
        let media_type = answer.headers.get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap());
        let media_type = media_type.split(';').next().unwrap_or_default();
        let content = content.get(media_type).ok_or_else(|| format!("no media type “{media_type}” is documented"))?;
        match content.get("schema") {
            Some(schema) => self.validate(schema, &answer.body),
            // Bytes.
            None => Ok(()),
        }
    }

    /// What an operation says of a status, by name or itself.
    fn response(&self, method: &Method, path: &str, status: StatusCode) -> Option<&Json> {
        let refusal = || &self.document["components"]["responses"]["NotFound"];
        let Some(operation) = self.operation(method, path) else {
            return ELSEWHERE.contains(&status.as_u16()).then(refusal);
        };
        let response = operation["responses"].get(status.as_str())?;
        match response["$ref"].as_str() {
            Some(name) => self.document.pointer(name.trim_start_matches('#')),
            None => Some(response),
        }
    }

    /// Where several paths fit, the one that is more of a word, as the router chooses.
    fn operation(&self, method: &Method, path: &str) -> Option<&Json> {
        let paths = self.document["paths"].as_object()?.iter().filter(|(pattern, _)| fits(pattern, path));
        let (_, item) = paths.min_by_key(|(pattern, _)| pattern.matches('{').count())?;
        item.get(method.as_str().to_lowercase())
    }

    fn validate(&self, schema: &Json, body: &str) -> Result<(), String> {
        let body: Json = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let validator = self.validator(schema);
        // A fault deep inside makes all that it is part of a fault, and its fields unknown: the deepest is the one to mend.
        let fault = validator.iter_errors(&body).max_by_key(|error| {
            (error.instance_path().as_str().matches('/').count(), error.kind().keyword() != "unevaluatedProperties")
        });
        fault.map_or(Ok(()), |error| Err(format!("at “{}”: {error}", error.instance_path())))
    }

    fn validator(&self, schema: &Json) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || {
            let mut whole = schema.clone();
            close(&mut whole, true);
            whole["components"] = self.document["components"].clone();
            Arc::new(jsonschema::options().should_validate_formats(true).build(&whole).unwrap())
        };
        Arc::clone(validators.entry(schema.to_string()).or_insert_with(compile))
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    let fits = |(pattern, word): (&&str, &&str)| pattern == word || pattern.starts_with('{') && !word.is_empty();
    pattern.len() == path.len() && pattern.iter().zip(&path).all(fits)
}

/// Leaves no room in an object for fields that its schema does not name. The parts that a schema is made of each know
/// their own fields only, so the whole says it; what is referred to may be such a part.
fn close(schema: &mut Json, is_whole: bool) {
    let Some(words) = schema.as_object_mut() else { return };
    for (word, inner) in words.iter_mut() {
        match (word.as_str(), inner) {
            ("properties", Json::Object(fields)) => fields.values_mut().for_each(|field| close(field, true)),
            ("allOf" | "oneOf" | "anyOf", Json::Array(parts)) => parts.iter_mut().for_each(|part| close(part, false)),
            ("items" | "additionalProperties", inner) => close(inner, true),
            _ => {}
        }
    }
    let may_be_object = ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|word| words.contains_key(*word))
        || words.get("type").is_some_and(|kind| kind == "object");
    if is_whole && may_be_object {
        words.insert("unevaluatedProperties".into(), false.into());
    }
}
