//! The house's API is held against its document, and what the document does not say is found.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::{Value as Json, json};
use testkit::{Answer, Documented, Watch as _};

/// Every answer that a test gets passes through here.
pub fn documented() -> &'static Arc<Documented> {
    static DOCUMENTED: OnceLock<Arc<Documented>> = OnceLock::new();
    DOCUMENTED.get_or_init(|| Arc::new(Documented::of(&dinh::wiring::modules())))
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
