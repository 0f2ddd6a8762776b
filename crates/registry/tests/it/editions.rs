//! Editions of rules: what is refused, what one would change, how it is put in force and taken back; those that do not fit, or
//! bear a name that another has; a classification over what changed meanwhile.

use axum::http::{Method, StatusCode};
use kernel::Problem;
use registry::usecase::{
    classify::{MEANWHILE, reckon, write},
    in_force::appraiser,
};
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};

use crate::{
    appraise::{add, answered, both, said, strategies},
    house,
};

fn shipped() -> Json {
    serde_json::from_str(portfolio::strategy::SHIPPED).unwrap()
}

async fn propose(client: &Client, table: &Json) -> Answer {
    let sent = json!({"kind": "strategy", "body": table.to_string(), "note": "Thử"});
    client.json(Method::POST, "/api/v1/systems/rules", &sent).await
}

/// The table that ships under another version; what runs in containers is to be changed on the way.
fn version(version: &str) -> Json {
    let mut table = shipped();
    table["edition"]["version"] = version.into();
    let rules = table["parts"][1]["rules"].as_array_mut().unwrap();
    rules.iter_mut().find(|rule| rule["key"] == "containers").unwrap()["answer"] = "replatform".into();
    rules.iter_mut().find(|rule| rule["key"] == "machines").unwrap()["rank"] = 41.into();
    table
}

