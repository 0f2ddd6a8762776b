//! A decision that an accepted migration carried out stands: classifying again, or answering again, reopens nothing.

use axum::http::{Method, StatusCode};
use db::vals;
use registry::model::SystemId;
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::{
    appraise::{add, answered, both, said, strategies},
    house,
};

const MOVE: &str = "INSERT INTO registry_migration (id, system_id, owner_id, name, strategy, from_hosting, to_hosting, \
    state, edition, hands, fold, name_sort, ended_on, rev) \
    VALUES ($1, $2, $3, 'x', 'rehost', 'own_room', 'provincial_cloud', 'accepted', '', '', 'x', 'x', '2026-11-21', 1)";

/// A system is accepted where its migration led.
async fn moved(house: &House, id: &str) {
    let system: SystemId = id.parse().unwrap();
    let row: SystemId = house.system().new_id();
    let owner = house.unit(crate::appraise::OWNER);
    house.exec(MOVE, vals![row.uuid(), system.uuid(), owner.uuid()]).await;
    stands(house, id, "provincial_cloud").await;
}

async fn stands(house: &House, id: &str, hosting: &str) {
    let system: SystemId = id.parse().unwrap();
    house.exec("UPDATE registry_system SET hosting = $1 WHERE id = $2", vals![hosting, system.uuid()]).await;
}

async fn classify(province: &Client) -> Json {
    province.json(Method::POST, "/api/v1/systems/classify", &json!({})).await.json()
}

#[tokio::test]
async fn what_is_moved_and_accepted_keeps_its_review_when_all_is_classified_again() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "physical"})).await;
    let other = add(&officer, json!({"name": "Tài sản", "packaging": "physical"})).await;
    for id in [&id, &other] {
        answered(&officer, id, 0, json!({"bound": "none", "replaced": "no", "shared_platform": "no"})).await;
        let review = province.form(&format!("/systems/{id}/review"), &[]).await;
        assert_eq!(review.status, StatusCode::SEE_OTHER, "{}", review.body);
    }
    moved(&house, &id).await;
    // The other one stands on the cloud by hand alone: of that the rules say that it stays, and somebody looks at it
    // again.
    stands(&house, &other, "provincial_cloud").await;
    let done = classify(&province).await;
    assert_eq!(done["reopened"], 1, "{done}");
    assert_eq!((strategies(&house, "rehost").await, strategies(&house, "retain").await), (1, 1));
    let of = |said: &Json| ["strategy", "by_rules", "review"].map(|key| said[key].as_str().unwrap().to_owned());
    let now = said(&officer, &id).await;
    assert_eq!(
        (of(&now), now["is_outdated"].as_bool()),
        (["rehost", "rehost", "accepted"].map(str::to_owned), Some(false))
    );
    assert_eq!(of(&said(&officer, &other).await), ["retain", "retain", "open"].map(str::to_owned));
    let page = province.get(&format!("/systems/{id}/assessment")).await.body;
    assert!(page.contains("Phương án này đã thực hiện và nghiệm thu"), "{page}");
    // Nor does another answer, nor a second classification.
    let rev = now["rev"].as_i64().unwrap();
    let now = answered(&officer, &id, rev, json!({"criticality": "high"})).await;
    assert_eq!(of(&now), ["rehost", "rehost", "accepted"].map(str::to_owned));
    assert_eq!(classify(&province).await["reopened"], 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn who_says_again_what_is_carried_out_decides_nothing_anew() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "physical"})).await;
    answered(&officer, &id, 0, json!({"bound": "none", "replaced": "no", "shared_platform": "no"})).await;
    let review = async |client: &Client| {
        let said = [("strategy", "refactor"), ("reason", "Phần mềm đã cũ")];
        let review = client.form(&format!("/systems/{id}/review"), &said).await;
        assert_eq!(review.status, StatusCode::SEE_OTHER, "{}", review.body);
    };
    review(&province).await;
    // Decided to move, and moved another way.
    moved(&house, &id).await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24));
    let province = house.as_("tinh").await;
    review(&province).await;
    assert_eq!(classify(&province).await["changed"], 0);
    let now = said(&province, &id).await;
    let of = ["strategy", "by_rules", "review"].map(|key| now[key].as_str().unwrap());
    assert_eq!(of, ["refactor", "rehost", "overruled"], "{now}");
}

#[tokio::test]
async fn what_is_moved_takes_no_room_in_a_wave_and_is_planned_no_more() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let ids = [
        add(&officer, json!({"name": "Ngân sách", "packaging": "physical"})).await,
        add(&officer, json!({"name": "Tài sản", "packaging": "physical"})).await,
    ];
    classify(&province).await;
    let terms = [
        ("rev", "0"),
        ("start_on", "04/01/2027"),
        ("days", "30"),
        ("most_systems", "1"),
        ("most_effort", "900"),
        ("most_waves", "40"),
        ("free_days", "10"),
        ("usual_effort", "20"),
    ];
    assert_eq!(province.form("/systems/waves/terms", &terms).await.status, StatusCode::SEE_OTHER);
    let planned = async || {
        assert_eq!(province.form("/systems/waves", &[]).await.status, StatusCode::SEE_OTHER);
        let all = province.get("/api/v1/systems/waves").await.json();
        let waves = all["waves"].as_array().unwrap();
        let of = |id: &String| {
            let wave = waves.iter().find(|wave| wave["systems"].as_array().unwrap().contains(&json!(id)));
            wave.and_then(|wave| wave["number"].as_i64())
        };
        ids.each_ref().map(of)
    };
    let before = planned().await;
    let (first, second) = if before[0] == Some(1) { (0, 1) } else { (1, 0) };
    assert_eq!((before[first], before[second]), (Some(1), Some(2)), "one in each wave");
    moved(&house, &ids[first]).await;
    let now = planned().await;
    assert_eq!((now[first], now[second]), (None, Some(1)), "the wave has room again");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_wave_item").await, 2, "with which wave it went stays known");
}
