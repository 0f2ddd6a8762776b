//! Assessment: answers lead to a decision, a reviewer decides otherwise and takes it back, and all are classified at once.

use std::{collections::HashMap, sync::Arc};

use axum::http::{Method, StatusCode};
use kernel::{Ctx, Problem, Role};
use registry::{
    model::{SystemId, appraiser::Fields},
    sources::{AnswerSource, AnswerSources},
};
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::{house, house_of};

pub const OWNER: &str = "Sở Tài chính";

pub async fn add(client: &Client, system: Json) -> String {
    let mut said = json!({"owner": OWNER, "state": "operating", "since": 2024, "hosting": "own_room"});
    said.as_object_mut().unwrap().extend(system.as_object().unwrap().clone());
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub async fn said(client: &Client, id: &str) -> Json {
    client.get(&format!("/api/v1/systems/{id}/assessment")).await.json()
}

pub async fn answered(client: &Client, id: &str, rev: i64, answers: Json) -> Json {
    let path = format!("/api/v1/systems/{id}/assessment");
    let sent = client.header("if-match", &format!("\"{rev}\""));
    let answer = sent.json(Method::PATCH, &path, &json!({ "answers": answers })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

pub async fn strategies(house: &House, strategy: &str) -> i64 {
    house.count(&format!("SELECT COUNT(*) FROM registry_system WHERE strategy = '{strategy}'")).await
}

/// The officer of the owner, and who steers the province's plans.
pub async fn both(house: &House) -> (Client, Client) {
    let officer = house.person("so", OWNER, Role::OFFICER).await;
    (officer, house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await)
}

#[tokio::test]
async fn the_inventory_is_asked_for_nothing_twice_and_answers_lead_to_a_decision() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "virtual"})).await;
    let before = said(&officer, &id).await;
    assert_eq!((before["rev"].as_i64(), before["strategy"].as_str()), (Some(0), Some("rehost")), "{before}");
    let by = |said: &Json, key: &str| {
        let all = said["answers"].as_array().unwrap().iter();
        all.clone().find(|one| one["question"] == key).unwrap()["by"].as_str().unwrap().to_owned()
    };
    assert_eq!((by(&before, "bound").as_str(), by(&before, "hosting").as_str()), ("open", "inventory"));
    // A screen of each group; what is prefilled is said.
    let screen = format!("/systems/{id}/assessment/ground");
    let shown = officer.get(&screen).await.body;
    assert!(shown.contains("name=\"q_bound\"") && !shown.contains("name=\"q_lifecycle\""), "{shown}");
    let sent = [("rev", "0"), ("shown", "bound"), ("q_bound", "none")];
    let saved = officer.form(&screen, &sent).await;
    assert!(saved.location.starts_with(&screen), "what it opened is asked next: {}", saved.location);
    let shown = officer.get(&screen).await.body;
    assert!(shown.contains("name=\"q_lifecycle\"") && shown.contains("Đã điền sẵn từ danh mục"), "{shown}");
    // What says the same as the inventory is not kept as somebody's word.
    let sent = [("rev", "1"), ("shown", "bound,lifecycle"), ("q_bound", "none"), ("q_lifecycle", "operating")];
    officer.form(&screen, &sent).await;
    assert_eq!(house.count("SELECT answered FROM registry_assessment").await, 1);
    // Over a state that somebody else changed nothing is written, and the form is asked again.
    assert_eq!(officer.form(&screen, &sent).await.status, StatusCode::PRECONDITION_FAILED);
    let wrong = officer.header("if-match", "\"2\"");
    let path = format!("/api/v1/systems/{id}/assessment");
    let wrong = wrong.json(Method::PATCH, &path, &json!({"answers": {"bound": "luck", "colour": "red"}})).await;
    assert_eq!((wrong.status, wrong.json()["errors"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    let done = answered(&officer, &id, 2, json!({"replaced": "no", "shared_platform": "yes"})).await;
    assert_eq!((done["strategy"].as_str(), done["eligible"].as_bool()), (Some("retire"), Some(true)), "{done}");
    assert_eq!(done["parts"][1]["because"][0]["rule"], "shared");
    assert_eq!(strategies(&house, "retire").await, 1);
    let page = officer.get(&format!("/systems/{id}/assessment")).await.body;
    assert!(page.contains("Dùng nền tảng dùng chung") && page.contains("Dừng sử dụng"), "{page}");
    // Who only sees it, or does not, answers nothing.
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.form(&screen, &sent).await.status, StatusCode::NOT_FOUND);
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    assert_eq!(leader.form(&screen, &sent).await.status, StatusCode::FORBIDDEN);
    assert_eq!(said(&province, &id).await["strategy"], "retire");
    house.lake_is_as_the_rows().await;
    house.registers_agree().await;
}

/// Has counted who uses a system, and says where it stands, which the inventory says first; of one that is not named here it
/// knows nothing.
#[derive(Debug)]
struct Exchange;

#[async_trait::async_trait]
impl AnswerSource for Exchange {
    fn code(&self) -> &'static str {
        "exchange"
    }

    async fn known(&self, _: &Ctx, systems: &[SystemId]) -> Result<HashMap<SystemId, Fields>, Problem> {
        let fields = json!({"hosting": "foreign_cloud", "users": 900, "criticality": null});
        let fields = fields.as_object().unwrap();
        Ok(systems.iter().map(|id| (*id, fields.clone())).collect())
    }
}

