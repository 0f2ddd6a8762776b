//! Plans while some of their waves are over: what has not moved goes on, what is under way stays, and nobody plans into the
//! past.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::{
    house,
    moves::{act, open, plan},
    waves::{TERMS, planned},
};

async fn rev(house: &House) -> String {
    house.count("SELECT COALESCE(MAX(rev), 0) FROM registry_wave_plan").await.to_string()
}

/// Of each system its wave, as the plan has it.
async fn waves_of(client: &Client, ids: &[String]) -> Vec<Option<i64>> {
    let all = client.get("/api/v1/systems/waves").await.json();
    let waves = all["waves"].as_array().unwrap().clone();
    let holds = |wave: &&Json, id: &String| wave["systems"].as_array().unwrap().contains(&json!(id));
    ids.iter().map(|id| waves.iter().find(|wave| holds(wave, id)).and_then(|wave| wave["number"].as_i64())).collect()
}

async fn terms(house: &House, client: &Client, other: &[(&str, &str)]) -> testkit::Answer {
    let rev = rev(house).await;
    let said = TERMS.map(|(name, value)| (name, other.iter().find(|(one, _)| *one == name).map_or(value, |one| one.1)));
    client.form("/systems/waves/terms", &[[("rev", rev.as_str())].as_slice(), &said].concat()).await
}

