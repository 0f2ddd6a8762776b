//! Value beside effort: a circle for each system that is to move and of which the effort is known.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;

use crate::{added, house};

#[tokio::test]
async fn what_is_to_move_is_a_circle_and_what_has_no_effort_is_said() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let steering = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let mut ids = Vec::new();
    let systems = [("Kho <b>", "critical", "10000"), ("Ngân sách", "ordinary", "100"), ("Lịch", "ordinary", "5")];
    for (name, criticality, users) in systems {
        let system = json!({"name": name, "owner": "Sở Tài chính", "state": "operating", "hosting": "own_room",
            "packaging": "virtual", "criticality": criticality, "users": users});
        ids.push(added(&clerk, &system).await);
    }
    for (id, effort) in ids.iter().zip(["40", "300"]) {
        let path = format!("/api/v1/systems/{id}/assessment");
        let first = clerk.header("if-match", "\"0\"");
        let said = first.json(Method::PATCH, &path, &json!({"answers": {"bound": "none"}, "effort": effort})).await;
        assert_eq!((said.status, said.json()["strategy"].as_str()), (StatusCode::OK, Some("rehost")), "{}", said.body);
    }
    assert_eq!(steering.form("/systems/assessment", &[]).await.status, StatusCode::SEE_OTHER);
    let said = clerk.get("/api/v1/systems/value").await.json();
    assert_eq!((said["all"].as_i64(), said["without_effort"].as_i64()), (Some(3), Some(1)), "{said}");
    let of = |id: &str| said["items"].as_array().unwrap().iter().find(|one| one["system"] == id).unwrap().clone();
    // Three hundred days take nothing from the value: both of low weight are worth the same.
    assert_eq!(of(&ids[1])["value"], of(&ids[2])["value"]);
    assert!(of(&ids[0])["value"].as_i64() > of(&ids[1])["value"].as_i64(), "{said}");
    let page = clerk.get("/systems/value").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.body.matches("<circle ").count(), 2, "{}", page.body);
    for said in ["<title>Kho &lt;b&gt;</title>", "1 trên 3 hệ thống", "Lịch"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    // What is in the picture leads the table, whatever its value.
    let table = page.body.split("id=\"table\"").nth(1).unwrap();
    let at = |name: &str| table.find(name).unwrap_or_else(|| panic!("{name}: {table}"));
    assert!(at("Ngân sách") < at("Lịch"), "{table}");
    assert!(!other.get("/systems/value").await.body.contains("Ngân sách"));
}
