//! What the API answers, held against its OpenAPI document: every answer that a test gets passes through here.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use jsonschema::Validator;
use serde_json::{Value as Json, json};
use testkit::Answer;

/// The document is no operation of its own.
const DOCUMENT: &str = "/api/openapi.json";

/// How a request is refused that is none of an operation: who asks, the address, the method, and what is in them.
const ELSEWHERE: [u16; 4] = [401, 404, 405, 422];

struct Documented {
    document: Json,
    /// By the schema's text; compiled when an answer first needs it.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// Fails the test where the API's answer is not one that the document describes.
pub fn check(method: &Method, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or_default();
    if !path.starts_with("/api/") || path == DOCUMENT {
        return;
    }
    if let Err(fault) = documented().hold(method, path, answer) {
        let Answer { status, body, .. } = answer;
        panic!("{method} {path} answered {status}, not as the OpenAPI document says: {fault}\n{body}");
    }
}

/// The same for what came over a socket. What was cut off with its connection is no answer.
pub fn check_raw(line: &str, bytes: &[u8]) {
    let mut words = line.split(' ');
    let method = words.next().and_then(|method| Method::from_bytes(method.as_bytes()).ok()).unwrap_or_default();
    let path = words.next().unwrap_or_default();
    if let Some(answer) = whole(bytes).filter(|_| path.starts_with("/api/")) {
        check(&method, path, &answer);
    }
}

/// An answer of HTTP/1.1, if all of it came.
fn whole(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 4..]);
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let headers: HeaderMap = pairs
        .map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)))
        .collect::<Option<Vec<(HeaderName, _)>>>()?
        .into_iter()
        .collect();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = match length {
        Some(length) => body.get(..length)?.to_vec(),
        None if headers.contains_key(header::TRANSFER_ENCODING) => unchunked(body)?,
        None => body.to_vec(),
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    Some(Answer { status, location: String::new(), headers, body })
}

/// A body that came in pieces, each under its length; none where the last, empty one is lacking.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let line = bytes.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&bytes[..line]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(bytes.get(line + 2..line + 2 + length)?);
        bytes = bytes.get(line + 4 + length..)?;
    }
}

fn documented() -> &'static Documented {
    static DOCUMENTED: OnceLock<Documented> = OnceLock::new();
    DOCUMENTED.get_or_init(|| {
        let document = webkit::openapi_document(&dinh::wiring::modules());
        Documented::of(serde_json::to_value(document).unwrap())
    })
}

impl Documented {
    fn of(mut document: Json) -> Self {
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        schemas.values_mut().for_each(|schema| close(schema, false));
        Self { document, validators: Mutex::default() }
    }

    fn hold(&self, method: &Method, path: &str, answer: &Answer) -> Result<(), String> {
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

fn answered(status: u16, media_type: &'static str, body: &Json) -> Answer {
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))]);
    let status = StatusCode::from_u16(status).unwrap();
    Answer { status, location: String::new(), headers, body: body.to_string() }
}

fn fault(path: &str, status: u16, body: &Json) -> String {
    documented().hold(&Method::GET, path, &answered(status, "application/json", body)).err().unwrap_or_default()
}

#[test]
fn an_answer_beside_the_document_is_found() {
    let me = |status, body: Json| fault("/api/v1/me", status, &body);
    let post = |role: &str| json!([{"unit": "unit_1", "role": role}]);
    assert_eq!(me(200, json!({"actor": "a", "posts": post("officer")})), "");
    assert!(me(202, json!({"actor": "a", "posts": []})).contains("status"), "an unknown status");
    assert!(me(200, json!({"actor": 1, "posts": []})).contains("/actor"), "a wrong type");
    assert!(me(200, json!({"actor": "a", "posts": [], "name": "b"})).contains("name"), "a field of no schema");
    assert!(me(200, json!({"actor": "a"})).contains("posts"), "a field that is left out");
    let account = answered(200, "application/json", &json!({"account": "a", "state": "burnt"}));
    let closed = documented().hold(&Method::POST, "/api/v1/accounts/a/close", &account);
    assert!(closed.unwrap_err().contains("/state"), "a code of no set");
    let html = answered(200, "text/html", &json!({}));
    assert!(documented().hold(&Method::GET, "/api/v1/me", &html).unwrap_err().contains("text/html"));
    assert!(fault("/api/v1/nowhere", 200, &json!({})).contains("status"), "an address of no operation");
    let refusal = json!({"type": "urn:x", "title": "x", "status": 404, "code": "not-found", "errors": []});
    let refusal = answered(404, "application/problem+json", &refusal);
    assert_eq!(documented().hold(&Method::GET, "/api/v1/nowhere", &refusal), Ok(()));
}

#[test]
fn what_is_made_of_parts_has_the_fields_of_its_parts_and_no_others() {
    let mut page = json!({"next": null, "items": [{
        "id": "part_1", "task": "task_1", "plan": "plan_1", "unit": "unit_1", "section": "", "text": "", "coordinating": "",
        "start_on": null, "due_on": "2026-11-30", "done_on": null, "state": "soon", "days": 9,
    }]});
    let tasks = |page: &Json| fault("/api/v1/tasks", 200, page);
    assert_eq!(tasks(&page), "");
    page["items"][0]["due_on"] = json!("30/11/2026");
    assert!(tasks(&page).contains("/items/0/due_on"));
    page["items"][0]["due_on"] = json!(null);
    page["items"][0]["secret"] = json!("x");
    assert!(tasks(&page).contains("secret"));
}

#[test]
#[should_panic(expected = "GET /api/v1/me answered 202 Accepted")]
fn a_test_that_gets_such_an_answer_fails() {
    check(&Method::GET, "/api/v1/me?x=1", &answered(202, "application/json", &json!({})));
}

/// What a server says on a socket of the person who asks.
fn on_a_socket(head: &str, body: &str) {
    check_raw(
        "GET /api/v1/me?x=1",
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n{body}").as_bytes(),
    );
}

#[test]
fn what_comes_over_a_socket_is_read_to_its_end_or_is_none() {
    let (right, wrong) = (r#"{"actor":"a","posts":[]}"#, r#"{"actor":1,"posts":[]}"#);
    on_a_socket(&format!("content-length: {}\r\n", right.len()), right);
    on_a_socket(
        "transfer-encoding: chunked\r\n",
        &format!("5\r\n{}\r\n13\r\n{}\r\n0\r\n\r\n", &right[..5], &right[5..]),
    );
    on_a_socket(&format!("content-length: {}\r\n", wrong.len() + 1), wrong);
    on_a_socket("transfer-encoding: chunked\r\n", &format!("16\r\n{wrong}\r\n"));
    check_raw("GET /work", b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx");
}

#[test]
#[should_panic(expected = "/actor")]
fn a_wrong_answer_on_a_socket_fails_the_test() {
    let wrong = r#"{"actor":1,"posts":[]}"#;
    on_a_socket(&format!("content-length: {}\r\n", wrong.len()), wrong);
}

#[test]
#[should_panic(expected = "/actor")]
fn so_does_one_that_comes_in_pieces() {
    on_a_socket("transfer-encoding: chunked\r\n", "16\r\n{\"actor\":1,\"posts\":[]}\r\n0\r\n\r\n");
}
