//! What a migration says of what was done: which act it was, and of which step.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;

use crate::{added, house};

#[tokio::test]
async fn an_act_says_what_it_was_and_the_history_names_the_step() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let system = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính", "state": "operating"})).await;
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud"});
    let opened = clerk.json(Method::POST, &format!("/api/v1/systems/{system}/migrations"), &plan).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    let whole = clerk.get(&format!("/api/v1/migrations/{id}")).await.json();
    let step = &whole["steps"][0];
    let (at, name) = (step["id"].as_str().unwrap(), step["name"].as_str().unwrap());
    let saved = clerk.form(&format!("/migration-steps/{at}"), &[("rev", "1"), ("act", "save"), ("note", "Chờ")]).await;
    assert!(saved.location.contains("done=migration-step-save"), "{} {}", saved.status, saved.location);
    let page = clerk.get(&format!("/migrations/{id}")).await.body;
    assert!(page.contains(&format!("Ghi việc của dự án chuyển đổi: {name}")), "{page}");
    let rev = clerk.get(&format!("/api/v1/migrations/{id}")).await.json()["migration"]["rev"].to_string();
    let cancel = [("rev", rev.as_str()), ("act", "cancel"), ("reason", "Chờ kinh phí")];
    let cancelled = clerk.form(&format!("/migrations/{id}/acts?act=cancel"), &cancel).await;
    assert!(cancelled.location.contains("done=migration-cancel"), "{} {}", cancelled.status, cancelled.location);
    let page = clerk.get(cancelled.location.split('#').next().unwrap()).await.body;
    assert!(page.contains("Đã hủy dự án chuyển đổi."), "{page}");
}