#[tokio::test]
async fn an_answer_that_another_source_proposes_says_from_where_and_the_inventory_goes_before_it() {
    let house = house_of().with(AnswerSources(vec![Arc::new(Exchange)])).await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách"})).await;
    let answer = |said: &Json, key: &str| {
        let mut all = said["answers"].as_array().unwrap().iter();
        all.find(|one| one["question"] == key).unwrap()["by"].as_str().unwrap().to_owned()
    };
    let before = said(&officer, &id).await;
    for (key, by) in [("hosting", "inventory"), ("users", "exchange"), ("criticality", "open")] {
        assert_eq!(answer(&before, key), by, "{key}: {before}");
    }
    let page = officer.get(&format!("/systems/{id}/assessment")).await.body;
    assert!(page.contains("đã điền sẵn từ danh mục") && page.contains("đã điền sẵn từ trục liên thông"), "{page}");
    let english = officer.with_cookie("dinh_lang=en").get(&format!("/systems/{id}/assessment")).await.body;
    assert!(english.contains("pre-filled from the exchange"), "{english}");
    // What all are classified by is what the page shows; what is proposed is nobody's word.
    let path = "/api/v1/systems/classify";
    assert_eq!(province.json(Method::POST, path, &json!({})).await.status, StatusCode::OK);
    let facts = "SELECT COUNT(*) FROM registry_assessment WHERE answered = 0 AND facts LIKE '%\"users\":900%' \
        AND facts LIKE '%own_room%'";
    assert_eq!(house.count(facts).await, 1);
    let done = answered(&officer, &id, 1, json!({"bound": "none", "users": "900"})).await;
    assert_eq!((answer(&done, "users").as_str(), answer(&done, "bound").as_str()), ("exchange", "person"));
    let screen = officer.get(&format!("/systems/{id}/assessment/use")).await.body;
    assert!(screen.contains("Đã điền sẵn theo số liệu của trục liên thông"), "{screen}");
    assert_eq!(house.count("SELECT answered FROM registry_assessment").await, 1);
    let done = answered(&officer, &id, 2, json!({"users": "40"})).await;
    assert_eq!(answer(&done, "users"), "person");
}

