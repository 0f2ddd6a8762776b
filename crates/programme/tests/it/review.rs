//! A review: sentences without a place, duties and the head beside rows, one queue through all of it.

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::Client;

use crate::{
    documents::{approved, read_in, rev_of, row_at},
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

async fn reviewed(house: &House, officer: &Client, text: &str) -> String {
    read_in(house, officer, "a.txt", text.as_bytes()).await
}

/// The page as its reader sees it.
async fn page(officer: &Client, plan: &str, query: &str) -> String {
    let answer = officer.get(&format!("{plan}/review{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    words(&answer.body)
}

/// The only finding about the sentence, as the API has it.
async fn doubt(officer: &Client, plan: &str) -> serde_json::Value {
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

/// How many things nobody has looked at, as the page before approval asks about.
async fn unseen(officer: &Client, plan: &str) -> usize {
    let page = words(&officer.get(&format!("{plan}/approve")).await.body);
    let Some((before, _)) = page.split_once(" dòng chưa ai xem và vẫn duyệt") else { return 0 };
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_nobody_looked_at_counts_the_head_and_duties_and_is_walked_through_to_the_end() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    house.confirm(&plan).await;
    // Seven tasks, two targets, two duties to report, and the head.
    assert_eq!(unseen(&officer, &plan).await, 12);
    let refused = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(refused.status, WRONG, "{}", refused.body);
    // Each form leads to what comes next.
    let mut at = format!("{plan}/review?on=head");
    for left in (0..12).rev() {
        let shown = words(&officer.get(&at).await.body);
        let (_, item) = shown.split_once(" data-on tabindex").expect(&shown);
        let (_, form) = item.split_once("<form method=\"post\" action=\"").expect(item);
        let form = &form[..form.find("</form>").unwrap()];
        let form = if form.contains("value=\"accept\"") {
            form
        } else {
            // What was just decided stands before it, with its undo.
            let (_, next) = item.split_once("</form>").unwrap();
            let (_, next) = next.split_once("<form method=\"post\" action=\"").expect(next);
            &next[..next.find("</form>").unwrap()]
        };
        let action = form.split('"').next().unwrap().to_owned();
        let mut fields: Vec<(String, String)> = form
            .split("<input type=\"hidden\" name=\"")
            .skip(1)
            .map(|field| {
                let (name, rest) = field.split_once("\" value=\"").unwrap();
                (name.to_owned(), rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3d;", "="))
            })
            .collect();
        fields.push(("act".into(), "accept".into()));
        fields.retain(|(name, _)| name != "once");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = officer.form(&action, &fields).await;
        assert_eq!(answer.status, OPEN, "{action} {fields:?} {}", answer.body);
        assert_eq!(unseen(&officer, &plan).await, left, "{action}");
        assert!(answer.location.contains("said=saved&was="), "{}", answer.location);
        at = answer.location;
    }
    let live = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(live.status, OPEN, "everything was looked at: {}", live.body);
}

#[tokio::test]
async fn the_queue_goes_as_the_document_does_or_doubts_first_and_is_filtered() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &with_bridge()).await;
    let key = |page: &str, key: &str| {
        let found = page.split_once(&format!("data-key=\"{key}\" href=\"")).map(|(_, rest)| rest.split('"').next());
        found.flatten().map(|href| href.replace("&amp;", "&"))
    };
    // Of targets that were looked at nothing is doubted.
    let read = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
    for target in read["targets"].as_array().unwrap() {
        let path = format!("/read-targets/{}", target["id"].as_str().unwrap());
        assert_eq!(officer.form(&path, &[("rev", "1"), ("act", "accept")]).await.status, OPEN);
    }
    // Targets stand before the tasks of this document, and the doubt behind them.
    let head = page(&officer, &plan, "?on=head").await;
    assert_eq!(key(&head, "j").as_deref(), Some("?on=target-1#target-1"));
    assert_eq!(key(&head, "k"), None);
    let finding = doubt(&officer, &plan).await["id"].as_str().unwrap().to_owned();
    assert_eq!(key(&head, "n"), Some(format!("?on={finding}#{finding}")));
    let second = page(&officer, &plan, "?on=target-2").await;
    assert_eq!(key(&second, "j"), Some(format!("?on={finding}#{finding}")));
    assert_eq!(key(&second, "k").as_deref(), Some("?on=target-1#target-1"));
    let doubts = page(&officer, &plan, &format!("?on={finding}&order=doubts")).await;
    assert_eq!(key(&doubts, "k"), None, "the doubt is first");
    assert_eq!(key(&doubts, "j").as_deref(), Some("?on=head&order=doubts#head"));
    let found = page(&officer, &plan, "?find=dinh+muc").await;
    assert!(
        found.contains("Mục 1 trên 1") && found.contains("id=\"row-2\"") && !found.contains("id=\"row-1\""),
        "{found}"
    );
    // What is asked for and is not there is no fault of its reader.
    for odd in ["?on=duty-999", "?on=x", "?row=0", "?row=99999", "?place=x", "?add=x", "?was=row-99", "?was=duty-77"] {
        page(&officer, &plan, odd).await;
    }
}

#[tokio::test]
async fn an_accepted_row_leads_on_and_its_undo_stands_where_the_review_went() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = reviewed(&house, &officer, &plan_without_doubts()).await;
    let row = row_at(&house, 1).await;
    let accept = [("rev", "1"), ("act", "accept"), ("number", "1"), ("next", "row=2#row-2")];
    let answer = officer.form(&format!("/read-rows/{row}"), &accept).await;
    assert_eq!(answer.location, format!("{plan}/review?said=saved&was=row-1&row=2#row-2"));
    let shown = words(&officer.get(&answer.location).await.body);
    assert!(shown.contains("Nhiệm vụ 1: đã rà soát") && shown.contains("name=\"act\" value=\"reopen\""), "{shown}");
    // It leads nowhere else, whatever a form says.
    let row = row_at(&house, 2).await;
    let away = [("rev", "1"), ("act", "accept"), ("number", "2"), ("next", "//evil.example/")];
    let answer = officer.form(&format!("/read-rows/{row}"), &away).await;
    assert!(answer.location.starts_with(&format!("{plan}/review?")), "{}", answer.location);
}

/// Work with a year of its own among duties: is it a task? Who accepts it has said so, and is asked no more.
#[tokio::test]
async fn who_accepts_a_row_answers_with_it_whether_it_is_a_task() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let duty = "a) Theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n";
    let text = plan_without_doubts().replacen(duty, &format!("{duty}Đắp lại bờ kè suối Vàng trong năm 2026.\n"), 1);
    let plan = reviewed(&house, &officer, &text).await;
    let open = "SELECT COUNT(*) FROM programme_finding WHERE kind = 'maybe_task' AND state = 'open'";
    assert_eq!(house.count(open).await, 1);
    let at = house.count("SELECT position FROM programme_read_row WHERE body LIKE '%bờ kè%'").await;
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    let found = officer.get(&format!("/api/v1{plan}/findings")).await.json();
    let asked = found["items"].as_array().unwrap().iter().find(|one| one["kind"] == "maybe_task").unwrap();
    let way = format!("name=\"next\" value=\"on={}", asked["id"].as_str().unwrap());
    assert!(!card.contains(&way), "what is answered with the row is passed over: {card}");
    let id = row_at(&house, at).await;
    let accept = [("rev", "1"), ("act", "accept")];
    assert_eq!(officer.form(&format!("/read-rows/{id}"), &accept).await.status, OPEN);
    assert_eq!(house.count(open).await, 0);
}

/// A row without a time says why it is not to be accepted, and has an answer of its own; the end leads to the approval.
#[tokio::test]
async fn a_row_without_a_time_is_answered_by_one_button_and_the_end_of_the_walk_leads_on() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = plan_without_doubts().replacen("- Thời gian thực hiện: Quý III/2026.\n", "", 1);
    let plan = reviewed(&house, &officer, &text).await;
    let at = house.count("SELECT position FROM programme_read_row WHERE body LIKE '%Rà soát định mức%'").await;
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    assert!(card.contains("data-blocked") && card.contains("data-key=\"h\""), "{card}");
    let id = row_at(&house, at).await;
    let answer = [
        ("rev", "1"),
        ("act", "correct"),
        ("text", "Rà soát định mức chi cho thuê dịch vụ số."),
        ("lead", "Sở Tài chính"),
        ("reason", "Văn bản không nêu thời hạn"),
    ];
    assert_eq!(officer.form(&format!("/read-rows/{id}"), &answer).await.status, OPEN);
    let card = page(&officer, &plan, &format!("?row={at}")).await;
    assert!(!card.contains("data-blocked") && !card.contains("Đã rà soát xong"), "{card}");
    house.exec("UPDATE programme_read_row SET state = 'accepted' WHERE state = 'open'", vec![]).await;
    house.exec("UPDATE programme_read_target SET state = 'accepted' WHERE state = 'open'", vec![]).await;
    assert!(!page(&officer, &plan, "").await.contains("Đã rà soát xong"), "the head and duties are left");
}
