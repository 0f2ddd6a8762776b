//! Assessment, rules, waves and impact: answers lead to a decision, a reviewer decides otherwise and takes it back, rules are
//! checked, waves follow dependencies.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::house;

const OWNER: &str = "Sở Tài chính";

pub async fn add(client: &Client, system: Json) -> String {
    let mut said = json!({"owner": OWNER, "state": "operating", "since": 2024, "hosting": "own_room"});
    said.as_object_mut().unwrap().extend(system.as_object().unwrap().clone());
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn needs(client: &Client, from: &str, to: &str, kind: &str) {
    let answer = client.form(&format!("/systems/{from}/links"), &[("kind", kind), ("other", to)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
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
    let done = province.json(Method::POST, "/api/v1/systems/classify", &json!({})).await.json();
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

pub fn shipped() -> Json {
    serde_json::from_str(portfolio::strategy::SHIPPED).unwrap()
}

pub async fn propose(client: &Client, table: &Json) -> testkit::Answer {
    let sent = json!({"kind": "strategy", "body": table.to_string(), "note": "Thử"});
    client.json(Method::POST, "/api/v1/systems/rules", &sent).await
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
    let mut table = shipped();
    table["edition"]["version"] = "2".into();
    let rules = table["parts"][1]["rules"].as_array_mut().unwrap();
    let rule = rules.iter_mut().find(|rule| rule["key"] == "containers").unwrap();
    rule["answer"] = "replatform".into();
    rules.iter_mut().find(|rule| rule["key"] == "machines").unwrap()["rank"] = 41.into();
    let kept = propose(&province, &table).await;
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

/// A platform, what runs on it, and two that stand on each other.
async fn four(officer: &Client) -> [String; 4] {
    let name = |name: &str, more: Json| {
        let mut said = json!({"name": name, "packaging": "physical", "code": format!("H.{}", name.len())});
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        said
    };
    let base = add(officer, name("Trục", json!({"kind": "platform", "criticality": "ordinary"}))).await;
    let upper = add(officer, name("Một cửa", json!({"criticality": "critical"}))).await;
    let one = add(officer, name("Văn bản đến", json!({}))).await;
    let other = add(officer, name("Văn bản đi", json!({}))).await;
    needs(officer, &upper, &base, "runs_on").await;
    needs(officer, &one, &other, "depends_on").await;
    needs(officer, &other, &one, "depends_on").await;
    [base, upper, one, other]
}

const TERMS: [(&str, &str); 8] = [
    ("rev", "0"),
    ("start_on", "04/01/2027"),
    ("days", "30"),
    ("most_systems", "3"),
    ("most_effort", "100"),
    ("most_waves", "12"),
    ("free_days", "10"),
    ("usual_effort", "20"),
];

/// The revision of the plan that stands on its pages now.
async fn seen_rev(house: &House) -> String {
    house.count("SELECT rev FROM registry_wave_plan").await.to_string()
}

async fn by_hand(house: &House, client: &Client, system: &str, to: &str) -> testkit::Answer {
    let rev = seen_rev(house).await;
    client.form("/systems/waves/move", &[("rev", &rev), ("system", system), ("to", to)]).await
}

#[tokio::test]
async fn a_project_is_opened_from_its_wave_and_counts_there() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, ..] = four(&officer).await;
    assert_eq!(province.get("/api/v1/migrations/waves").await.json(), json!([]));
    province.form("/systems/assessment", &[]).await;
    province.form("/systems/waves/terms", &TERMS).await;
    province.form("/systems/waves", &[]).await;
    let sum = async |client: &Client, of: &str| {
        let all = client.get("/api/v1/migrations/waves").await.json();
        all.as_array().unwrap().iter().map(|wave| wave[of].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!((sum(&officer, "systems").await, sum(&officer, "unopened").await), (4, 4));
    let first = officer.get("/api/v1/migrations/waves").await.json()[0].clone();
    let days = ["from", "to"].map(|day| first[day].as_str().unwrap());
    assert_eq!((first["wave"].as_i64(), days), (Some(1), ["2027-01-04", "2027-02-02"]));
    // Whoever sees none of the systems counts none.
    let stranger = house.person("yte2", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get("/api/v1/migrations/waves").await.json(), json!([]));
    let form = officer.get(&format!("/systems/{base}/migrate")).await.body.replace("&#x2f;", "/");
    let filled = [
        ("wave", ["1", "1"]),
        ("window_begins", ["2027-01-04", "04/01/2027"]),
        ("window_ends", ["2027-02-02", "02/02/2027"]),
    ];
    for (name, values) in filled {
        let is_filled = form.split("<input").any(|input| {
            let input = input.split('>').next().unwrap();
            let is_so = |value: &str| input.contains(&format!("value=\"{value}\""));
            input.contains(&format!("name=\"{name}\"")) && values.into_iter().any(is_so)
        });
        assert!(is_filled, "{name}: {form}");
    }
    let page = officer.get("/migrations/waves?wave=1").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&format!("href=\"/systems/{base}/migrate\"")), "{page}");
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud", "wave": 1});
    let opened = officer.json(Method::POST, &format!("/api/v1/systems/{base}/migrations"), &plan).await;
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    assert_eq!((sum(&officer, "planned").await, sum(&officer, "unopened").await), (1, 3));
    let page = officer.get("/migrations/waves?wave=1").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&format!("href=\"/migrations/{id}\"")), "{page}");
    assert!(!page.contains(&format!("/systems/{base}/migrate")), "{page}");
    // What was cancelled is no project.
    let cancel = json!({"act": "cancel", "rev": 1, "reason": "Chờ kinh phí"});
    officer.json(Method::POST, &format!("/api/v1/migrations/{id}/acts"), &cancel).await;
    assert_eq!((sum(&officer, "planned").await, sum(&officer, "unopened").await), (0, 4));
}

#[tokio::test]
async fn waves_follow_dependencies_and_a_change_by_hand_says_what_it_breaks() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, one, other] = four(&officer).await;
    province.form("/systems/assessment", &[]).await;
    assert_eq!(province.form("/systems/waves", &[]).await.status, StatusCode::CONFLICT, "no terms yet");
    assert_eq!(officer.form("/systems/waves/terms", &TERMS).await.status, StatusCode::FORBIDDEN);
    let mut wrong = TERMS;
    wrong[7] = ("blackouts", "tết");
    let refused = province.form("/systems/waves/terms", &wrong).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("tết"), "{}", refused.body);
    assert_eq!(province.form("/systems/waves/terms", &TERMS).await.status, StatusCode::SEE_OTHER);
    assert_eq!(province.form("/systems/waves", &[]).await.status, StatusCode::SEE_OTHER);
    let waves = async || {
        let all = province.get("/api/v1/systems/waves").await.json();
        let of = |id: &String| {
            let waves = all["waves"].as_array().unwrap().iter();
            waves
                .clone()
                .find(|wave| wave["systems"].as_array().unwrap().contains(&json!(id)))
                .map(|wave| wave["number"].clone())
        };
        [&base, &upper, &one, &other].map(|id| of(id).and_then(|number| number.as_i64()))
    };
    let planned = waves().await;
    assert!(planned[0] < planned[1], "what is needed moves first: {planned:?}");
    assert_eq!(planned[2], planned[3], "a ring moves together");
    let page = province.get("/systems/waves").await.body;
    assert!(
        page.contains("Nhóm phụ thuộc vòng, phải chuyển cùng nhau: 1") && page.contains("Sau Trục ở đợt 1"),
        "{page}"
    );
    // The same inventory gives the same plan: planned again, no place changes.
    let rows = house.count("SELECT COUNT(*) FROM registry_wave_item").await;
    province.form("/systems/waves", &[]).await;
    assert_eq!((waves().await, house.count("SELECT COUNT(*) FROM registry_wave_item").await), (planned, rows));
    // Before it is done it is said what it breaks.
    let ask = province.get(&format!("/systems/waves/move?system={upper}&to=1")).await.body;
    assert!(ask.contains("Một cửa chuyển trước hoặc cùng lúc với Trục"), "{ask}");
    let rev = seen_rev(&house).await;
    assert!(ask.contains(&format!("name=\"rev\" value=\"{rev}\"")), "{ask}");
    let change = [("rev", rev.as_str()), ("system", upper.as_str()), ("to", "1")];
    assert_eq!(officer.form("/systems/waves/move", &change).await.status, StatusCode::FORBIDDEN);
    assert_eq!(province.form("/systems/waves/move", &change).await.status, StatusCode::SEE_OTHER);
    assert_eq!(waves().await[1], Some(1));
    assert!(province.get("/systems/waves").await.body.contains("Kế hoạch vi phạm"));
    province.form(&format!("/undo/{}", house.newest("waves.move").await), &[]).await;
    assert_eq!(waves().await, planned);
    // A ring is moved as one.
    let ask = province.get(&format!("/systems/waves/move?system={one}&to=5")).await.body;
    assert!(ask.contains("Cùng chuyển vì phụ thuộc vòng: Văn bản đến, Văn bản đi"), "{ask}");
    assert_eq!(by_hand(&house, &province, &one, "5").await.status, StatusCode::SEE_OTHER);
    assert_eq!((waves().await[2], waves().await[3]), (Some(5), Some(5)));
    let no_wave = by_hand(&house, &province, &one, "99").await;
    assert_eq!(no_wave.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Who sees none of these systems sees no names in the plan, nor in the workbook.
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let page = doctor.get("/systems/waves").await.body;
    assert!(!page.contains("Một cửa") && page.contains("một hệ thống bạn không được xem"), "{page}");
    assert!(province.get("/systems/waves").await.body.contains(">20</td>") && !page.contains(">20</td>"), "{page}");
    assert_eq!(&province.get_bytes("/systems/waves.xlsx").await[..2], b"PK");
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn only_what_is_to_move_stands_in_the_waves_and_none_of_it_gets_lost() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, ..] = four(&officer).await;
    let (base_row, upper_row) = (format!("/systems/{base}/assessment\""), format!("/systems/{upper}/assessment\""));
    province.form("/systems/assessment", &[]).await;
    province.form("/systems/waves/terms", &TERMS).await;
    province.form("/systems/waves", &[]).await;
    let page = async || province.get("/systems/waves").await.body;
    assert!(page().await.contains(&base_row));
    // What a reviewer leaves where it is has no place any more, though the plan is of before.
    let stays = [("strategy", "retain"), ("reason", "Sẽ thay bằng trục của bộ.")];
    province.form(&format!("/systems/{base}/review"), &stays).await;
    assert!(!page().await.contains(&base_row));
    // Of fewer waves than there were, the systems of those that are gone stand among those without one.
    by_hand(&house, &province, &upper, "9").await;
    let rev = house.count("SELECT rev FROM registry_wave_plan").await.to_string();
    let mut fewer = TERMS;
    fewer[0] = ("rev", rev.as_str());
    fewer[5] = ("most_waves", "5");
    assert_eq!(province.form("/systems/waves/terms", &fewer).await.status, StatusCode::SEE_OTHER);
    let shown = page().await;
    let without = shown.split("<h2>Chưa xếp được</h2>").nth(1);
    assert!(without.is_some_and(|rows| rows.contains(&upper_row)), "{shown}");
    // What was placed by hand stays so until somebody says otherwise.
    province.form("/systems/waves", &[]).await;
    assert!(page().await.contains("<h2>Chưa xếp được</h2>") && page().await.contains("1 hệ thống xếp tay"));
    let loose = [("rev", seen_rev(&house).await), ("system", String::new())];
    let loose = loose.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(province.form("/systems/waves/loose", &loose).await.status, StatusCode::SEE_OTHER);
    province.form("/systems/waves", &[]).await;
    let shown = page().await;
    assert!(!shown.contains("<h2>Chưa xếp được</h2>") && !shown.contains("hệ thống xếp tay"), "{shown}");
    assert!(shown.contains(&upper_row), "{shown}");
}

