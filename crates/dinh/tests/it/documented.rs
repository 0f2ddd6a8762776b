//! The house's API is held against its document, and what the document does not say is found.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::{Value as Json, json};
use testkit::{Answer, Documented, Watch as _};

/// Every answer that a test gets passes through here.
pub fn documented() -> &'static Arc<Documented> {
    static DOCUMENTED: OnceLock<Arc<Documented>> = OnceLock::new();
    DOCUMENTED.get_or_init(|| Arc::new(Documented::of(&dinh::wiring::modules())))
}

/// The same for what came over a socket. What was cut off with its connection is no answer.
pub fn check_raw(line: &str, bytes: &[u8]) {
    let mut words = line.split(' ');
    let method = words.next().and_then(|method| Method::from_bytes(method.as_bytes()).ok()).unwrap_or_default();
    let path = words.next().unwrap_or_default();
    if let Some(answer) = whole(bytes).filter(|_| path.starts_with("/api/")) {
        documented().look(&method, path, &answer);
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
    documented().look(&Method::GET, "/api/v1/me?x=1", &answered(202, "application/json", &json!({})));
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
