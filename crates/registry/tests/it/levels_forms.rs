//! The forms of level dossiers as a person fills them in: what is refused comes back, and says what is wrong.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use kernel::Role;
use serde_json::json;

use crate::{
    house,
    levels::{OWNER, REVIEWER, act, of, propose, say_all, system},
};

#[tokio::test]
async fn an_approval_with_a_wrong_day_comes_back_on_its_own_page_as_it_was_typed() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let reviewer = house.person("khcn", REVIEWER, Role::OFFICER).await;
    let id = propose(&clerk, &system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await).await;
    say_all(&clerk, &id).await;
    assert_eq!(act(&clerk, &clerk, &id, json!({"act": "send", "reviewer": REVIEWER})).await.0, StatusCode::OK);
    assert_eq!(act(&reviewer, &clerk, &id, json!({"act": "appraise", "number": "8/KHCN"})).await.0, StatusCode::OK);
    let path = format!("/levels/{id}/acts?act=approve");
    assert!(leader.get(&path).await.body.contains("name=\"on_day\""));
    let rev = clerk.get(&format!("/api/v1/levels/{id}")).await.json()["rev"].to_string();
    let typed = [
        ("rev", rev.as_str()),
        ("act", "approve"),
        ("number", "21 QĐ-STC"),
        ("on_day", "01/11/2026"),
        ("level", "2"),
        ("valid_through", ""),
        ("reason", "Theo họp ngày 20"),
    ];
    let refused = leader.form(&path, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for there in
        ["value=\"21 QĐ-STC\"", "Theo họp ngày 20</textarea>", "id=\"on_day-error\"", "không thể trước ngày trình"]
    {
        assert!(refused.body.contains(there), "{there}: {}", refused.body);
    }
    // Without an act there is nothing to ask: the dossier says what can be done.
    assert_eq!(leader.get(&format!("/levels/{id}/acts")).await.location, format!("/levels/{id}"));
}

#[tokio::test]
async fn all_that_is_wrong_with_controls_is_said_at_once_and_of_which_control() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let id = propose(&clerk, &system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await).await;
    // From the list a dossier is begun, and from its page its questions are answered again.
    assert!(clerk.get("/levels").await.body.contains("Lập hồ sơ: chọn hệ thống"));
    let page = clerk.get(&format!("/levels/{id}")).await.body;
    assert!(page.contains("Trả lời lại các câu hỏi"), "{page}");
    let path = format!("/levels/{id}/controls");
    let page = clerk.get(&path).await.body;
    assert!(page.contains("id=\"group-network\"") && page.contains("cần khi Đáp ứng"), "{page}");
    assert!(!page.contains("không bắt buộc"), "{page}");
    let typed = [
        ("rev", "1"),
        ("state-officer", "met"),
        ("state-training", "not_applied"),
        ("state-zones", "met"),
        ("evidence-zones", "Sơ đồ 2"),
        ("day-zones", "hôm qua"),
    ];
    let refused = clerk.form(&path, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for there in [
        "Có người chịu trách nhiệm về an toàn: hãy ghi căn cứ",
        "Có người chịu trách nhiệm về an toàn: hãy ghi ngày",
        "Tập huấn cho người dùng và quản trị: hãy ghi căn cứ",
        "Chia vùng mạng: không đọc được ngày",
        "id=\"evidence-training-error\"",
        "id=\"day-zones-error\"",
        "Sơ đồ 2",
    ] {
        assert!(refused.body.contains(there), "{there}: {}", refused.body);
    }
    // A group is saved, and the next one is shown.
    let typed = [("rev", "1"), ("state-officer", "planned"), ("on", "people")];
    let saved = clerk.form(&path, &typed).await;
    assert!(saved.location.starts_with(&path) && saved.location.ends_with("#group-people"), "{}", saved.location);
}

#[tokio::test]
async fn a_number_in_words_is_refused_as_no_number() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let new = system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await;
    let refused = clerk.form(&format!("/systems/{new}/level"), &[("rev", "0"), ("people", "mười")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("“mười” không phải số"), "{}", refused.body);
    assert!(!refused.body.contains("không có trong danh mục"), "{}", refused.body);
}

#[tokio::test]
async fn papers_say_to_whom_they_go_and_are_called_by_what_they_are() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let new = system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await;
    let facts = json!({"scope": "public", "information": "private", "people": "12000"});
    let sent = clerk.json(axum::http::Method::POST, &format!("/api/v1/systems/{new}/level"), &facts).await;
    let id = sent.json()["id"].as_str().unwrap().to_owned();
    let letter = clerk.get(&format!("/levels/{id}/papers/letter.docx")).await;
    assert!(letter.body.contains("Kính gửi: ……"), "{}", letter.body);
    let name = letter.headers[axum::http::header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.ends_with("to-trinh.docx\""), "{name}");
    let proposal = clerk.get(&format!("/levels/{id}/papers/proposal.docx")).await.body;
    assert!(proposal.contains("12.000 người") && !proposal.contains("nguyên văn Chưa"), "{proposal}");
}

#[tokio::test]
async fn a_decision_on_paper_holds_as_long_as_it_says_and_the_page_remarks_on_it() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating"})).await;
    let mut said = json!({"rev": 1, "number": "5/QĐ", "on_day": "2015-01-05", "level": "2"});
    said["valid_through"] = "2029-01-01".into();
    let path = format!("/api/v1/systems/{old}/level-decision");
    let kept = leader.json(Method::POST, &path, &said).await;
    assert_eq!(kept.json()["valid_through"], "2029-01-01", "{}", kept.body);
    assert_eq!(of(&house, &old).await.level_until, Some(date(2029, 1, 1)));
    let page = clerk.get(&format!("/levels/{}", kept.json()["id"].as_str().unwrap())).await.body;
    assert!(page.contains("dài hơn chu kỳ 36 tháng") && page.contains("đề xuất của phần mềm"), "{page}");
    let found = clerk.get("/api/v1/levels/faults").await.json();
    assert!(found["violations"].as_array().unwrap().iter().all(|one| one["fault"] != "expired"), "{found}");
}
