//! A review: sentences without a place, duties and the head beside rows.

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::Client;

use crate::{
    documents::{approved, read_in, rev_of},
    house::{House, SCIENCE, plan_without_doubts},
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
};

/// A sentence that orders nothing and tells nothing that a plan tells.
pub const BRIDGE: &str = "Cầu tre bắc qua suối nhỏ.";
/// The first duty to report among all duties of the plan, and the second.
const YEARLY: &str = "3";
const ASKED: &str = "4";

/// The plan with one sentence that finds no place.
pub fn with_bridge() -> String {
    let last = "hệ thống thông tin hiện có được chuyển đổi.\n";
    plan_without_doubts().replacen(last, &format!("{last}c) {BRIDGE}\n"), 1)
}

pub async fn reviewed(house: &House, officer: &Client, text: &str) -> String {
    read_in(house, officer, "a.txt", text.as_bytes()).await
}

/// The page as its reader sees it.
pub async fn page(officer: &Client, plan: &str, query: &str) -> String {
    let answer = officer.get(&format!("{plan}/review{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    words(&answer.body)
}

/// The only finding about the sentence, as the API has it.
pub async fn doubt(officer: &Client, plan: &str) -> serde_json::Value {
    let found = officer.get(&format!("/api/v1{plan}/findings")).await.json();
    let all = found["items"].as_array().unwrap();
    let of = all.iter().filter(|finding| finding["kind"] == "unplaced").collect::<Vec<_>>();
    assert_eq!(of.len(), 1, "{found}");
    of[0].clone()
}

/// The byte at which the sentence without a place begins.
fn at(page: &str) -> String {
    let (_, rest) = page.split_once("pl-unplaced\" id=\"at-").unwrap_or_else(|| panic!("no such sentence: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

fn source(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"source\" value=\"").expect(page);
    rest.split('"').next().unwrap().to_owned()
}

const OPEN_DOUBTS: &str = "SELECT COUNT(*) FROM programme_finding WHERE state = 'open'";

#[tokio::test]
async fn a_sentence_without_a_place_is_on_top_and_becomes_a_task_where_it_stands() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let before = page(&officer, &plan, "").await;
    assert!(before.contains("1 câu chưa xếp chỗ") && before.contains(BRIDGE), "{before}");
    assert!(before.contains("pl-narrative") && before.contains("nêu mục đích, quan điểm, mục tiêu chung"), "{before}");
    // Alone, with its acts.
    let alone = page(&officer, &plan, "?place=unplaced").await;
    assert!(alone.contains(BRIDGE) && alone.contains("Thêm thành nhiệm vụ"), "{alone}");
    assert!(!alone.contains("class=\"pl pl-narrative\" id="), "{alone}");
    let form = page(&officer, &plan, &format!("?add={}", at(&before))).await;
    assert!(form.contains(&format!(">{BRIDGE}</textarea>")), "the form has its words: {form}");
    let source = source(&form);
    let task = [("text", BRIDGE), ("lead", SCIENCE), ("time", "Năm 2026"), ("source", source.as_str())];
    // The doubt about it has a key for the same, and no reason is chosen for its reader.
    let doubt = doubt(&officer, &plan).await;
    let card = page(&officer, &plan, &format!("?on={}", doubt["id"].as_str().unwrap())).await;
    let (_, key) = card.split_once("data-key=\"t\"").expect(&card);
    let (link, _) = key.split_once("</a>").unwrap();
    assert!(link.replace("&#x3d;", "=").contains(&format!("?add={}", at(&before))), "{link}");
    assert!(card.contains("<option value=\"\">Vì sao không giao việc?"), "{card}");
    assert_eq!(house.count(OPEN_DOUBTS).await, 1);
    let added = officer.form(&format!("{plan}/read-rows"), &task).await;
    assert_eq!(added.status, OPEN, "{}", added.body);
    assert_eq!(house.count(OPEN_DOUBTS).await, 0, "it is a task now");
    let after = page(&officer, &plan, "").await;
    assert!(!after.contains("chưa xếp chỗ") && after.contains("id=\"span-row-8\""), "{after}");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.row_add'").await, 1);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    let quote = "SELECT COUNT(*) FROM programme_task WHERE quote LIKE '%Cầu tre bắc qua%'";
    assert_eq!(house.count(quote).await, 1, "the document is its quote");
}

#[tokio::test]
async fn a_sentence_that_orders_nothing_is_set_aside_with_its_reason() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let finding = doubt(&officer, &plan).await;
    let path = format!("/findings/{}", finding["id"].as_str().unwrap());
    let why = "nói về tình hình, kết quả, nguyên nhân";
    let aside = [("rev", "1"), ("act", "aside"), ("reason", why), ("next", "place=unplaced#document")];
    assert_eq!(
        house.as_("thu").await.form(&path, &aside).await.status,
        NO,
        "a commune reviews no plan of the province"
    );
    let answer = officer.form(&path, &aside).await;
    assert_eq!(answer.status, OPEN, "{}", answer.body);
    assert!(answer.location.ends_with("place=unplaced#document"), "{}", answer.location);
    assert_eq!(officer.form(&path, &aside).await.status, STALE);
    let after = page(&officer, &plan, "").await;
    assert!(!after.contains("câu chưa xếp chỗ"), "{after}");
    assert!(after.contains(&format!("Không giao việc: {why}")), "{after}");
    assert_eq!(officer.form(&path, &[("rev", "2"), ("act", "reopen")]).await.status, OPEN);
    assert!(page(&officer, &plan, "").await.contains("1 câu chưa xếp chỗ"));
}

#[tokio::test]
async fn both_are_done_by_programs_and_bytes_that_are_not_there_are_refused() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let finding = doubt(&officer, &plan).await;
    let (start, end) = (finding["start"].as_u64().unwrap(), finding["end"].as_u64().unwrap());
    let path = format!("/api/v1{plan}/read-rows");
    let task = |source: String| json!({ "text": BRIDGE, "lead": SCIENCE, "time": "Năm 2026", "source": source });
    for wrong in ["9-2".to_owned(), "x".to_owned(), format!("{start}-99999999"), format!("{}-{end}", end - 1)] {
        let refused = officer.json(Method::POST, &path, &task(wrong.clone())).await;
        assert_eq!(refused.status, WRONG, "{wrong}: {}", refused.body);
    }
    let added = officer.json(Method::POST, &path, &task(format!("{start}-{end}"))).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(doubt(&officer, &plan).await["state"], "settled");
}

#[tokio::test]
async fn a_reading_of_before_places_is_reviewed_as_it_was() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let stored = programme::plans::store::plan::reading(&house.app.db().read(), id).await.unwrap().unwrap();
    let mut old: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert!(old.as_object_mut().unwrap().remove("places").is_some(), "places are kept");
    house.exec("UPDATE programme_plan SET reading = $1", db::vals![old.to_string()]).await;
    let page = page(&officer, &plan, "?row=2").await;
    assert!(page.contains("id=\"span-row-2\"") && page.contains("id=\"duty-3\""), "{page}");
    assert!(!page.contains("class=\"legend\"") && !page.contains("chưa xếp chỗ"), "{page}");
}