#[tokio::test]
async fn a_table_with_a_gap_or_a_contradiction_is_refused_with_the_case_that_shows_it() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let rules = |table: &Json| table["parts"][1]["rules"].as_array().unwrap().clone();
    let mut gap = shipped();
    gap["parts"][1]["rules"] = rules(&gap).into_iter().filter(|rule| rule["rank"] != 0).collect();
    let refused = propose(&province, &gap).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let told = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(told.contains("Phương án chuyển đổi: không quy tắc nào trả lời") && told.contains("chưa biết"), "{told}");
    let mut both_ways = shipped();
    let against = json!({"key": "against", "rank": 90, "answer": "rehost", "say": {"vi": "Ngược", "en": "Against"},
        "when": {"fact": "special_hardware", "is": true}});
    both_ways["parts"][1]["rules"] = rules(&both_ways).into_iter().chain([against]).collect();
    let told = propose(&province, &both_ways).await.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    for words in
        ["device", "against", "Giữ nguyên", "Chuyển nguyên trạng", "Gắn với thiết bị riêng không có trên đám mây: có"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    // The form says the same, and what was typed stays.
    let body = both_ways.to_string();
    let form = province.form("/systems/rules/new", &[("kind", "strategy"), ("body", &body)]).await;
    assert!(form.status == StatusCode::UNPROCESSABLE_ENTITY && form.body.contains("against"), "{}", form.body);
    let broken = json!({"kind": "strategy", "body": "{\"edition\": 1"});
    let broken = province.json(Method::POST, "/api/v1/systems/rules", &broken).await;
    assert!(broken.body.contains("dòng 1"), "{}", broken.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules").await, 0);
    assert_eq!(propose(&officer, &shipped()).await.status, StatusCode::FORBIDDEN);
    assert!(officer.get("/systems/rules").await.body.contains("Thông tin bí mật nhà nước nằm trên mạng độc lập"));
}

#[tokio::test]
async fn an_edition_shows_what_it_would_change_is_put_in_force_and_taken_back() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    province.form("/systems/assessment", &[]).await;
    let kept = propose(&province, &version("2")).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let edition = kept.json()["id"].as_str().unwrap().to_owned();
    let shown = province.get(&format!("/systems/rules/{edition}")).await.body;
    assert!(shown.contains("1 trên 1 hệ thống đổi phương án") && shown.contains("Chuyển có điều chỉnh"), "{shown}");
    assert_eq!(strategies(&house, "relocate").await, 1, "a proposal changes nothing");
    let put = format!("/systems/rules/{edition}/use");
    assert!(province.get(&put).await.body.contains("Mọi hệ thống được phân loại lại ngay"));
    assert_eq!(officer.form(&put, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(province.form(&put, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(province.form(&put, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(
        (strategies(&house, "replatform").await, said(&officer, &id).await["rules"].as_str()),
        (1, Some("cloud-strategy 2"))
    );
    province.form(&format!("/undo/{}", house.newest("rules.use").await), &[]).await;
    assert_eq!((strategies(&house, "relocate").await, strategies(&house, "replatform").await), (1, 0));
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules WHERE state = 'in_force'").await, 0);
    // Weights go the same way.
    let same = province.form("/systems/weights", &[("w_criticality", "30")]).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = province.form("/systems/weights", &[("w_criticality", "60"), ("note", "Theo họp giao ban")]).await;
    assert!(other.location.starts_with("/systems/rules/rules_"), "{} {}", other.location, other.body);
    assert!(province.get(&other.location).await.body.contains("cloud-priority 2"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn an_edition_in_force_that_the_questions_reject_gives_way_and_the_pages_say_so() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    province.form("/systems/assessment", &[]).await;
    let edition = propose(&province, &version("2")).await.json()["id"].as_str().unwrap().to_owned();
    let (page, put) = (format!("/systems/rules/{edition}"), format!("/systems/rules/{edition}/use"));
    assert_eq!(province.form(&put, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(strategies(&house, "replatform").await, 1);
    let (given_way, said_of_it) = ("Bản đang áp dụng không còn khớp", "Đưa tệp vào lại để xem lỗi");
    let all = [
        (&province, "/systems/assessment".to_owned()),
        (&province, "/systems/rules".into()),
        (&province, "/systems/weights".into()),
        (&province, format!("/systems/{id}/review")),
        (&officer, format!("/systems/{id}/assessment")),
        (&officer, format!("/systems/{id}/assessment/ground")),
    ];
    for (client, path) in &all {
        assert!(!client.get(path).await.body.contains(given_way), "{path}");
    }
    assert!(!province.get(&page).await.body.contains(said_of_it));
    // Questions of a later version of the program are about a table of another name.
    house
        .exec(
            "UPDATE registry_rules SET body = REPLACE(body, 'cloud-strategy', 'old-strategy') WHERE id IS NOT NULL",
            vec![],
        )
        .await;
    for (client, path) in &all {
        let shown = client.get(path).await;
        assert!(shown.status == StatusCode::OK && shown.body.contains(given_way), "{path}: {}", shown.body);
    }
    let shown = province.get(&page).await;
    assert!(shown.status == StatusCode::OK && shown.body.contains(said_of_it), "{}", shown.body);
    // What the program brings decides.
    let now = said(&officer, &id).await;
    assert_eq!(
        (now["by_rules"].as_str(), now["rules"].as_str()),
        (Some("relocate"), Some("cloud-strategy 1")),
        "{now}"
    );
    assert_eq!(province.form("/systems/assessment", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((strategies(&house, "relocate").await, strategies(&house, "replatform").await), (1, 0));
    // It cannot be put in force.
    house.exec("UPDATE registry_rules SET state = 'proposed' WHERE id IS NOT NULL", vec![]).await;
    for refused in [province.get(&put).await, province.form(&put, &[]).await] {
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains(said_of_it), "{}", refused.body);
    }
    assert!(!province.get("/systems/rules").await.body.contains(given_way));
}

#[tokio::test]
async fn no_two_editions_and_no_two_rules_of_a_part_bear_one_name() {
    let house = house().await;
    let (_, province) = both(&house).await;
    assert_eq!(propose(&province, &version("2")).await.status, StatusCode::OK);
    for (table, name) in [(version("2"), "cloud-strategy 2"), (shipped(), "cloud-strategy 1")] {
        let refused = propose(&province, &table).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", refused.body);
        let told = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(told.contains(name) && told.contains("chẳng hạn 3"), "{told}");
    }
    let mut twice = version("3");
    let rules = twice["parts"][1]["rules"].as_array_mut().unwrap();
    let first = rules[0].clone();
    rules.push(first.clone());
    let refused = propose(&province, &twice).await;
    let told = format!("“{}” được dùng hai lần", first["key"].as_str().unwrap());
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(&told), "{}", refused.body);
    // A version that stands in the file twice is none.
    let body = version("3").to_string().replacen("\"version\":\"3\"", "\"version\":\"3\",\"version\":\"4\"", 1);
    assert!(body.contains("\"4\""), "{body}");
    let form = [("kind", "strategy"), ("body", body.as_str())];
    assert_eq!(province.form("/systems/rules/new", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules").await, 1);
    // Weights take the next version that is free, also beside a proposal.
    for weight in ["60", "70"] {
        let kept = province.form("/systems/weights", &[("w_criticality", weight)]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_rules WHERE edition = 'cloud-priority 3'").await, 1);
}

/// What is written of a classification that was reckoned before `meanwhile`.
async fn written_after<F: Future<Output = ()>>(house: &House, meanwhile: F) -> Result<(), Problem> {
    let (core, ctx) = (&house.app, house.system());
    let appraiser = &appraiser(&core.db().read()).await.unwrap();
    let said = &reckon(core, &ctx, appraiser).await.unwrap();
    meanwhile.await;
    core.db().write(&ctx, |tx| async move { write(&tx, appraiser, said).await }).await
}

#[tokio::test]
async fn what_was_reckoned_is_not_written_over_what_changed_since() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    let stops = || json!({"bound": "none", "replaced": "no", "shared_platform": "yes"});
    let first = written_after(&house, async {
        answered(&officer, &id, 0, stops()).await;
    });
    assert_eq!(first.await.unwrap_err().code, MEANWHILE, "somebody assessed it for the first time");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_assessment WHERE answered = 3").await, 1, "theirs stays");
    // The inventory changed, and the classification would say so, but that somebody answers again.
    house.exec("UPDATE registry_system SET state = 'building' WHERE id IS NOT NULL", vec![]).await;
    let second = written_after(&house, async {
        answered(&officer, &id, 1, json!({"shared_platform": "no"})).await;
    });
    assert_eq!(second.await.unwrap_err().code, MEANWHILE, "its assessment is another");
    house.exec("UPDATE registry_system SET strategy = NULL WHERE id IS NOT NULL", vec![]).await;
    let third = written_after(&house, async {
        house.exec("UPDATE registry_system SET rev = rev + 1 WHERE id IS NOT NULL", vec![]).await;
    });
    assert_eq!(third.await.unwrap_err().code, MEANWHILE, "the system is another");
    let put = propose(&province, &version("2")).await.json()["id"].as_str().unwrap().to_owned();
    house.exec("UPDATE registry_system SET strategy = NULL WHERE id IS NOT NULL", vec![]).await;
    let fourth = written_after(&house, async {
        province.form(&format!("/systems/rules/{put}/use"), &[]).await;
    });
    assert_eq!(fourth.await.unwrap_err().code, MEANWHILE, "the rules are others");
    // Nothing of it was left half done.
    assert_eq!(province.form("/systems/assessment", &[]).await.status, StatusCode::SEE_OTHER);
    let (kept, system) = (said(&officer, &id).await, house.count("SELECT COUNT(strategy) FROM registry_system").await);
    assert_eq!((kept["is_outdated"].as_bool(), system), (Some(false), 1), "{kept}");
}
