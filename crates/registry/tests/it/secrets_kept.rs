//! What is kept of a record outside the registry's own rows: answers for who asks again, what somebody is writing, kept
//! views. It goes in the act by which the record becomes a state secret.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client, House};
use uuid::Uuid;

use crate::{added, house};

const OWNER: &str = "Sở Tài chính";
const NAME: &str = "Kế hoạch phòng thủ";
const PURPOSE: &str = "Chuyện không ai được biết";

async fn edit(client: &Client, id: &str, (key, rev): (&str, i64), said: &Value) -> Answer {
    let client = client.header("idempotency-key", key).header("if-match", &format!("\"{rev}\""));
    client.json(Method::PATCH, &format!("/api/v1/systems/{id}"), said).await
}

/// What somebody writes on a page and does not send.
async fn written(client: &Client, page: &str, nth: char, field: (&str, &str)) -> StatusCode {
    let key: String = std::iter::repeat_n(nth, 32).collect();
    let client = client.header("referer", &format!("http://dinh.test{page}"));
    client.form(&format!("/drafts/{key}"), &[field]).await.status
}

async fn write(client: &Client, page: &str, nth: char, field: (&str, &str)) {
    assert_eq!(written(client, page, nth, field).await, StatusCode::OK, "{page}");
}

async fn keep_view(house: &House, nth: u128, query: &str) {
    let sql = "INSERT INTO web_view (id, person_id, register, name, name_key, query, rev) \
        VALUES ($1, $1, '/systems', 'Của tôi', 'cua toi', $2, 1)";
    house.exec(sql, db::vals![Uuid::from_u128(nth), query]).await;
}

