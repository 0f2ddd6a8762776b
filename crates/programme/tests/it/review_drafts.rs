//! What is written into the forms of a review is kept as it is written: of duties and of the head as of tasks.

use testkit::Client;

use crate::{
    documents::{read_in, rev_of, row_at},
    drafts::{again, keep, key, page},
    house::{House, SCIENCE, plan_without_doubts},
    status::OPEN,
};

/// A form of the review: where the page shows it, where it is sent, and what is written into it.
struct Written<'a> {
    at: &'a str,
    action: &'a str,
    fields: &'a [(&'a str, &'a str)],
    /// As the form shows it when it is filled in again.
    shown: &'a str,
}

/// It is kept, offered where it was written and nowhere else, filled in again, and gone with the act.
async fn is_kept(house: &House, officer: &Client, elsewhere: &str, form: &Written<'_>) {
    let Written { at, action, fields, shown } = *form;
    let before = page(officer, at).await;
    assert!(!before.contains("draft-offer") && !before.contains(shown), "{at}: {before}");
    let key = key(&before, action);
    let kept = keep(officer, &key, fields).await;
    assert_eq!(kept.status, 200, "{at}: {}", kept.body);
    assert!(!page(officer, elsewhere).await.contains("draft-offer"), "{at}: {elsewhere} offers it");
    let offered = page(officer, at).await;
    assert!(offered.contains("Bản đang viết dở lúc") && !offered.contains(shown), "{at}: {offered}");
    let filled = page(officer, &again(&offered)).await;
    assert!(filled.contains(shown), "{at}: {filled}");
    let once = filled.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let sent = [fields, &[("once", once), ("draft", key.as_str())]].concat();
    let saved = officer.form(action, &sent).await;
    assert_eq!(saved.status, OPEN, "{at}: {}", saved.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0, "{at}");
}

#[tokio::test]
async fn what_is_written_of_a_task_a_duty_and_the_head_is_kept_and_offered_again() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", plan_without_doubts().as_bytes()).await;
    let on = |spot: &str| format!("{plan}/review?on={spot}");
    let row = format!("/read-rows/{}", row_at(&house, 1).await);
    let task = [
        ("rev", "1"),
        ("number", "1"),
        ("act", "correct"),
        ("text", "Lập sổ máy chủ, viết dở"),
        ("lead", SCIENCE),
        ("time", "Năm 2026"),
    ];
    let task = Written {
        at: &on("row-1"), action: &row, fields: &task, shown: "Lập sổ máy chủ, viết dở</textarea>"
    };
    is_kept(&house, &officer, &on("row-2"), &task).await;
    let duty = [
        ("position", "3"),
        ("rev", "0"),
        ("act", "correct"),
        ("text", "Gửi số liệu máy chủ, viết dở"),
        ("who", "Sở Tài chính"),
        ("to", "UBND tỉnh"),
        ("period", "quarter"),
        ("due", "trước ngày 05/4"),
    ];
    let (action, shown) = (format!("{plan}/read-duties"), "Gửi số liệu máy chủ, viết dở</textarea>");
    let duty = Written { at: &on("duty-3"), action: &action, fields: &duty, shown };
    is_kept(&house, &officer, &on("duty-4"), &duty).await;
    let rev = rev_of(&house, &plan).await;
    let head = [
        ("rev", rev.as_str()),
        ("number", "22/KH-UBND"),
        ("title", "Kế hoạch máy chủ, viết dở"),
        ("issued_on", "2025-08-05"),
        ("issuer", "UBND tỉnh"),
        ("follower", SCIENCE),
    ];
    let (action, shown) = (format!("{plan}/head"), "value=\"Kế hoạch máy chủ, viết dở\"");
    let head = Written { at: &on("head"), action: &action, fields: &head, shown };
    is_kept(&house, &officer, "/plans", &head).await;
}

/// Two duties are corrected at one address: what is written of one is no draft of the other.
#[tokio::test]
async fn each_duty_has_a_draft_of_its_own() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", plan_without_doubts().as_bytes()).await;
    let action = format!("{plan}/read-duties");
    let shown = async |spot: &str| page(&officer, &format!("{plan}/review?on={spot}")).await;
    let keys = [key(&shown("duty-3").await, &action), key(&shown("duty-4").await, &action)];
    assert_ne!(keys[0], keys[1]);
    keep(&officer, &keys[1], &[("position", "4"), ("rev", "0"), ("act", "correct"), ("text", "Của mục thứ tư")]).await;
    assert!(!shown("duty-3").await.contains("draft-offer"));
    let offered = shown("duty-4").await;
    assert!(page(&officer, &again(&offered)).await.contains("Của mục thứ tư</textarea>"), "{offered}");
}
