//! The lists of difficulties, questions and letters: who sees which rows, what they are cut down to, and their files.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use db::Row as _;
use kernel::Role;
use programme::work::model::letter::Letter;
use testkit::Client;

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::words,
    talk::{self, asked, drafted, raised},
};

async fn texts(client: &Client, address: &str) -> BTreeSet<String> {
    let answer = client.get(&format!("/api/v1/{address}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{address} {}", answer.body);
    let json = answer.json();
    let text = |item: &serde_json::Value| item[if item["about"].is_null() { "text" } else { "about" }].to_string();
    json["items"].as_array().unwrap().iter().map(text).map(|text| text.trim_matches('"').to_owned()).collect()
}

#[tokio::test]
async fn what_the_lists_show_is_what_the_policy_allows() {
    let house = House::demo().await;
    let (leader, director) = (house.as_("lanhdao").await, house.as_("giamdoc").await);
    let units = [COMMUNE, OTHER_COMMUNE, "Sở Nội vụ"].map(|name| house.unit(name));
    talk::about_work(&house, &house.as_("vidu").await, &leader, &director, units).await;
    house.registers_agree().await;
}

#[tokio::test]
async fn a_difficulty_is_read_where_it_was_raised_followed_had_and_held() {
    let house = House::demo().await;
    let id = raised(&house, &house.as_("vidu").await, house.unit(COMMUNE), "Thiếu đường truyền").await;
    let page = format!("/difficulties/{id}");
    let other = house.person("xakhac", OTHER_COMMUNE, Role::OFFICER).await;
    let (clerk, director) = (house.as_("thu").await, house.as_("giamdoc").await);
    // Above the department that holds it, though not above the commune that raised it.
    let leader = house.as_("lanhdao").await;
    let sees = async |client: &Client| {
        let (listed, open) = (texts(client, "difficulties").await, client.get(&page).await.status);
        assert_eq!(listed.contains("Thiếu đường truyền"), open == StatusCode::OK, "{listed:?}");
        open == StatusCode::OK
    };
    assert!(sees(&clerk).await && sees(&director).await && sees(&leader).await && !sees(&other).await);
    let waits = async |client: &Client| texts(client, "difficulties?waiting=1&sort=due").await;
    assert!(waits(&director).await.contains("Thiếu đường truyền"));
    assert!(waits(&leader).await.is_empty() && waits(&clerk).await.is_empty());
    let forward = [("rev", "1"), ("act", "forward"), ("words", "Vượt thẩm quyền")];
    assert_eq!(director.form(&page, &forward).await.status, StatusCode::SEE_OTHER);
    assert!(sees(&clerk).await && sees(&director).await && sees(&leader).await && !sees(&other).await);
    assert!(waits(&leader).await.contains("Thiếu đường truyền") && waits(&director).await.is_empty());
    // By state, by body, by words without their marks; what is no filter is refused.
    let (commune, department) = (house.unit(COMMUNE), house.unit(SCIENCE));
    for (view, is_there) in [
        ("state=open".to_owned(), true),
        ("state=answered&q=duong+truyen".to_owned(), false),
        ("q=duong+truyen+du+toan".to_owned(), true),
        ("late=1".to_owned(), false),
        (format!("unit={commune}"), true),
        (format!("holder={commune}"), false),
        (format!("follower={department}"), true),
    ] {
        let found = texts(&director, &format!("difficulties?{view}")).await.contains("Thiếu đường truyền");
        assert_eq!(found, is_there, "{view}");
        let file = director.get(&format!("/difficulties.csv?{view}")).await.body;
        assert_eq!(file.contains("Thiếu đường truyền"), is_there, "{view}");
    }
    assert_eq!(director.get("/api/v1/difficulties?state=lost").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = words(&director.get(&format!("/difficulties?open={id}")).await.body);
    assert!(shown.contains("Bổ sung dự toán") && shown.contains("Chờ cơ quan bạn trả lời"), "{shown}");
}

#[tokio::test]
async fn a_question_is_read_by_who_asks_and_by_who_answers() {
    let house = House::demo().await;
    let (leader, clerk) = (house.as_("lanhdao").await, house.as_("thu").await);
    let id = asked(&leader, "Có bao nhiêu điểm cầu?", "UBND xã Sông Mẫu; UBND xã Đồi Mẫu").await;
    let has = async |client: &Client, view: &str| !texts(client, &format!("questions?{view}")).await.is_empty();
    assert!(has(&leader, "mine=1").await && !has(&leader, "waiting=1").await);
    assert!(
        has(&clerk, "waiting=1").await && !has(&clerk, "mine=1").await && has(&clerk, "unclosed=1&q=diem+cau").await
    );
    // Who keeps the accounts of a body, or of the whole house, neither asks nor answers.
    for login in ["donvi", "quantri"] {
        let keeper = house.as_(login).await;
        for path in ["/questions", "/questions.csv", "/api/v1/questions", &format!("/questions/{id}")] {
            assert_eq!(keeper.get(path).await.status, StatusCode::FORBIDDEN, "{login} {path}");
        }
        assert!(!keeper.get("/work").await.body.contains("Có bao nhiêu điểm cầu?"), "{login}");
    }
    assert!(clerk.get("/work").await.body.contains("Có bao nhiêu điểm cầu?"));
    // Each sees the answers that are theirs, and who asked sees all.
    let answers = async |client: &Client| {
        client.get(&format!("/api/v1/questions/{id}")).await.json()["answers"].as_array().unwrap().len()
    };
    assert_eq!((answers(&leader).await, answers(&clerk).await), (2, 1));
    let unit = house.unit(COMMUNE).to_string();
    let said = [("unit", unit.as_str()), ("text", "3 điểm")];
    assert_eq!(clerk.form(&format!("/questions/{id}/answer"), &said).await.status, StatusCode::SEE_OTHER);
    assert!(!has(&clerk, "waiting=1").await && has(&clerk, "unclosed=1").await);
    assert!(clerk.get("/questions").await.body.contains("Có bao nhiêu điểm cầu?"));
    assert_eq!(clerk.get(&format!("/questions/{id}/sheet")).await.status, StatusCode::FORBIDDEN);
    assert!(words(&leader.get("/questions").await.body).contains("Hỏi nhiều cơ quan"));
    assert!(!words(&clerk.get("/questions").await.body).contains("Hỏi nhiều cơ quan"));
    assert!(leader.get("/questions/new").await.body.contains("action=\"/questions\""));
    let close = [("rev", "1")];
    assert_eq!(leader.form(&format!("/questions/{id}/close"), &close).await.status, StatusCode::SEE_OTHER);
    assert!(!has(&leader, "unclosed=1").await && has(&leader, "").await);
}

#[tokio::test]
async fn a_letter_is_read_by_who_speaks_for_its_body() {
    let house = House::demo().await;
    let id =
        drafted(&house, &raised(&house, &house.as_("vidu").await, house.unit(COMMUNE), "Thiếu đường truyền").await)
            .await;
    let (officer, other) = (house.as_("vidu").await, house.as_("thu").await);
    let keeper = house.as_("donvi").await;
    let drafts = texts(&officer, "letters?state=draft").await;
    assert_eq!(drafts.len(), 1, "{drafts:?}");
    assert!(texts(&other, "letters").await.is_empty(), "the commune has none of its own");
    for path in ["/letters".to_owned(), format!("/letters/{id}"), format!("/letters/{id}/docx")] {
        assert_eq!(keeper.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let release = [("rev", "1"), ("act", "release"), ("number", "125/SKHCN-CNS"), ("issued_on", "")];
    assert_eq!(officer.form(&format!("/letters/{id}"), &release).await.status, StatusCode::SEE_OTHER);
    assert!(texts(&officer, "letters?state=draft").await.is_empty());
    // It is found by the number that it was given.
    assert_eq!(texts(&officer, "letters?q=125+skhcn&state=released").await, drafts);
    let letter = Letter::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    let json = officer.get("/api/v1/letters").await.json();
    assert_eq!(json["items"][0]["to"][0], letter.receivers().next().unwrap().to_string());
}

/// Neither the revision before nor one that is guessed: what is decided is decided of the row that was read.
#[tokio::test]
async fn an_act_is_of_the_revision_that_its_reader_saw() {
    let house = House::demo().await;
    let (leader, director) = (house.as_("lanhdao").await, house.as_("giamdoc").await);
    let officer = house.as_("vidu").await;
    let difficulty = raised(&house, &house.as_("vidu").await, house.unit(COMMUNE), "Thiếu đường truyền").await;
    let letter = drafted(&house, &difficulty).await;
    let question = asked(&leader, "Có bao nhiêu điểm cầu?", COMMUNE).await;
    let rule = [("period", "quarter"), ("cutoff", "decree"), ("due_kind", "by"), ("due", "30/11")];
    let fields = [[("name", "Báo cáo quý"), ("reports", COMMUNE)].as_slice(), &rule].concat();
    let duty = officer.form("/duties/new", &fields).await.location;
    let duty = duty.split('?').next().unwrap();
    let no_fields: &[(&str, &str)] = &[];
    let acts = [
        (&director, format!("/difficulties/{difficulty}"), &[("act", "answer"), ("words", "Đồng ý")][..]),
        (&officer, format!("/letters/{letter}"), &[("act", "drop")]),
        (&leader, format!("/questions/{question}/close"), no_fields),
        (&officer, duty.to_owned(), &[("act", "end")]),
    ];
    for (client, path, fields) in acts {
        let sent = async |rev| client.form(&path, &[[("rev", rev)].as_slice(), fields].concat()).await.status;
        for rev in ["0", "2"] {
            assert_eq!(sent(rev).await, StatusCode::PRECONDITION_FAILED, "{path} {rev}");
        }
        assert_eq!(sent("1").await, StatusCode::SEE_OTHER, "{path}");
    }
}