/// What was said of the duties, as it is kept.
async fn said(house: &House, plan: &str) -> Vec<programme::plans::model::read_duty::SaidDuty> {
    let id = plan.trim_start_matches("/plans/").parse().unwrap();
    programme::plans::store::read_duty::list(&house.app.db().read(), id).await.unwrap()
}

#[tokio::test]
async fn a_duty_is_accepted_dropped_corrected_and_taken_back_over_its_revision() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    let path = format!("{plan}/read-duties");
    let act = async |client: &Client, rev: &str, act: &str| {
        client.form(&path, &[("position", YEARLY), ("rev", rev), ("act", act)]).await
    };
    assert_eq!(act(&house.as_("thu").await, "0", "accept").await.status, NO);
    let accepted = act(&officer, "0", "accept").await;
    assert_eq!(accepted.status, OPEN, "{}", accepted.body);
    assert_eq!(accepted.location, format!("{plan}/review?on=duty-3&said=saved#duty-3"));
    assert!(said(&house, &plan).await[0].is_accepted);
    assert_eq!(act(&officer, "0", "drop").await.status, STALE, "another reviewer was first");
    assert_eq!(act(&officer, "1", "keep").await.status, OPEN);
    assert_eq!(act(&officer, "2", "drop").await.status, OPEN);
    assert_eq!(act(&officer, "2", "accept").await.status, STALE);
    let correct = [
        ("position", YEARLY),
        ("rev", "3"),
        ("act", "correct"),
        ("text", "Báo cáo UBND tỉnh hằng quý"),
        ("who", "Sở Tài chính"),
        ("to", "UBND tỉnh"),
        ("via", ""),
        ("period", "quarter"),
        ("due", "trước ngày 05/4"),
    ];
    let mut wrong = correct;
    wrong[7].1 = "fortnight";
    assert_eq!(officer.form(&path, &wrong).await.status, WRONG);
    let corrected = officer.form(&path, &correct).await;
    assert_eq!(corrected.status, OPEN, "{}", corrected.body);
    let shown = page(&officer, &plan, "?on=duty-3").await;
    assert!(shown.contains("Báo cáo UBND tỉnh hằng quý") && shown.contains("Hằng quý"), "{shown}");
    assert_eq!(act(&officer, "4", "accept").await.status, OPEN);
    let listed = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
    let yearly = &listed["duties"][0];
    assert_eq!((&yearly["state"], &yearly["rev"]), (&"accepted".into(), &5.into()), "{listed}");
    assert_eq!((&yearly["who"], &yearly["due"]), (&"Sở Tài chính".into(), &"trước ngày 05/4".into()));
    // The other one is none.
    let drop = [("position", ASKED), ("rev", "0"), ("act", "drop")];
    assert_eq!(officer.form(&path, &drop).await.status, OPEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.duty_review'").await, 6);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    let duties = house.count("SELECT COUNT(*) FROM programme_duty").await;
    let quarterly = "SELECT COUNT(*) FROM programme_duty WHERE period = 'quarter' AND name LIKE '%hằng quý%'";
    assert_eq!((duties, house.count(quarterly).await), (1, 1), "what was corrected and kept is proposed");
    assert_eq!(act(&officer, "5", "drop").await.status, LATE, "it is reviewed no more");
}

