//! The main job: a plan document becomes a register of who does what until when, each line with its sentence.

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::Part;

use crate::{documents::part_of, house::House, samples_work::FOR_THEM};

const PLAN: &str = include_str!("../../../../examples/plans/dam-may.txt");

#[tokio::test]
async fn a_document_becomes_a_register() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let taken = officer.upload("/plans/new", &[Part::File("kế hoạch.txt", PLAN.as_bytes())]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let plan = taken.location.split('?').next().unwrap().to_owned();
    assert!(officer.get(&plan).await.body.contains("Đang đọc"));
    house.drain().await;

    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("Nâng cấp Trung tâm dữ liệu tỉnh"), "the quote stands beside the row");
    let group = officer.get(&format!("{plan}/review?row=4")).await.body;
    assert!(group.contains("60 cơ quan"), "a group says how many bodies it is");
    assert!(review.contains("Không còn điểm cần xử lý"));
    let early = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "the committee has not said that it is its plan");
    house.confirm(&plan).await;
    let live = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(live.status, StatusCode::SEE_OTHER, "{}", live.body);

    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 7);
    let register = officer.get("/tasks?q=ra+soat+dinh+muc").await.body.replace("&#x2f;", "/");
    assert!(
        register.contains("Sở Tài chính") && register.contains("30/09/2026") && register.contains("quá hạn 52 ngày")
    );
    let sheet = officer.get("/tasks.csv?q=ra+soat+dinh+muc").await.body;
    assert!(sheet.contains("Rà soát định mức") && sheet.lines().count() == 2);
    assert!(officer.get("/tasks.xlsx").await.body.starts_with("PK"));
    assert!(house.count("SELECT COUNT(*) FROM db_fact WHERE fact_table = 'programme_part'").await > 0);
}

#[tokio::test]
async fn an_agency_sees_what_it_leads_and_helps_with() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let units = officer.get("/api/v1/units?q=so+khoa+hoc").await.json();
    let science =
        units["items"].as_array().unwrap().iter().find(|unit| unit["name"] == "Sở Khoa học và Công nghệ").unwrap();
    let unit = science["id"].as_str().unwrap().to_owned();
    let page = officer.get(&format!("/agencies/{unit}")).await.body;
    assert!(page.contains("Chủ trì, đang thực hiện") && page.contains("Phối hợp"));
    let parts = officer.get(&format!("/api/v1/tasks?lead={unit}&state=done_late")).await.json();
    assert_eq!(parts["items"][0]["state"], "done_late");
}

#[tokio::test]
async fn a_body_reports_its_part_done_and_takes_it_back() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let late = officer.get("/api/v1/tasks?state=late").await.json();
    let part = late["items"][0].clone();
    let path = format!("/parts/{}/done", part["id"].as_str().unwrap());
    let future = officer.form(&path, &[("rev", "1"), ("done_on", "2026-12-01"), ("note", "x"), FOR_THEM]).await;
    assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Quyết định số 3"), FOR_THEM];
    officer.form(&path, &done).await;
    let stale = officer.form(&path, &[("rev", "1"), FOR_THEM]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    officer.form(&path, &[("rev", "2"), FOR_THEM]).await;
    let again = officer.get("/api/v1/tasks?state=late").await.json();
    assert_eq!(again["items"][0]["id"], part["id"]);
}

#[tokio::test]
async fn the_ledger_says_who_acted_for_whom() {
    let house = House::demo().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    let part = part_of(&house, house.unit("UBND xã Sông Mẫu", None)).await;
    let path = format!("/parts/{part}/progress");
    assert_eq!(officer.form(&path, &[("text", "Đã họp")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!admin.get("/ledger").await.body.contains(" thay mặt "));
    assert_eq!(officer.form(&path, &[("text", "Đã họp"), FOR_THEM]).await.status, StatusCode::SEE_OTHER);
    for page in ["/ledger", "/ledger.csv"] {
        assert!(admin.get(page).await.body.contains(" thay mặt "), "{page}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    for sort in ["", "&sort=plan"] {
        let (mut seen, mut after) = (std::collections::BTreeSet::new(), String::new());
        loop {
            let page = officer.get(&format!("/api/v1/tasks?x=1{sort}{after}")).await.json();
            for item in page["items"].as_array().unwrap() {
                assert!(seen.insert(item["id"].as_str().unwrap().to_owned()), "a row came twice");
            }
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(i64::try_from(seen.len()).unwrap(), house.count("SELECT COUNT(*) FROM programme_part").await);
    }
}

#[tokio::test]
async fn a_repeated_request_acts_once() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("idempotency-key", "k-1");
    let body = json!({"kind": "team", "name": "Tổ Một Lần"});
    let first = admin.json(Method::POST, "/api/v1/units", &body).await;
    let second = admin.json(Method::POST, "/api/v1/units", &body).await;
    assert_eq!((first.status, first.body.as_str()), (StatusCode::OK, second.body.as_str()));
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE name = 'Tổ Một Lần'").await, 1);
}

#[tokio::test]
async fn two_people_editing_one_unit_do_not_overwrite_each_other() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let unit = admin.get("/api/v1/units?q=so+tu+phap").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let change = |name: &str| json!({"kind": "department", "name": name});
    let one = admin
        .header("if-match", "\"1\"")
        .json(Method::PATCH, &format!("/api/v1/units/{unit}"), &change("Sở Tư pháp Một"))
        .await;
    assert_eq!(one.headers["etag"], "\"2\"");
    let two = admin
        .header("if-match", "\"1\"")
        .json(Method::PATCH, &format!("/api/v1/units/{unit}"), &change("Sở Tư pháp Hai"))
        .await;
    assert_eq!((two.status, two.json()["code"].as_str()), (StatusCode::PRECONDITION_FAILED, Some("stale")));
}
