//! What everybody sees stands in the name of a body that said so, and no longer than it says so.

use axum::http::StatusCode;
use kernel::{PlanId, Role};
use testkit::Client;

use crate::{
    documents::rev_of,
    house::{COMMUNE, House, OTHER_COMMUNE},
    round::words,
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;

/// A task of the commune for itself, in somebody's name.
async fn assign(who: &Client, giver: &str, text: &str, leads: &str) -> StatusCode {
    let task = [
        ("number", "77/TB-UBND"),
        ("issued_on", "2026-11-16"),
        ("giver", giver),
        ("text", text),
        ("leads", leads),
        ("due", "30/12/2026"),
    ];
    who.form("/assign", &task).await.status
}

async fn numbered(house: &House, number: &str) -> String {
    let id = house.one("SELECT id FROM programme_plan WHERE number = $1", db::vals![number]).await;
    format!("/plans/{}", PlanId::from_uuid(id))
}

async fn public(house: &House, plan: &str) -> testkit::Answer {
    house.client().get(&format!("/public{plan}")).await
}

#[tokio::test]
async fn a_document_in_anothers_name_is_public_while_that_body_stands_behind_all_of_it() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    assert_eq!(assign(&xa, "UBND tỉnh", "Rà soát hạ tầng", COMMUNE).await, OPEN);
    let plan = numbered(&house, "77/TB-UBND").await;
    let publish = format!("{plan}/publish");
    let forged = xa.form(&publish, &[]).await;
    assert_eq!(forged.status, StatusCode::CONFLICT);
    assert!(words(&forged.body).contains("chưa xác nhận đây là văn bản của mình"), "{}", forged.body);
    assert_eq!(public(&house, &plan).await.status, StatusCode::NOT_FOUND);
    house.confirm(&plan).await;
    assert_eq!(xa.form(&publish, &[]).await.status, OPEN);
    assert!(public(&house, &plan).await.body.contains("Rà soát hạ tầng"));
    // What is added in its name waits for another word; so does what everybody sees.
    assert_eq!(assign(&xa, "UBND tỉnh", "Nộp thêm một khoản", COMMUNE).await, OPEN);
    assert_eq!(public(&house, &plan).await.status, StatusCode::NOT_FOUND);
    assert!(words(&xa.get(&plan).await.body).contains("Hiện không ai xem được"));
    house.confirm(&plan).await;
    assert_eq!(public(&house, &plan).await.status, StatusCode::OK);
    let rev = rev_of(&house, &plan).await;
    let back = [("rev", rev.as_str()), ("act", "take_back")];
    assert_eq!(house.as_("lanhdao").await.form(&format!("{plan}/confirm"), &back).await.status, OPEN);
    assert_eq!(public(&house, &plan).await.status, StatusCode::NOT_FOUND);
    // It can still be taken off.
    assert_eq!(xa.form(&publish, &[("end", "true")]).await.status, OPEN);
}

#[tokio::test]
async fn in_the_name_of_a_body_that_is_not_known_nothing_is_public() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    assert_eq!(assign(&xa, "Thủ tướng Chính phủ", "Rà soát hạ tầng", COMMUNE).await, OPEN);
    let plan = numbered(&house, "77/TB-UBND").await;
    let page = words(&xa.get(&plan).await.body);
    assert!(page.contains("không phải là cơ quan có trên hệ thống"), "{page}");
    assert_eq!(xa.form(&format!("{plan}/publish"), &[]).await.status, StatusCode::CONFLICT);
    house.confirm(&plan).await;
    assert_eq!(xa.form(&format!("{plan}/publish"), &[]).await.status, StatusCode::CONFLICT, "whoever says so");
    assert_eq!(public(&house, &plan).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_found_says_whether_its_issuer_stands_behind_it() {
    let house = House::demo().await;
    let (officer, leader) = (house.as_("vidu").await, house.as_("lanhdao").await);
    let plan = numbered(&house, "45/KH-UBND").await;
    assert_eq!(officer.form(&format!("{plan}/publish"), &[]).await.status, OPEN);
    let below = format!("{}/cascade?below=1", numbered(&house, "22/KH-UBND").await);
    let search = async || words(&officer.get("/search?q=du+lieu+mo").await.body);
    let before = search().await;
    assert!(before.contains("45/KH-UBND") && !before.contains("chưa xác nhận"), "{before}");
    assert_eq!(officer.get(&below).await.status, StatusCode::OK);
    let rev = rev_of(&house, &plan).await;
    let back = [("rev", rev.as_str()), ("act", "take_back")];
    assert_eq!(leader.form(&format!("{plan}/confirm"), &back).await.status, OPEN);
    assert!(search().await.contains("chưa xác nhận"));
    assert_eq!(public(&house, &plan).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_bodies_write_the_same_words_and_neither_learns_of_the_other() {
    let house = House::people().await;
    for (login, commune) in [("xaprog", COMMUNE), ("xadoi", OTHER_COMMUNE)] {
        let xa = house.person(login, commune, Role::PROGRAMME).await;
        assert_eq!(assign(&xa, "UBND tỉnh", "Rà soát hạ tầng", "Sở Tài chính").await, OPEN, "{commune}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE number = '77/TB-UBND'").await, 2);
}