#[tokio::test]
async fn the_head_is_said_to_be_right_and_that_is_taken_back() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    let path = format!("{plan}/head-review");
    let act = async |client: &Client, rev: &str, act: &str| client.form(&path, &[("rev", rev), ("act", act)]).await;
    let rev = rev_of(&house, &plan).await;
    assert_eq!(act(&house.as_("thu").await, &rev, "accept").await.status, NO);
    let accepted = act(&officer, &rev, "accept").await;
    assert_eq!(accepted.status, OPEN, "{}", accepted.body);
    assert!(accepted.location.ends_with("#head"), "{}", accepted.location);
    assert_eq!(act(&officer, &rev, "accept").await.status, STALE);
    let unseen = "Chưa ai xác nhận thông tin văn bản";
    assert!(!page(&officer, &plan, "").await.contains(unseen));
    let rev = rev_of(&house, &plan).await;
    assert_eq!(act(&officer, &rev, "reopen").await.status, OPEN);
    house.confirm(&plan).await;
    assert!(page(&officer, &plan, "").await.contains(unseen));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.head_review'").await, 2);
}

#[tokio::test]
async fn a_head_that_is_asked_about_is_answered_before_it_is_right() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan =
        reviewed(&house, &officer, &plan_without_doubts().replacen("ngày 05 tháng 8", "ngày    tháng 8", 1)).await;
    let rev = rev_of(&house, &plan).await;
    let right = [("rev", rev.as_str()), ("act", "accept")];
    assert_eq!(officer.form(&format!("{plan}/head-review"), &right).await.status, LATE);
    let head = [
        ("rev", rev.as_str()),
        ("number", "22/KH-UBND"),
        ("title", "Lên mây"),
        ("issued_on", "5/8/2025"),
        ("issuer", "UBND tỉnh"),
        ("follower", SCIENCE),
    ];
    let saved = officer.form(&format!("{plan}/head"), &head).await;
    assert_eq!(saved.status, OPEN, "{}", saved.body);
    let seen = "SELECT COUNT(*) FROM programme_plan WHERE head_seen IS NOT NULL";
    assert_eq!(house.count(seen).await, 1, "who corrects it has looked at it");
}
