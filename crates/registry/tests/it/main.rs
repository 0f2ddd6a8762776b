//! The registry in a house of its own: made-up people and units, and no other domain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod appraise;
mod doubles;
mod inventory;
mod ours;
mod papers;
mod sheets;
mod systems;

use axum::http::{Method, StatusCode};
use serde_json::Value;
use testkit::Client;

async fn house() -> testkit::House {
    testkit::house([registry::module()]).await
}

/// A system as the API takes it; returns its id.
async fn added(client: &Client, said: &Value) -> String {
    let answer = client.json(Method::POST, "/api/v1/systems", said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}
