//! What systems cost: said by the owner's officers, counted by prices with a date, summed over what one may see.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;

use crate::{added, house};

const ALL: [(&str, &str); 6] = [
    ("cpu", "4"),
    ("memory_gb", "16"),
    ("storage_gb", "500"),
    ("servers", "2"),
    ("admin_days", "60"),
    ("cloud_admin_days", "20"),
];

#[tokio::test]
async fn an_owner_says_what_is_counted_and_the_page_says_every_assumption() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let leader = house.person("gd", "Sở Tài chính", Role::LEADER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let (page, api) = (format!("/systems/{id}/cost"), format!("/api/v1/systems/{id}/cost"));
    assert!(clerk.get(&page).await.body.contains("Chưa biết gì để tính"));
    assert_eq!(clerk.form(&page, &ALL).await.status, StatusCode::SEE_OTHER);
    let said = clerk.get(&api).await.json();
    let line = |item: &str| {
        let all = said["lines"].as_array().unwrap();
        all.iter().find(|one| one["item"] == item).unwrap()["costs"]["likely"].as_i64().unwrap()
    };
    assert_eq!((line("new-server"), line("own-admin")), (360_000_000, 300_000_000));
    assert_eq!((said["cheaper"].as_str(), said["years"].as_i64()), (Some("open"), Some(5)), "{said}");
    assert_eq!(said["missing"], json!(["Công chuyển đổi"]), "the effort is the assessment's to say");
    let shown = clerk.get(&page).await.body;
    for assumption in
        ["Giá minh họa", "01&#x2f;11&#x2f;2026", "Mua máy chủ thay thế", "120.000.000", "300.000.000", "25 %"]
    {
        assert!(shown.contains(assumption), "{assumption}: {shown}");
    }
    // What the inventory has recorded counts in the place of the prices on premises.
    let sent = clerk.header("if-match", "\"1\"");
    let edited = sent.json(Method::PATCH, &format!("/api/v1/systems/{id}"), &json!({"cost_per_year": "2 tỷ"})).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let said = clerk.get(&api).await.json();
    let five = 10_000_000_000_i64;
    assert_eq!(said["on_premises"], json!({"low": five, "likely": five, "high": five}));
    // Numbers that cannot be are refused in words, each at its field; over somebody else's nothing is written.
    assert_eq!(clerk.form(&page, &[("cpu", "-4")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = clerk.json(Method::POST, &api, &json!({"cpu": "-4", "servers": "hai"})).await.json();
    let fault = |at: usize| (refused["errors"][at]["field"].as_str(), refused["errors"][at]["detail"].as_str());
    assert!(fault(0).0 == Some("cpu") && fault(0).1.unwrap().contains("là số âm"), "{refused}");
    assert!(fault(1).0 == Some("servers") && fault(1).1.unwrap().contains("không phải số nguyên"), "{refused}");
    assert_eq!(clerk.form(&page, &[("cpu", "5"), ("rev", "7")]).await.status, StatusCode::PRECONDITION_FAILED);
    let stale = clerk.header("if-match", "\"7\"").json(Method::POST, &api, &json!({"cpu": "5"})).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    assert_eq!(house.count("SELECT cpu FROM registry_cost").await, 4);
    // Who does not see it, and who only reads it.
    assert_eq!(other.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.form(&page, &ALL).await.status, StatusCode::NOT_FOUND);
    assert!(!leader.get(&page).await.body.contains("name=\"cpu\""));
    assert_eq!(leader.form(&page, &ALL).await.status, StatusCode::FORBIDDEN);
    clerk.form(&format!("/undo/{}", house.newest("system.cost").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_cost").await, 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn all_that_one_may_see_is_summed_and_what_nobody_has_said_is_counted_apart() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let mut said = Vec::new();
    for (name, owner) in [("Ngân sách", "Sở Tài chính"), ("Tài sản", "Sở Tài chính"), ("Bệnh án", "Sở Y tế")]
    {
        said.push(added(&province, &json!({"name": name, "owner": owner})).await);
    }
    // Neither what is only counted nor what is no system of its own takes part.
    added(&province, &json!({"name": "Mật", "owner": "Sở Y tế", "state_secret": "yes"})).await;
    added(&province, &json!({"name": "Máy", "owner": "Sở Y tế", "kind": "server"})).await;
    for id in [&said[0], &said[2]] {
        province.form(&format!("/systems/{id}/cost"), &ALL).await;
    }
    let whole = province.get("/api/v1/systems/costs").await.json();
    let one = province.get(&format!("/api/v1/systems/{}/cost", said[0])).await.json();
    let sums =
        |sum: &serde_json::Value| ["systems", "without_inputs", "incomplete"].map(|name| sum[name].as_i64().unwrap());
    assert_eq!(sums(&whole["whole"]), [3, 1, 2], "{whole}");
    let likely = |of: &serde_json::Value| of["cloud"]["likely"].as_i64().unwrap();
    assert_eq!(likely(&whole["whole"]), 2 * likely(&one));
    assert_eq!(whole["by_owner"].as_array().unwrap().len(), 2);
    // A body without figures shows none, not zeros.
    let dashed = province.get("/systems/costs").await.body;
    assert!(!dashed.contains(">0 – 0<"), "{dashed}");
    let own = clerk.get("/api/v1/systems/costs").await.json();
    assert_eq!(sums(&own["whole"]), [2, 1, 1], "{own}");
    let page = clerk.get("/systems/costs").await.body;
    assert!(page.contains("1 trên 2 hệ thống") && !page.contains("Sở Y tế"), "{page}");
    // What the inventory has recorded a year is in the sum on premises, and compared with nothing.
    let sent = province.header("if-match", "\"1\"");
    let path = format!("/api/v1/systems/{}", said[1]);
    let edited = sent.json(Method::PATCH, &path, &json!({"cost_per_year": "2 tỷ"})).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let with = clerk.get("/api/v1/systems/costs").await.json();
    assert_eq!(sums(&with["whole"]), [2, 0, 2], "{with}");
    let on_premises = |of: &serde_json::Value| of["whole"]["on_premises"]["likely"].as_i64().unwrap();
    assert_eq!(on_premises(&with) - on_premises(&own), 10_000_000_000);
    assert_eq!(with["whole"]["more_on_cloud"], own["whole"]["more_on_cloud"]);
}
