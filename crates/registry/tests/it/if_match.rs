//! What a program says in If-Match that it read is asked of whatever it changes, also where the body could say it.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value as Json, json};
use testkit::Client;

use crate::{
    enterprises::{API, form, line, listed, officer, signed, with},
    house, levels,
};

/// Over another revision nothing is done, whatever the body says, nor over what is none; over this one it is done.
async fn is_asked(client: &Client, path: &str, said: &Json, rev: i64) {
    let send = async |seen: &str, said: &Json| client.header("if-match", seen).json(Method::POST, path, said).await;
    let beside = with(said.clone(), &json!({ "rev": rev }));
    let stale = send("\"77\"", &beside).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{path}: {}", stale.body);
    let none = send("\"x\"", &beside).await;
    assert_eq!((none.status, &none.json()["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("if-match-unknown")));
    let done = send(&format!("\"{rev}\""), said).await;
    assert_eq!(done.status, StatusCode::OK, "{path}: {}", done.body);
}

#[tokio::test]
async fn enterprises_and_their_forms_are_changed_over_it() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let of = signed(&keeper, &id, &form()).await.json()["id"].clone();
    let path = format!("{API}/{id}");
    is_asked(&keeper, &path, &with(line(0), &json!({"name": "Tên mới", "reason": "Đổi tên"})), 1).await;
    let said = with(form(), &json!({"form": of, "reason": "Nhập nhầm", "services": "3"}));
    is_asked(&keeper, &format!("{path}/forms"), &said, 1).await;
}

#[tokio::test]
async fn a_label_is_published_over_it() {
    let house = house().await;
    let clerk = house.person("so", levels::OWNER, Role::OFFICER).await;
    let leader = house.person("gd", levels::OWNER, Role::LEADER).await;
    let id = levels::system(&clerk, "Kho số", json!({"kind": "platform", "state": "operating"})).await;
    let path = format!("/api/v1/systems/{id}/label");
    let seven = ["connection", "backup", "availability", "log", "access", "user", "data"];
    let said: serde_json::Map<String, Json> =
        seven.iter().map(|key| (format!("state-{key}"), json!("planned"))).collect();
    let said = clerk.header("if-match", "\"0\"").json(Method::POST, &path, &Json::Object(said)).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
    is_asked(&leader, &format!("{path}/publish"), &json!({"publish": "yes"}), 1).await;
}

#[tokio::test]
async fn levels_are_decided_over_it() {
    let house = house().await;
    let clerk = house.person("so", levels::OWNER, Role::OFFICER).await;
    let leader = house.person("gd", levels::OWNER, Role::LEADER).await;
    let of = |id: &str, what: &str| format!("/api/v1/systems/{id}/{what}");
    let new = levels::system(&clerk, "Mới", json!({"state": "building"})).await;
    // A first proposal was read by nobody; what is said of it all the same is heard.
    let facts = json!({"scope": "public", "information": "private", "online_service": "partial", "people": "500"});
    let odd = clerk.header("if-match", "\"x\"").json(Method::POST, &of(&new, "level"), &facts).await;
    assert_eq!(odd.json()["code"], "if-match-unknown", "{}", odd.body);
    let dossier = levels::propose(&clerk, &new).await;
    levels::say_all(&clerk, &dossier).await;
    let send = json!({"act": "send", "reviewer": levels::REVIEWER});
    is_asked(&clerk, &format!("/api/v1/levels/{dossier}/acts"), &send, 2).await;
    let old = levels::system(&clerk, "Cũ", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    let decision = json!({"number": "5/QĐ-UBND", "on_day": "2026-06-11", "level": "2"});
    is_asked(&leader, &of(&old, "level-decision"), &decision, 1).await;
    let hurried = levels::system(&clerk, "Gấp", json!({"state": "building"})).await;
    is_asked(&leader, &of(&hurried, "overrule"), &json!({"reason": "Phục vụ bầu cử"}), 1).await;
}