#[tokio::test]
async fn the_effort_that_is_typed_on_the_last_screen_is_kept() {
    let house = house().await;
    let (officer, _) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách"})).await;
    let screen = format!("/systems/{id}/assessment/choice");
    assert!(officer.get(&screen).await.body.contains("name=\"effort\""), "the form sends what is read");
    let sent = [("rev", "0"), ("shown", ""), ("has_effort", "1"), ("effort", "35")];
    assert_eq!(officer.form(&screen, &sent).await.status, StatusCode::SEE_OTHER);
    assert!(officer.get(&screen).await.body.contains("value=\"35\""));
    let wrong = [("rev", "1"), ("shown", ""), ("has_effort", "1"), ("effort", "-1")];
    assert_eq!(officer.form(&screen, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_assessment WHERE effort = 35").await, 1);
}

#[tokio::test]
async fn a_reviewer_decides_otherwise_says_why_and_takes_it_back() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    let review = format!("/systems/{id}/review");
    let overrule = [("strategy", "refactor"), ("reason", "Sẽ gộp với hệ thống kế toán mới.")];
    assert_eq!(province.form(&review, &overrule).await.status, StatusCode::CONFLICT, "nothing is classified yet");
    assert_eq!(officer.form("/systems/assessment", &[]).await.status, StatusCode::FORBIDDEN);
    let entries = house.ledger_length().await;
    assert_eq!(province.form("/systems/assessment", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((strategies(&house, "relocate").await, house.ledger_length().await), (1, entries + 1));
    assert_eq!(officer.form(&review, &overrule).await.status, StatusCode::FORBIDDEN);
    let refused = province.form(&review, &[("strategy", "refactor"), ("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("phải có lý do"), "{}", refused.body);
    assert_eq!(province.form(&review, &overrule).await.status, StatusCode::SEE_OTHER);
    assert_eq!((strategies(&house, "relocate").await, strategies(&house, "refactor").await), (0, 1));
    assert!(province.get("/systems/assessment").await.body.contains("100 % (1/1)"));
    // The rules' word stands beside it, and a new classification leaves it.
    province.form("/systems/assessment", &[]).await;
    let now = said(&officer, &id).await;
    let three = (now["strategy"].as_str(), now["by_rules"].as_str(), now["review"].as_str());
    assert_eq!(three, (Some("refactor"), Some("relocate"), Some("overruled")), "{now}");
    let undo = format!("/undo/{}", house.newest("assessment.overrule").await);
    assert_eq!(officer.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(province.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((strategies(&house, "relocate").await, strategies(&house, "refactor").await), (1, 0));
    // To choose what the rules say is to accept it.
    assert_eq!(province.form(&review, &[("strategy", "relocate"), ("reason", "")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(said(&officer, &id).await["review"], "accepted");
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_is_reviewed_is_what_was_read() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let id = add(&officer, json!({"name": "Ngân sách", "packaging": "container"})).await;
    province.form("/systems/assessment", &[]).await;
    let review = format!("/systems/{id}/review");
    let shown = province.get(&review).await.body;
    assert!(
        shown.contains("name=\"rev\" value=\"1\"") && shown.contains("Nếu biết thêm, kết quả có thể khác"),
        "{shown}"
    );
    answered(&officer, &id, 1, json!({"bound": "none", "replaced": "no", "shared_platform": "yes"})).await;
    let stale = province.form(&review, &[("rev", "1")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    assert_eq!(said(&officer, &id).await["review"], "open");
    assert_eq!(province.form(&review, &[("rev", "2")]).await.status, StatusCode::SEE_OTHER);
    // What the inventory says since is shown and accepted at once, without a classification between.
    let other = add(&officer, json!({"name": "Tài sản", "packaging": "container"})).await;
    province.form("/systems/assessment", &[]).await;
    house.exec("UPDATE registry_system SET packaging = 'physical' WHERE name = 'Tài sản'", vec![]).await;
    assert_eq!(said(&officer, &other).await["by_rules"], "rehost");
    province.form(&format!("/systems/{other}/review"), &[("rev", "1")]).await;
    assert_eq!((strategies(&house, "rehost").await, strategies(&house, "relocate").await), (1, 0));
    let now = said(&officer, &other).await;
    assert_eq!((now["review"].as_str(), now["is_outdated"].as_bool()), (Some("accepted"), Some(false)), "{now}");
}

#[tokio::test]
async fn classifying_again_writes_only_what_changed() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    for n in 0..30 {
        add(&officer, json!({"name": format!("Phần mềm {n}"), "packaging": "physical"})).await;
    }
    add(&officer, json!({"name": "Máy chủ", "kind": "server"})).await;
    // What nobody has classified is said, to whom may do it with where.
    let leads = async |client: &Client| client.get("/systems").await.body.contains("Phân loại để chuyển đổi");
    assert!(leads(&province).await && !leads(&officer).await);
    let open = async || province.get("/systems/assessment").await.body;
    assert!(open().await.contains("30 hệ thống chưa phân loại"), "{}", open().await);
    let done = province.json(Method::POST, "/api/v1/systems/classify", &json!({})).await.json();
    assert!(!open().await.contains("chưa phân loại"), "{}", open().await);
    assert_eq!((done["systems"].as_i64(), done["changed"].as_i64()), (Some(30), Some(30)), "{done}");
    let revs = house.count("SELECT MAX(rev) FROM registry_system").await;
    let entries = house.ledger_length().await;
    let again = province.json(Method::POST, "/api/v1/systems/classify", &json!({})).await.json();
    assert_eq!(house.ledger_length().await, entries, "where nothing changed nothing is written");
    assert_eq!((again["changed"].as_i64(), again["strategies"].as_i64()), (Some(0), Some(0)), "{again}");
    assert_eq!(house.count("SELECT MAX(rev) FROM registry_system").await, revs);
    assert!(officer.get("/systems?strategy=rehost").await.body.contains("Phần mềm 7"));
    // What was entered by mistake keeps its assessment and is counted no more.
    let share = async || officer.get("/systems/assessment").await.body.contains("/systems?strategy=rehost\">29</a>");
    assert!(!share().await);
    house.exec("UPDATE registry_system SET state = 'mistaken' WHERE name = 'Phần mềm 7'", vec![]).await;
    assert!(share().await);
}

#[tokio::test]
async fn answers_of_a_system_that_is_alike_are_offered_with_how_much_agrees() {
    let house = house().await;
    let (officer, _) = both(&house).await;
    let one = add(&officer, json!({"name": "Kế toán", "packaging": "physical"})).await;
    let other = add(&officer, json!({"name": "Tài sản", "packaging": "physical"})).await;
    answered(&officer, &one, 0, json!({"bound": "none", "replaced": "no", "shared_platform": "no"})).await;
    let page = officer.get(&format!("/systems/{other}/assessment")).await.body;
    assert!(page.contains("Hệ thống tương tự đã trả lời") && page.contains("Kế toán"), "{page}");
    let copy = format!("/systems/{other}/copy");
    assert_eq!(officer.form(&copy, &[("from", &one)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_assessment WHERE answered = 3").await, 2);
    assert_eq!(officer.form(&copy, &[("from", &one)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Of a system that one may not see nothing is taken over.
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let theirs = add(&doctor, json!({"name": "Bệnh án", "owner": "Sở Y tế"})).await;
    assert_eq!(doctor.form(&format!("/systems/{theirs}/copy"), &[("from", &one)]).await.status, StatusCode::NOT_FOUND);
    let undo = format!("/undo/{}", house.newest("assessment.copy").await);
    assert_eq!(officer.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_assessment").await, 1);
}
