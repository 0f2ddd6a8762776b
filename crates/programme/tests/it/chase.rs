//! Đôn đốc: one letter to all who are late, released by a person, acknowledged by each body.

use axum::http::{Method, StatusCode};
use db::Row as _;
use kernel::Role;
use programme::work::model::letter::Letter;
use testkit::{Client, together};

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::{Round, id_of, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const RELEASE: [(&str, &str); 3] = [("act", "release"), ("number", "77/SKHCN-CNS"), ("issued_on", "2026-11-21")];

async fn released(officer: &Client, letter: &str, rev: &str) {
    let fields = [&[("rev", rev)][..], &RELEASE].concat();
    let answer = officer.form(&format!("/letters/{letter}"), &fields).await;
    assert_eq!(answer.status, OPEN, "{}", answer.body);
}

/// The commune is urged with a letter that is released.
async fn urged(house: &House) -> (Round<'_>, String) {
    let round = Round::open(house, house.as_("vidu").await).await;
    let report = round.report_of(house.unit(COMMUNE)).await;
    let path = format!("/periods/{}/chase", round.period);
    let letter = id_of(&round.officer.form(&path, &[("part", &report)]).await.location);
    released(&round.officer, &letter, "1").await;
    (round, letter)
}

async fn late_parts(follower: &Client) -> Vec<String> {
    let late = follower.get("/api/v1/tasks?state=late").await.json();
    late["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn late_reports_are_urged_with_one_letter_and_the_sender_sees_who_has_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    // Due on 18/11; today is 21/11, and nobody has sent.
    let page = round.officer.get(&format!("/periods/{}?all=1", round.period)).await.body;
    let ids = [COMMUNE, OTHER_COMMUNE];
    let mut ticks = Vec::new();
    for unit in ids {
        ticks.push(round.report_of(house.unit(unit)).await);
    }
    assert!(ticks.iter().all(|id| page.contains(&format!("value=\"{id}\""))), "{page}");
    // Of the three bodies one has nobody who could write: whoever urges sees why nothing comes.
    let (_, silent) = page.split_once(&format!(">{OTHER_COMMUNE}</a>")).expect(&page);
    assert!(page.matches("chưa có ai được giao soạn báo cáo").count() == 1, "{page}");
    assert!(silent.split("</td>").next().unwrap().contains("chưa có ai được giao soạn báo cáo"), "{silent}");
    let form: Vec<(&str, &str)> = ticks.iter().map(|id| ("part", id.as_str())).collect();
    let drafted = round.officer.form(&format!("/periods/{}/chase", round.period), &form).await;
    assert_eq!(drafted.status, OPEN, "{}", drafted.body);
    let letter = id_of(&drafted.location);
    let again = round.officer.form(&format!("/periods/{}/chase", round.period), &form).await;
    assert_eq!(id_of(&again.location), letter, "the same letter, not a second one");
    let clerk = house.as_("thu").await;
    assert_eq!(clerk.get(&format!("/letters/{letter}")).await.status, StatusCode::FORBIDDEN, "a draft is the sender's");
    let sheet = words(&round.officer.get(&format!("/letters/{letter}")).await.body);
    for said in [
        "Ủy ban nhân dân xã Sông Mẫu",
        "Ủy ban nhân dân xã Đồi Mẫu",
        "18/11/2026",
        "còn 2 cơ quan, đơn vị chưa gửi báo cáo",
    ] {
        assert!(sheet.contains(said), "{said}: {sheet}");
    }
    released(&round.officer, &letter, "2").await;
    let inbox = words(&clerk.get("/work").await.body);
    assert!(inbox.contains("Công văn đôn đốc chờ xác nhận đã nhận") && inbox.contains("77/SKHCN-CNS"), "{inbox}");
    let own = house.unit(COMMUNE).to_string();
    let path = format!("/letters/{letter}/received");
    assert_eq!(clerk.form(&path, &[("unit", &own)]).await.status, OPEN);
    assert_eq!(clerk.form(&path, &[("unit", &own)]).await.status, StatusCode::PRECONDITION_FAILED, "said once");
    let other = house.unit(OTHER_COMMUNE).to_string();
    assert_eq!(clerk.form(&path, &[("unit", &other)]).await.status, StatusCode::FORBIDDEN);
    assert!(!words(&clerk.get("/work").await.body).contains("77/SKHCN-CNS"));
    let sender = words(&round.officer.get(&format!("/letters/{letter}")).await.body);
    assert!(sender.contains("Đã nhận: 1/2 cơ quan"), "{sender}");
    assert!(!words(&clerk.get(&format!("/letters/{letter}")).await.body).contains("Đã nhận: 1/2"));
    house.registers_agree().await;
}

#[tokio::test]
async fn a_letter_that_is_fetched_back_is_with_nobody() {
    let house = House::demo().await;
    let (round, letter) = urged(&house).await;
    let back = [("rev", "2"), ("act", "draft")];
    assert_eq!(round.officer.form(&format!("/letters/{letter}"), &back).await.status, OPEN);
    let clerk = house.as_("thu").await;
    assert_eq!(clerk.get(&format!("/letters/{letter}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter_to").await, 0);
}

/// That a letter has come is somebody else's word than its sender's, and for another body it is chosen.
#[tokio::test]
async fn who_released_a_letter_does_not_say_that_it_has_come() {
    let house = House::demo().await;
    let (leader, above) = (
        house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await,
        house.person("tinhhai", "Tỉnh Mẫu", Role::OFFICER).await,
    );
    let late = late_parts(&house.as_("vidu").await).await;
    let form: Vec<(&str, &str)> = late.iter().map(|id| ("part", id.as_str())).collect();
    let letter = id_of(&leader.form("/tasks/chase", &form).await.location);
    released(&leader, &letter, "1").await;
    let (page, path) = (format!("/letters/{letter}"), format!("/letters/{letter}/received"));
    let sent = letter_of(&house, &letter).await;
    let unit = sent.receivers().next().unwrap().to_string();
    let chosen = [("unit", unit.as_str()), ("on_behalf", "true")];
    // Above all of them, and the sender.
    let form = format!("action=\"{path}\"");
    assert!(!leader.get(&page).await.body.contains(&form), "nothing is offered that is refused");
    let refused = leader.form(&path, &chosen).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(words(&refused.body).contains("Bạn là người phát hành công văn này"), "{}", refused.body);
    // Above all of them, and another.
    let shown = above.get(&page).await.body;
    assert!(shown.contains(&form) && shown.contains("name=\"on_behalf\""), "{shown}");
    assert_eq!(above.form(&path, &chosen[..1]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let api = format!("/api/v1{path}");
    let mut said = serde_json::json!({ "unit": unit });
    assert_eq!(above.json(Method::POST, &api, &said).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter_to WHERE received_at IS NOT NULL").await, 0);
    said["on_behalf"] = serde_json::json!(true);
    let done = above.json(Method::POST, &api, &said).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let seq = house.newest("letter.receive").await;
    let entry = db::ledger_entry(&house.app.db().read(), seq).await.unwrap().unwrap();
    let entry: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
    assert_eq!(entry["detail"]["acted_by"], house.unit("Tỉnh Mẫu").to_string());
}

/// Who has said to have a letter is not told that there is none.
#[tokio::test]
async fn a_letter_that_a_body_has_is_not_fetched_back() {
    let house = House::demo().await;
    let (round, letter) = urged(&house).await;
    let own = house.unit(COMMUNE).to_string();
    let clerk = house.as_("thu").await;
    assert_eq!(clerk.form(&format!("/letters/{letter}/received"), &[("unit", &own)]).await.status, OPEN);
    let back = round.officer.form(&format!("/letters/{letter}"), &[("rev", "2"), ("act", "draft")]).await;
    assert_eq!(back.status, StatusCode::CONFLICT);
    assert!(words(&back.body).contains("Đã có cơ quan xác nhận nhận được"), "{}", back.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter_to WHERE received_at IS NOT NULL").await, 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn the_same_late_parts_have_one_draft_that_says_what_is_late_by_now() {
    let house = House::demo().await;
    let follower = house.as_("vidu").await;
    let late = late_parts(&follower).await;
    let form: Vec<(&str, &str)> = late.iter().map(|id| ("part", id.as_str())).collect();
    let letter = id_of(&follower.form("/tasks/chase", &form).await.location);
    let turned: Vec<(&str, &str)> = form.iter().rev().copied().collect();
    let sheet = words(&follower.get(&format!("/letters/{letter}")).await.body);
    assert!(sheet.contains("chậm nhất ngày") && sheet.contains("Đến hết ngày 21/11/2026"), "{sheet}");
    house.clock.set(jiff::civil::date(2026, 11, 24));
    let follower = house.as_("vidu").await;
    assert_eq!(id_of(&follower.form("/tasks/chase", &turned).await.location), letter, "not a second one");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter WHERE lines IS NOT NULL").await, 1);
    let sheet = words(&follower.get(&format!("/letters/{letter}")).await.body);
    assert!(sheet.contains("Đến hết ngày 24/11/2026"), "{sheet}");
    house.registers_agree().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_urge_at_once_all_have_one_draft() {
    let house = House::demo().await;
    let follower = house.as_("vidu").await;
    let late = late_parts(&follower).await;
    let answers = together(8, |nth| {
        let (follower, mut ids) = (follower.clone(), late.clone());
        // Each request is its own: a double click would be one act.
        ids.rotate_left(nth % late.len());
        async move {
            let form: Vec<(&str, &str)> = ids.iter().map(|id| ("part", id.as_str())).collect();
            follower.form("/tasks/chase", &form).await
        }
    })
    .await;
    assert!(answers.iter().all(|answer| answer.status == OPEN), "{answers:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter WHERE lines IS NOT NULL").await, 1);
}

async fn letter_of(house: &House, id: &str) -> Letter {
    Letter::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap()
}

/// What an officer wrote into a draft is theirs; the list says what is late by now.
#[tokio::test]
async fn what_an_officer_wrote_into_a_draft_stays_when_it_is_drafted_once_more() {
    let house = House::demo().await;
    let follower = house.as_("vidu").await;
    let late = late_parts(&follower).await;
    let form: Vec<(&str, &str)> = late.iter().map(|id| ("part", id.as_str())).collect();
    let letter = id_of(&follower.form("/tasks/chase", &form).await.location);
    let typed = [("rev", "1"), ("act", "edit"), ("about", "đôn đốc lần hai"), ("body", "Đề nghị báo cáo ngay.")];
    let edited = follower.form(&format!("/letters/{letter}"), &typed).await;
    assert_eq!(edited.status, OPEN, "{}", edited.body);
    let before = letter_of(&house, &letter).await;
    house.clock.set(jiff::civil::date(2026, 11, 24));
    let follower = house.as_("vidu").await;
    for _ in 0..2 {
        assert_eq!(id_of(&follower.form("/tasks/chase", &form).await.location), letter, "not a second one");
    }
    let now = letter_of(&house, &letter).await;
    assert_eq!((now.about.as_str(), now.body.as_str()), ("đôn đốc lần hai", "Đề nghị báo cáo ngay."));
    assert_eq!(now.late()[0].days, before.late()[0].days + 3, "what is late is said anew");
}

/// Who follows a plan and the body above it urge the same bodies each in a letter of its own.
#[tokio::test]
async fn the_draft_of_one_body_does_not_stand_in_the_way_of_another() {
    let house = House::demo().await;
    let (follower, leader) = (house.as_("vidu").await, house.as_("lanhdao").await);
    let late = late_parts(&follower).await;
    let form: Vec<(&str, &str)> = late.iter().map(|id| ("part", id.as_str())).collect();
    let own = follower.form("/tasks/chase", &form).await;
    assert_eq!(own.status, OPEN, "{}", own.body);
    let above = leader.form("/tasks/chase", &form).await;
    assert_eq!(above.status, OPEN, "{}", above.body);
    let (own, above) =
        (letter_of(&house, &id_of(&own.location)).await, letter_of(&house, &id_of(&above.location)).await);
    assert_eq!((own.from, above.from), (house.unit(SCIENCE), house.unit("UBND tỉnh")));
    assert_eq!((own.late(), own.to), (above.late(), above.to));
}

#[tokio::test]
async fn late_parts_are_urged_by_who_follows_them_and_only_what_is_late() {
    let house = House::demo().await;
    let follower = house.as_("vidu").await;
    let late = late_parts(&follower).await;
    let running = follower.get("/api/v1/tasks?state=running").await.json();
    let running = running["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(!late.is_empty());
    let only = follower.form("/tasks/chase", &[("part", running.as_str())]).await;
    assert_eq!(only.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(&only.body).contains("Không có mục nào đang quá hạn"), "{}", only.body);
    let mut form: Vec<(&str, &str)> = late.iter().map(|id| ("part", id.as_str())).collect();
    form.push(("part", running.as_str()));
    let drafted = follower.form("/tasks/chase", &form).await;
    assert_eq!(drafted.status, OPEN, "{}", drafted.body);
    let sheet = words(&follower.get(&drafted.location).await.body);
    assert!(sheet.contains(&format!("còn {} phần việc", late.len())), "{sheet}");
    // What else was ticked makes no other letter of it.
    form.pop();
    let again = follower.form("/tasks/chase", &form).await;
    assert_eq!(id_of(&again.location), id_of(&drafted.location));
    let row = house.count("SELECT COUNT(*) FROM programme_letter WHERE lines IS NOT NULL AND state = 'draft'").await;
    assert_eq!(row, 1);
    let clerk = house.as_("thu").await;
    assert_eq!(clerk.form("/tasks/chase", &form).await.status, StatusCode::FORBIDDEN);
    let from = house.one("SELECT from_id AS id FROM programme_letter WHERE lines IS NOT NULL", vec![]).await;
    assert_eq!(kernel::UnitId::from_uuid(from), house.unit(SCIENCE));
}