#[tokio::test]
async fn what_has_not_moved_when_its_wave_is_over_is_named_and_goes_on_to_one_that_is_open() {
    let house = house().await;
    let names = ["Trục", "Một cửa", "Lịch họp"];
    let (officer, steering, ids) = planned(&house, &names, &[]).await;
    assert_eq!(waves_of(&steering, &ids).await, [Some(1), Some(1), Some(1)]);
    let seen = rev(&house).await;
    let by_hand = [("rev", seen.as_str()), ("system", ids[1].as_str()), ("to", "2")];
    assert_eq!(steering.form("/systems/waves/move", &by_hand).await.status, StatusCode::SEE_OTHER);
    let project = open(&officer, &ids[2], &plan()).await;
    assert_eq!(act(&officer, &project, "start", "").await.0, StatusCode::OK);
    assert!(!steering.get("/systems/waves").await.body.contains("còn lại từ các đợt đã qua"));
    // The second wave ends on 4 March.
    house.clock.set(date(2027, 3, 4));
    let steering = house.as_("tinh").await;
    let page = steering.get("/systems/waves").await.body;
    assert!(page.contains("1 hệ thống còn lại từ các đợt đã qua"), "{page}");
    house.clock.set(date(2027, 3, 5));
    let (officer, steering) = (house.as_("so").await, house.as_("tinh").await);
    let page = steering.get("/systems/waves").await.body;
    assert!(page.contains("2 hệ thống còn lại từ các đợt đã qua"), "{page}");
    let list = steering.get("/systems/waves?wave=left").await.body;
    assert!(list.contains("Trục") && list.contains("Một cửa") && !list.contains("Lịch họp"), "{list}");
    let left = steering.get("/api/v1/systems/waves/items?wave=left").await.json();
    assert_eq!(left["items"].as_array().unwrap().len(), 2, "{left}");
    assert!(left["items"].as_array().unwrap().iter().all(|item| item["left_over"] == true), "{left}");
    assert_eq!(&steering.get_bytes("/systems/waves.xlsx").await[..2], b"PK");
    // The form of a project takes nothing from a wave that is over.
    let form = officer.get(&format!("/systems/{}/migrate", ids[0])).await.body;
    let input = form.split("name=\"wave\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(!input.contains("value="), "{input}");
    for _ in 0..2 {
        assert_eq!(steering.form("/systems/waves", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(waves_of(&steering, &ids).await, [Some(3), Some(3), Some(1)], "what is under way stays");
        let page = steering.get("/systems/waves").await.body;
        assert!(!page.contains("còn lại từ các đợt đã qua"), "{page}");
        for why in ["Đợt 1 đã qua mà chưa chuyển.", "Đợt 2 đã qua mà chưa chuyển.", "Đang chuyển."]
        {
            assert!(page.contains(why), "{why}: {page}");
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_wave_item WHERE by_hand").await, 0, "its wave is over");
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn nobody_places_a_system_by_hand_in_a_wave_that_is_over() {
    let house = house().await;
    let (_, _, ids) = planned(&house, &["Trục", "Một cửa"], &[]).await;
    house.clock.set(date(2027, 3, 5));
    let steering = house.as_("tinh").await;
    steering.form("/systems/waves", &[]).await;
    assert_eq!(waves_of(&steering, &ids).await, [Some(3), Some(3)]);
    let page = steering.get("/systems/waves").await.body;
    assert!(!page.contains("name=\"to\" value=\"2\"") && page.contains("name=\"to\" value=\"4\""), "{page}");
    let asked = steering.get(&format!("/systems/waves/move?system={}&to=2", ids[0])).await;
    assert!(asked.location.ends_with(&format!("#to-{}", ids[0])), "{}: {}", asked.status, asked.location);
    let page = steering.get(asked.location.split('#').next().unwrap()).await.body;
    assert!(page.contains("Đợt 2 đã qua. Hãy ghi một số từ 3 đến 40"), "{page}");
    let client = steering.header("if-match", &format!("\"{}\"", rev(&house).await));
    let said = json!({"system": ids[0], "to": 2});
    let refused = client.json(Method::POST, "/api/v1/systems/waves/move", &said).await;
    let code = (refused.status, refused.json()["code"].as_str().map(str::to_owned));
    assert_eq!(code, (StatusCode::UNPROCESSABLE_ENTITY, Some("wave-ended".to_owned())), "{}", refused.body);
    assert_eq!(waves_of(&steering, &ids).await, [Some(3), Some(3)]);
}

#[tokio::test]
async fn a_plan_keeps_its_start_and_takes_no_other_that_is_over() {
    let house = house().await;
    let (_, steering, _) = planned(&house, &["Trục"], &[]).await;
    let past = terms(&house, &steering, &[("start_on", "20/11/2026")]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", past.body);
    assert!(past.body.contains("Ngày này đã qua"), "{}", past.body);
    assert_eq!(terms(&house, &steering, &[("start_on", "21/11/2026")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(terms(&house, &steering, &[]).await.status, StatusCode::SEE_OTHER);
    house.clock.set(date(2027, 3, 5));
    let steering = house.as_("tinh").await;
    // Its waves have their numbers from the start that it has.
    assert_eq!(terms(&house, &steering, &[("most_systems", "20")]).await.status, StatusCode::SEE_OTHER);
    let other = terms(&house, &steering, &[("start_on", "05/01/2027")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
    let seen = steering.get("/api/v1/systems/waves/terms").await.json();
    let client = steering.header("if-match", &format!("\"{}\"", seen["rev"]));
    let said = json!({"start_on": "2027-03-04", "days": 30, "most_systems": 30, "most_effort": 900, "most_waves": 40,
        "free_days": 10, "usual_effort": 20});
    let refused = client.json(Method::POST, "/api/v1/systems/waves/terms", &said).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let fields = refused.json()["errors"].to_string();
    assert!(fields.contains("start_on") && fields.contains("Ngày này đã qua"), "{}", refused.body);
    assert_eq!(steering.get("/api/v1/systems/waves/terms").await.json(), seen);
}

#[tokio::test]
async fn who_needs_what_moves_in_the_last_wave_is_told_so() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa"], &[("most_waves", "1")]).await;
    let needs = [("kind", "runs_on"), ("other", ids[0].as_str())];
    assert_eq!(officer.form(&format!("/systems/{}/links", ids[1]), &needs).await.status, StatusCode::SEE_OTHER);
    steering.form("/systems/waves", &[]).await;
    assert_eq!(waves_of(&steering, &ids).await, [Some(1), None]);
    let page = steering.get("/systems/waves").await.body;
    let why = "Phải sau Trục ở đợt 1, vì cần hệ thống đó; sau đợt đó không còn đợt nào.";
    assert!(page.contains(why) && !page.contains("0 đợt vướng ngày"), "{page}");
    // When that is over too, nothing is left but to say more waves.
    house.clock.set(date(2027, 3, 5));
    let steering = house.as_("tinh").await;
    steering.form("/systems/waves", &[]).await;
    assert_eq!(waves_of(&steering, &ids).await, [None, None]);
    assert!(steering.get("/systems/waves").await.body.contains("Mọi đợt đã qua. Hãy tăng số đợt"));
    assert_eq!(terms(&house, &steering, &[("most_waves", "9")]).await.status, StatusCode::SEE_OTHER);
    steering.form("/systems/waves", &[]).await;
    assert_eq!(waves_of(&steering, &ids).await, [Some(3), Some(4)]);
}