#[tokio::test]
async fn answers_drafts_and_views_about_a_record_go_when_it_becomes_a_secret() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let new = json!({"name": NAME, "owner": OWNER});
    let id = added(&clerk.header("idempotency-key", "k0"), &new).await;
    let other = added(&clerk.header("idempotency-key", "khac"), &json!({"name": "Kho số liệu", "owner": OWNER})).await;
    let purpose = json!({"purpose": PURPOSE});
    for _ in 0..2 {
        let told = edit(&clerk, &id, ("k1", 1), &purpose).await;
        assert!(told.status == StatusCode::OK && told.body.contains(PURPOSE), "{}", told.body);
    }
    write(&clerk, &format!("/systems/{id}/edit?done=kept"), 'a', ("purpose", PURPOSE)).await;
    write(&clerk, "/systems/new", 'b', ("name", NAME)).await;
    write(&clerk, &format!("/systems/{other}"), 'c', ("other", &id)).await;
    write(&clerk, &format!("/systems/{other}/edit"), 'd', ("name", "Kho số liệu")).await;
    keep_view(&house, 1, "q=KE+HOACH+PHONG+THU").await;
    keep_view(&house, 2, &format!("of={id}")).await;
    keep_view(&house, 3, "q=kho").await;
    let (answers, drafts) = ("SELECT COUNT(*) FROM db_idempotency", "SELECT COUNT(*) FROM db_draft");
    assert_eq!((house.count(answers).await, house.count(drafts).await), (3, 4));

    for _ in 0..2 {
        let veiled = edit(&clerk, &id, ("k2", 2), &json!({"state_secret": "yes"})).await;
        assert_eq!(veiled.status, StatusCode::OK, "it is told again of itself: {}", veiled.body);
        assert!(!veiled.body.contains(PURPOSE) && !veiled.body.contains(NAME), "{}", veiled.body);
    }
    let told = edit(&clerk, &id, ("k1", 1), &purpose).await;
    assert_eq!((told.status, told.json()["code"].as_str()), (StatusCode::CONFLICT, Some("already-done-answer-unkept")));
    let whole = json!({"architecture": "Lớp ứng dụng", "deviates": "no", "name": NAME, "owner": OWNER});
    let told = clerk.header("idempotency-key", "k0").json(Method::POST, "/api/v1/systems", &whole).await;
    assert_eq!(told.status, StatusCode::CONFLICT, "nor is it added once more: {}", told.body);
    let words = format!("{answers} WHERE body LIKE '%{NAME}%' OR body LIKE '%{PURPOSE}%'");
    assert_eq!((house.count(answers).await, house.count(&words).await), (4, 0));
    let of_another = format!("{answers} WHERE body LIKE '%Kho số liệu%'");
    assert_eq!(house.count(&of_another).await, 1, "what is told of another one stays");
    assert_eq!(house.count(&format!("{drafts} WHERE fields LIKE '%Kho số liệu%'")).await, 1);
    assert_eq!(house.count(drafts).await, 1);
    let views = "SELECT COUNT(*) FROM web_view";
    assert_eq!((house.count(views).await, house.count(&format!("{views} WHERE query = 'q=kho'")).await), (1, 1));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_page_that_was_opened_before_keeps_no_draft_of_a_secret() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let said = |name: &str| json!({"name": name, "owner": OWNER, "state": "operating", "hosting": "own_room"});
    let [id, other] = [added(&clerk, &said(NAME)).await, added(&clerk, &said("Kho số liệu")).await];
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud"});
    let opened = clerk.json(Method::POST, &format!("/api/v1/systems/{id}/migrations"), &plan).await.json();
    let project = opened["id"].as_str().unwrap();
    let whole = clerk.get(&format!("/api/v1/migrations/{project}")).await.json();
    let step = whole["steps"][0]["id"].as_str().unwrap();
    let (system, beside) = (format!("/systems/{id}/edit"), format!("/systems/{other}/edit"));
    let carried = [format!("/migrations/{project}/edit"), format!("/migration-steps/{step}")];
    let rows = "SELECT COUNT(*) FROM db_draft";
    for (page, nth) in [(&system, 'a'), (&carried[0], 'b'), (&carried[1], 'c')] {
        write(&clerk, page, nth, ("note", PURPOSE)).await;
    }
    assert_eq!(house.count(rows).await, 3);
    let rev = clerk.get(&format!("/api/v1/systems/{id}")).await.json()["rev"].as_i64().unwrap();
    let veiled = edit(&clerk, &id, ("k", rev), &json!({"state_secret": "yes"})).await;
    assert_eq!(veiled.status, StatusCode::OK, "{}", veiled.body);
    assert_eq!(house.count(rows).await, 0);
    for page in [&system, &carried[0], &carried[1]] {
        assert_eq!(written(&clerk, page, 'd', ("note", PURPOSE)).await, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(written(&clerk, &beside, 'd', ("other", &id)).await, StatusCode::NOT_FOUND);
    assert_eq!(house.count(rows).await, 0);
    write(&clerk, &beside, 'd', ("other", &other)).await;
}

#[tokio::test]
async fn what_was_sent_over_the_end_of_a_session_goes_with_the_secret() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": NAME, "owner": OWNER})).await;
    let form = format!("/systems/{id}/edit");
    house.clock.move_by(jiff::SignedDuration::from_hours(13));
    let over = clerk.header("referer", &format!("http://dinh.test{form}"));
    let sent = over.form(&form, &[("rev", "1"), ("purpose", PURPOSE)]).await;
    assert!(sent.location.contains("done=words-kept"), "{} {}", sent.status, sent.location);
    let key = &sent.location.split("resume%3D").nth(1).unwrap()[..32];
    let set = sent.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let cookie =
        set.filter_map(|value| value.split(';').next()).find(|value| value.starts_with("dinh_words=")).unwrap();
    let again = house.as_("so").await.with_cookie(cookie);
    let there = format!("{form}?resume={key}");
    assert!(again.get(&there).await.body.contains(PURPOSE));
    let veiled = edit(&again, &id, ("k", 1), &json!({"state_secret": "yes"})).await;
    assert_eq!(veiled.status, StatusCode::OK, "{}", veiled.body);
    assert!(!again.get(&there).await.body.contains(PURPOSE));
    let sent = over.form(&form, &[("rev", "2"), ("purpose", PURPOSE)]).await;
    assert!(sent.location.contains("done=session-ended"), "{} {}", sent.status, sent.location);
}

#[tokio::test]
async fn an_answer_is_not_told_again_to_whoever_holds_another_post_by_then() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": NAME, "owner": OWNER})).await;
    let purpose = json!({"purpose": PURPOSE});
    assert_eq!(edit(&clerk, &id, ("k1", 1), &purpose).await.status, StatusCode::OK);
    house.people.moves("so", &[(house.unit("Sở Y tế"), Role::OFFICER)]);
    let told = edit(&clerk, &id, ("k1", 1), &purpose).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(!told.body.contains(PURPOSE), "{}", told.body);
    house.people.moves("so", &[(house.unit(OWNER), Role::OFFICER)]);
    assert_eq!(edit(&clerk, &id, ("k1", 1), &purpose).await.status, StatusCode::OK);
}
