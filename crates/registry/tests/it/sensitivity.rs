//! Who would come first by another weight.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value as Json, json};

use crate::{added, house};

const TERMS: [(&str, &str); 8] = [
    ("rev", "0"),
    ("start_on", "04/01/2027"),
    ("days", "30"),
    ("most_systems", "1"),
    ("most_effort", "900"),
    ("most_waves", "40"),
    ("free_days", "10"),
    ("usual_effort", "20"),
];

#[tokio::test]
async fn a_weight_that_changes_who_comes_first_names_them_and_one_that_does_not_says_so() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let steering = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    // 3.000 - 1.000 = 2.000, and 1.500 + 900 - 500 = 1.900: the first leads until criticality weighs a fifth less.
    let systems = [
        ("Ngân sách", "high", "in_support", "300"),
        ("Tài sản", "medium", "ends_soon", "150"),
        ("Lịch họp", "low", "", ""),
    ];
    let mut ids = Vec::new();
    for (name, criticality, support, effort) in systems {
        let system = json!({"name": name, "owner": "Sở Tài chính", "state": "operating", "hosting": "own_room",
            "packaging": "virtual"});
        let id = added(&clerk, &system).await;
        let answers = json!({"bound": "none", "criticality": criticality, "support": support});
        let said = json!({"answers": answers, "effort": effort});
        let path = format!("/api/v1/systems/{id}/assessment");
        let kept = clerk.header("if-match", "\"0\"").json(Method::PATCH, &path, &said).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        ids.push(id);
    }
    assert_eq!(steering.form("/systems/waves/terms", &TERMS).await.status, StatusCode::SEE_OTHER);
    let said = clerk.get("/api/v1/systems/weights").await.json();
    assert_eq!((said["first"].as_i64(), said["percent"].as_i64()), (Some(1), Some(20)), "{said}");
    let of = |said: &Json, key: &str| {
        said["weights"].as_array().unwrap().iter().find(|one| one["criterion"] == key).unwrap().clone()
    };
    let none = json!({"named": [], "more": 0});
    let criticality = of(&said, "criticality");
    assert_eq!(criticality["heavier"], json!({"moved": 0, "enter": none, "leave": none}), "{said}");
    let named = |at: usize| json!({"named": [{"system": ids[at], "name": systems[at].0}], "more": 0});
    assert_eq!(criticality["lighter"], json!({"moved": 2, "enter": named(1), "leave": named(0)}), "{said}");
    for side in ["heavier", "lighter"] {
        assert_eq!(of(&said, "relations")[side]["moved"], 0, "{said}");
    }
    let page = steering.get("/systems/weights").await.body;
    assert!(page.contains("Thứ tự không đổi") && page.contains("Vào:") && page.contains("Ra:"), "{page}");
    assert!(page.contains(&format!("href=\"/systems/{}/assessment\">Tài sản</a>", ids[1])), "{page}");
    // Who may see none of them learns that some would change places, and not which.
    let theirs = other.get("/api/v1/systems/weights").await.json();
    let unseen = json!({"named": [], "more": 1});
    assert_eq!(of(&theirs, "criticality")["lighter"], json!({"moved": 2, "enter": unseen, "leave": unseen}));
    assert!(!other.get("/systems/weights").await.body.contains("Tài sản"));
    // What a reviewer leaves where it is stands in no order.
    let stays = [("strategy", "retain"), ("reason", "Sẽ thay bằng trục của bộ.")];
    let left = steering.form(&format!("/systems/{}/review", ids[0]), &stays).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    let said = clerk.get("/api/v1/systems/weights").await.json();
    assert_eq!(of(&said, "criticality")["lighter"]["moved"], 0, "{said}");
}
