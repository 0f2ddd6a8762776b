//! The pages of migrations and level dossiers.

use axum::http::Method;
use serde_json::{Value as Json, json};
use testkit::{Client, Part};

use crate::{
    house::House,
    places::{Place, open_by},
};

/// A file that may be kept.
pub const BOOK: &[u8] = b"%PDF-1.4\nbb";

/// What the API answers to what is sent there.
pub async fn sent(client: &Client, path: &str, said: &Json) -> Json {
    let answer = client.json(Method::POST, path, said).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.body);
    answer.json()
}

pub fn id_in(answer: &Json) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// A system that is on its way and has a dossier, and one that operates without.
pub async fn of_roads(house: &House) -> Vec<Place> {
    let officer = house.signed_in("vidu").await;
    let owner = house.unit("Sở Khoa học và Công nghệ", None).to_string();
    let said = json!({"name": "Cổng dữ liệu mở", "owner": owner, "hosting": "own_room", "state": "building",
        "architecture": "Lớp ứng dụng", "deviates": "yes", "deviations": "Chưa dùng trục liên thông."});
    let system = id_in(&sent(&officer, "/api/v1/systems", &said).await);
    let plan = json!({
        "strategy": "refactor", "to_hosting": "provincial_cloud", "window_begins": "2026-11-20",
        "window_ends": "2026-12-31", "announcement": "15/TB-SKHCN", "announced_on": "2026-11-02", "wave": 1,
    });
    let migration = id_in(&sent(&officer, &format!("/api/v1/systems/{system}/migrations"), &plan).await);
    sent(&officer, &format!("/api/v1/migrations/{migration}/acts"), &json!({"act": "start", "rev": 1})).await;
    let whole = officer.get(&format!("/api/v1/migrations/{migration}")).await.json();
    let step = whole["steps"][0]["id"].as_str().unwrap().to_owned();
    let facts = json!({"scope": "public", "information": "private"});
    let dossier = id_in(&sent(&officer, &format!("/api/v1/systems/{system}/level"), &facts).await);
    let file = Part::File("bien-ban.pdf", BOOK);
    for (path, control) in [
        (format!("/systems/{system}/proofs"), ""),
        (format!("/migration-steps/{step}/proofs"), ""),
        (format!("/levels/{dossier}/proofs"), "officer"),
    ] {
        let kept = officer.upload(&path, &[Part::Field("control", control), file.clone()]).await;
        assert!(kept.status.is_redirection(), "{path}: {}", kept.body);
    }
    let pages = [
        ("migrations", "/migrations".to_owned()),
        ("migrations-late", "/migrations?late=1&state=running".into()),
        ("migration", format!("/migrations/{migration}")),
        ("migration-edit", format!("/migrations/{migration}/edit")),
        ("migration-cut-over", format!("/migrations/{migration}/acts?act=cut_over")),
        ("migration-step", format!("/migration-steps/{step}")),
        ("migration-checklists", "/migrations/checklists".into()),
        ("system-with-files", format!("/systems/{system}")),
        ("system-road", format!("/systems/{system}/road")),
        ("levels", "/levels".into()),
        ("level", format!("/levels/{dossier}")),
        ("level-send", format!("/levels/{dossier}/acts?act=send")),
        ("level-controls", format!("/levels/{dossier}/controls")),
        ("level-facts", format!("/systems/{system}/level")),
        ("level-faults", "/levels/faults".into()),
        ("level-faults-of-one", format!("/levels/faults?owner={owner}")),
    ];
    let leader = [
        ("level-overrule", format!("/systems/{system}/overrule")),
        ("level-decision", format!("/systems/{system}/level-decision")),
    ];
    open_by("giamdoc", leader).chain(open_by("vidu", pages)).collect()
}
