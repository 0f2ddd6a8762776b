//! A second page of one's own is nobody else: what one added there conflicts with nothing; what another did is shown.

use axum::http::StatusCode;
use kernel::Role;
use testkit::{Client, Part};

use crate::{
    documents::part_of,
    house::{COMMUNE, House, SCIENCE},
    round::{Round, words},
    talk::raised,
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const STALE: StatusCode = StatusCode::PRECONDITION_FAILED;

async fn noted(who: &Client, part: &str, text: &str) {
    let note = who.form(&format!("/parts/{part}/progress"), &[("text", text), ("percent", "40")]).await;
    assert_eq!(note.status, OPEN, "{}", note.body);
}

#[tokio::test]
async fn ones_own_note_and_paper_do_not_stand_in_the_way_of_done() {
    let house = House::demo().await;
    let (clerk, other) = (house.as_("thu").await, house.person("khac", COMMUNE, Role::OFFICER).await);
    let part = part_of(&house, house.unit(COMMUNE)).await.to_string();
    let path = format!("/parts/{part}/done");
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Quyết định số 15/QĐ-UBND")];
    noted(&clerk, &part, "Đã họp dân").await;
    let paper = [Part::Field("number", "15/QĐ-UBND"), Part::Field("link", "https://songmau.example.vn")];
    assert_eq!(clerk.upload(&format!("/parts/{part}/evidence"), &paper).await.status, OPEN);
    // Somebody else's word between them is no word of one's own, and what was typed stands beside what is kept.
    noted(&other, &part, "Chờ ý kiến").await;
    noted(&clerk, &part, "Đã có ý kiến").await;
    let refused = clerk.form(&path, &done).await;
    assert_eq!(refused.status, STALE, "{}", refused.body);
    assert!(words(&refused.body).contains("Quyết định số 15/QĐ-UBND"), "{}", refused.body);
    // What was seen after it, it goes through over one's own last word.
    let done = [("rev", "4"), done[1], done[2]];
    let answer = clerk.form(&path, &done).await;
    assert_eq!(answer.status, OPEN, "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part WHERE done_on = '2026-11-20' AND rev = 6").await, 1);
}

#[tokio::test]
async fn a_paper_added_and_taken_away_and_a_step_taken_back_leave_the_other_page_good() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await.to_string();
    let done = |rev: &'static str, day: &'static str| [("rev", rev), ("done_on", day), ("note", "Đã xong")];
    let path = format!("/parts/{part}/done");
    let paper = [Part::Field("number", "15/QĐ-UBND"), Part::Field("link", "https://songmau.example.vn")];
    clerk.upload(&format!("/parts/{part}/evidence"), &paper).await;
    let evidence = programme::ids::EvidenceId::from_uuid(house.one("SELECT id FROM programme_evidence", vec![]).await);
    assert_eq!(clerk.form(&format!("/evidence/{evidence}"), &[]).await.status, OPEN);
    assert_eq!(clerk.form(&path, &done("3", "2026-11-19")).await.status, OPEN);
    let entry = house.one("SELECT id FROM programme_entry ORDER BY id DESC LIMIT 1", vec![]).await;
    let undo = format!("/entries/{}/undo", programme::ids::EntryId::from_uuid(entry));
    // Reported from another page it is reported, and the page of before is not asked to open it again.
    assert_eq!(clerk.form(&path, &[("rev", "1")]).await.status, STALE);
    assert_eq!(clerk.form(&undo, &[]).await.status, OPEN);
    let answer = clerk.form(&path, &done("1", "2026-11-20")).await;
    assert_eq!(answer.status, OPEN, "{}", answer.body);
}

#[tokio::test]
async fn what_its_writer_wrote_into_a_report_on_another_page_is_handed_in_with_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, other) = (house.as_("thu").await, house.person("khac", COMMUNE, Role::OFFICER).await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    let edit = async |who: &Client, rev: &str, intro: &str| {
        who.form(&format!("/reports/{id}/edit"), &[("rev", rev), ("intro", intro)]).await.status
    };
    let submit = |who: Client, rev: &'static str| {
        let path = format!("/reports/{id}");
        async move { who.upload(&path, &[Part::Field("rev", rev), Part::Field("act", "submit")]).await.status }
    };
    assert_eq!(edit(&clerk, "1", "Một").await, OPEN);
    assert_eq!(edit(&other, "2", "Hai").await, OPEN);
    assert_eq!(submit(clerk.clone(), "1").await, STALE, "somebody else wrote into it too");
    assert_eq!(edit(&clerk, "3", "Ba").await, OPEN);
    // Words over words are no note beside: both are shown, also where both are one's own.
    assert_eq!(edit(&clerk, "3", "Bốn").await, STALE);
    assert_eq!(submit(clerk.clone(), "3").await, OPEN);
}

#[tokio::test]
async fn a_report_that_was_handed_in_and_taken_back_is_handed_in_from_the_page_of_before() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.as_("thu").await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let act = async |rev: &str, act: &str| {
        let parts = [Part::Field("rev", rev), Part::Field("act", act)];
        clerk.upload(&format!("/reports/{id}"), &parts).await.status
    };
    assert_eq!(act("1", "submit").await, OPEN);
    assert_eq!(act("2", "recall").await, OPEN);
    assert_eq!(act("2", "submit").await, STALE, "over a state in which it was handed in");
    assert_eq!(act("1", "submit").await, OPEN);
    // What was written between goes with it.
    assert_eq!(act("4", "recall").await, OPEN);
    let edit = [("rev", "5"), ("intro", "Bổ sung")];
    assert_eq!(clerk.form(&format!("/reports/{id}/edit"), &edit).await.status, OPEN);
    assert_eq!(act("1", "submit").await, OPEN);
}

#[tokio::test]
async fn an_answer_that_was_taken_back_does_not_stand_in_the_way_of_the_next() {
    let house = House::demo().await;
    let director = house.as_("giamdoc").await;
    let difficulty = raised(&house, &house.as_("vidu").await, house.unit(COMMUNE), "Thiếu đường truyền").await;
    let act = async |rev: &str, act: &str| {
        let form = [("rev", rev), ("act", act), ("words", "Đồng ý")];
        director.form(&format!("/difficulties/{difficulty}"), &form).await.status
    };
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_difficulty WHERE rev = 1").await, 1, "{SCIENCE} holds it");
    assert_eq!(act("1", "answer").await, OPEN);
    assert_eq!(act("2", "back").await, OPEN);
    assert_eq!(act("2", "answer").await, STALE, "over a state in which it was answered");
    assert_eq!(act("1", "answer").await, OPEN);
}