#[tokio::test]
async fn what_breaks_is_told_with_its_chain_to_those_who_must_know() {
    let house = house().await;
    let (officer, province) = both(&house).await;
    let [base, upper, one, _] = four(&officer).await;
    needs(&officer, &upper, &one, "shares_data").await;
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let theirs = add(&doctor, json!({"name": "Bệnh án", "owner": "Sở Y tế"})).await;
    officer.form(&format!("/systems/{base}/links"), &[("kind", "used_by"), ("other", "Sở Y tế")]).await;
    needs(&doctor, &theirs, &base, "depends_on").await;
    let path = format!("/api/v1/systems/{base}/impact");
    let said = province.get(&path).await.json();
    assert_eq!(
        (said["stops"].as_i64(), said["degraded"].as_i64(), said["unseen"].as_i64()),
        (Some(2), Some(1), Some(0)),
        "{said}"
    );
    let chain = |name: &str| {
        let struck = said["struck"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        (struck["effect"].as_str().unwrap().to_owned(), struck["chain"].as_str().unwrap().to_owned())
    };
    let shared = "Một cửa chạy trên Trục; Một cửa chia sẻ dữ liệu với Văn bản đến";
    assert_eq!(chain("Văn bản đến"), ("degraded".into(), shared.into()));
    assert_eq!(chain("Bệnh án").0, "stops");
    // The owner learns that another body's system is struck, and not which.
    let own = officer.get(&path).await.json();
    assert_eq!(own["unseen"], 1, "{own}");
    assert!(!own.to_string().contains("Bệnh án") && !own.to_string().contains(&theirs), "{own}");
    // Who only uses it sees the system and not what hangs on it.
    assert_eq!(doctor.get(&format!("/api/v1/systems/{base}")).await.status, StatusCode::OK);
    for path in [path.clone(), format!("/systems/{base}/impact")] {
        assert_eq!(doctor.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(officer.get(&format!("/systems/{base}/impact")).await.body.contains("Nếu tắt Trục"));
    // What is gone is struck by nothing.
    let edit = [("rev", "1"), ("name", "Văn bản đến"), ("owner", OWNER), ("state", "retired")];
    let page = officer.form(&format!("/systems/{one}/edit"), &edit).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(province.get(&path).await.json()["degraded"], 0);
}
