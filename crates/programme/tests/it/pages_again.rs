//! A page that refuses says why where it was asked, and keeps what was typed.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    documents::{PLAN, read_in},
    house::{COMMUNE, House},
    round::{Round, step, words},
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn a_document_that_waits_for_its_issuer_says_so_where_it_is_reviewed() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "xem sau")]).await;
    let review = words(&officer.get(&format!("{plan}/review")).await.body);
    assert!(review.contains("chưa xác nhận văn bản này") && review.contains("Sở Tài chính"), "{review}");
    assert!(!review.contains(&format!("href=\"{plan}/approve\"")), "what would be refused is not offered");
    let reviewing = officer.header("referer", &format!("http://dinh.test{plan}/review"));
    let refused = reviewing.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(refused.status, WRONG);
    assert!(refused.body.contains("chưa có thẩm quyền giao việc cho"), "{}", refused.body);
    assert!(refused.body.contains("Rà soát định mức chi"), "the review itself is shown: {}", refused.body);
    house.confirm(&plan).await;
    let review = words(&officer.get(&format!("{plan}/review")).await.body);
    assert!(review.contains(&format!("href=\"{plan}/approve\"")), "{review}");
}

#[tokio::test]
async fn a_refused_word_on_a_document_keeps_its_reason_and_the_inbox_names_the_body() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    let leader = house.as_("lanhdao").await;
    let inbox = words(&leader.get("/work").await.body);
    assert!(inbox.contains("Chờ tôi xác nhận văn bản") && !inbox.contains("ỦY BAN NHÂN DÂN"), "{inbox}");
    assert!(inbox.contains("05/08/2025"), "the document's day: {inbox}");
    assert!(!officer.get("/plans").await.body.contains("ỦY BAN NHÂN DÂN"));
    let old = [("rev", "0"), ("act", "refuse"), ("reason", "Không phải của chúng tôi")];
    let stale = leader.form(&format!("{plan}/confirm"), &old).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let body = words(&stale.body);
    let (_, beside) = body.split_once("Những gì bạn đã nhập").expect(&body);
    assert!(beside.contains("Không phải của chúng tôi") && body.contains("người khác sửa"), "{body}");
    let unknown = [("rev", "2"), ("act", "confirm"), ("follower", "Sở Không Có")];
    let unknown = leader.form(&format!("{plan}/confirm"), &unknown).await;
    assert_eq!(unknown.status, WRONG);
    assert!(words(&unknown.body).contains("value=\"Sở Không Có\""), "{}", unknown.body);
}

#[tokio::test]
async fn a_document_that_was_not_read_is_not_called_taken_in() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let taken = officer.upload("/plans/new", &[Part::File("a.txt", b" \n")]).await;
    assert!(officer.get(&taken.location).await.body.contains("Đã nhận văn bản."));
    house.drain().await;
    let refused = officer.get(&taken.location).await.body;
    assert!(refused.contains("Không đọc được") && !refused.contains("Đã nhận văn bản."), "{refused}");
}

#[tokio::test]
async fn each_step_of_a_report_is_named_and_a_refused_issue_keeps_number_and_day() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act, words) in [
        (&clerk, "submit", "Đã trình kiểm tra."),
        (&chair, "check", "chờ lãnh đạo duyệt"),
        (&chair, "approve", "số liệu đã được chốt"),
    ] {
        let there = step(who, &id, act, &[]).await.location;
        assert!(who.get(&there).await.body.contains(words), "{act}: {there}");
    }
    let typed = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2099-01-01")];
    let refused = step(&clerk, &id, "issue", &typed).await;
    assert_eq!(refused.status, WRONG, "{}", refused.location);
    let body = words(&refused.body);
    assert!(body.contains("value=\"15/BC-UBND\"") && body.contains("value=\"2099-01-01\""), "{body}");
}
