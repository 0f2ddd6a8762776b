//! A new system says where it stands in the province's architecture before it goes on; of what a list brings the lack shows.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;
use testkit::Part;

use crate::house;

const OWNER: &str = "Sở Tài chính";

#[tokio::test]
async fn what_is_planned_or_being_built_is_entered_with_its_place() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    for state in ["planned", "building"] {
        let add = async |more: &[(&str, &str)]| {
            let base = [("name", state), ("owner", OWNER), ("state", state)];
            clerk.form("/systems/new", &[base.as_slice(), more].concat()).await
        };
        let refused = add(&[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        for words in ["phải ghi vị trí trong kiến trúc", "phải ghi có sai khác"] {
            assert!(refused.body.contains(words), "{state}: {words}: {}", refused.body);
        }
        let place = ("architecture", "Lớp dữ liệu");
        let refused = add(&[place, ("deviates", "yes")]).await;
        assert!(refused.body.contains("khác ở điểm nào"), "{}", refused.body);
        let done = add(&[place, ("deviates", "yes"), ("deviations", "Chưa nối trục liên thông")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    // What operates, and machines, are no new projects of the architecture.
    for more in [json!({"state": "operating", "since": 2020}), json!({"state": "planned", "kind": "server"})] {
        let mut said = json!({"name": more.to_string(), "owner": OWNER});
        for (key, value) in more.as_object().unwrap() {
            said[key] = value.clone();
        }
        let answer = clerk.json(Method::POST, "/api/v1/systems", &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_list_is_taken_in_without_and_shows_who_lacks_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let heads = ["Tên hệ thống", "Cơ quan chủ quản", "Trạng thái"].map(str::to_owned);
    let rows = [["Cổng dữ liệu", OWNER, "Dự kiến"], ["Ngân sách", OWNER, "Đang vận hành"]];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec());
    let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
    let taken = clerk.upload("/systems/import", &[Part::File("ds.xlsx", &file), Part::Field("confirm", "1")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let lacking = async || {
        let answer = clerk.get("/api/v1/systems?unplaced=1").await.json();
        answer["items"].as_array().unwrap().clone()
    };
    let found = lacking().await;
    assert_eq!(found.iter().map(|one| one["name"].as_str().unwrap()).collect::<Vec<_>>(), ["Cổng dữ liệu"]);
    let id = found[0]["id"].as_str().unwrap();
    for (page, words) in [
        (format!("/systems/{id}"), "Chưa ghi vị trí trong kiến trúc"),
        ("/systems/ours".into(), "Chưa rõ vị trí kiến trúc"),
        ("/systems/confirmations".into(), "unplaced=1"),
    ] {
        let shown = clerk.get(&page).await.body;
        assert!(shown.contains(words), "{page}: {shown}");
    }
    let change = async |rev: i64, said: serde_json::Value| {
        let sender = clerk.header("if-match", &format!("\"{rev}\""));
        sender.json(Method::PATCH, &format!("/api/v1/systems/{id}"), &said).await
    };
    // What is said of it otherwise is saved; it does not go on.
    assert_eq!(change(1, json!({"purpose": "Kết nối"})).await.status, StatusCode::OK);
    for state in ["building", "operating"] {
        let refused = change(2, json!({"state": state})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{state}: {}", refused.body);
        let errors = refused.json()["errors"].clone();
        let fields: Vec<_> = errors.as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
        assert_eq!(fields, ["architecture", "deviates"], "{state}");
    }
    let placed = json!({"state": "building", "architecture": "Lớp dữ liệu", "deviates": "no"});
    assert_eq!(change(2, placed).await.status, StatusCode::OK);
    assert!(lacking().await.is_empty());
    assert!(!clerk.get("/systems/confirmations").await.body.contains("unplaced=1"));
}

#[tokio::test]
async fn no_leader_lets_a_system_begin_without_its_place() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let said = json!({"name": "Cổng dữ liệu", "owner": OWNER, "state": "building", "architecture": "Lớp dữ liệu",
        "deviates": "no"});
    let id = crate::added(&clerk, &said).await;
    house.exec("UPDATE registry_system SET architecture = NULL WHERE id IS NOT NULL", vec![]).await;
    let over = json!({"rev": 1, "reason": "Phục vụ bầu cử"});
    let refused = leader.json(Method::POST, &format!("/api/v1/systems/{id}/overrule"), &over).await;
    assert_eq!(refused.json()["errors"][0]["field"], "architecture", "{}", refused.body);
    house.exec("UPDATE registry_system SET architecture = 'Lớp dữ liệu' WHERE id IS NOT NULL", vec![]).await;
    let done = leader.json(Method::POST, &format!("/api/v1/systems/{id}/overrule"), &over).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}
