//! Who is behind a link is forgotten wherever they are named, and as long as they are named somebody can have them forgotten.

use axum::http::StatusCode;
use kernel::Role;
use testkit::Part;

use crate::{
    house::{House, OTHER_COMMUNE},
    outside::{Bearer, LED, Month, secret_in},
    round::{step, words},
};

const NAMED: &str = "SELECT COUNT(*) FROM programme_outside_filler WHERE name = 'Nguyễn Văn Ngoài'";
const OTHERS: &str = "SELECT COUNT(*) FROM programme_outside_filler WHERE name = 'Trần Thị Khác'";

async fn returned(month: &Month<'_>) {
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);
}

async fn come(house: &House, month: &Month<'_>, address: &str) -> Bearer {
    let made = month.ask(&month.officer, "show", address).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    Bearer::come(house, &secret_in(&made.body)).await
}

#[tokio::test]
async fn a_name_that_stands_only_under_what_was_sent_is_forgotten_too() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let first = come(&house, &month, "vt@doimau.example").await;
    assert_eq!(first.send(&first.rev().await, "send", &[]).await.status, LED);
    returned(&month).await;
    // Somebody else sends the correction by the same link: the first name stands under the first version alone.
    let rev = first.rev().await;
    let who = Part::Field("who", "Trần Thị Khác");
    let sent = [Part::Field("rev", &rev), Part::Field("act", "send"), Part::Field("sure", "1"), who];
    assert_eq!(first.client.upload(&first.page, &sent).await.status, LED);
    returned(&month).await;
    let second = come(&house, &month, "rieng@doimau.example").await;
    assert_eq!(second.send(&second.rev().await, "save", &[]).await.status, LED);
    assert_eq!((house.count(NAMED).await, house.count(OTHERS).await), (1, 1));

    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(list.contains(&format!("href=\"{}/forget\"", second.page)), "asked before: {list}");
    let asked = words(&month.officer.get(&format!("{}/forget", second.page)).await.body);
    assert!(asked.contains("Nguyễn Văn Ngoài; rieng@doimau.example"), "{asked}");
    assert!(asked.contains("ở 1 liên kết và 1 lần gửi báo cáo") && asked.contains("không lấy lại được"), "{asked}");
    assert_eq!(house.count(NAMED).await, 1, "nothing is done by asking");
    let stranger = house.as_("taichinh").await;
    assert_eq!(stranger.get(&format!("{}/forget", second.page)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(month.officer.form(&format!("{}/forget", second.page), &[]).await.status, LED);
    assert_eq!((house.count(NAMED).await, house.count(OTHERS).await), (0, 1), "the person, and nobody else");
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

/// The contacts of a link go when they are old, before what was sent by it does.
#[tokio::test]
async fn who_only_filled_in_what_was_sent_can_be_forgotten() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    // A newer link behind which nobody is known does not hide the older one.
    month.secret().await;
    house.exec("DELETE FROM programme_outside_contact", vec![]).await;
    let forget = format!("{}/forget", bearer.page);
    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(list.contains(&forget), "{list}");
    assert!(words(&month.officer.get(&forget).await.body).contains("Người liên hệ: Nguyễn Văn Ngoài"));
    assert_eq!(month.officer.form(&forget, &[]).await.status, LED);
    assert_eq!(house.count(NAMED).await, 0);
    assert!(!words(&month.officer.get(&month.page()).await.body).contains("/forget"));
}

#[tokio::test]
async fn who_is_behind_an_old_link_can_be_forgotten_once_the_body_has_people_of_its_own() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = come(&house, &month, "vt@doimau.example").await;
    assert_eq!(bearer.send(&bearer.rev().await, "save", &[]).await.status, LED);
    house.person("moivao", OTHER_COMMUNE, Role::OFFICER).await;
    assert_eq!(month.officer.form(&format!("{}/revoke", bearer.page), &[]).await.status, LED);
    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(list.contains(OTHER_COMMUNE) && list.contains("vt@doimau.example"), "{list}");
    assert!(!list.contains("name=\"part\""), "no link is sent to it any more: {list}");
    assert_eq!(month.officer.form(&format!("{}/forget", bearer.page), &[]).await.status, LED);
    let list = words(&month.officer.get(&month.page()).await.body);
    assert!(!list.contains(OTHER_COMMUNE), "now it is none of them: {list}");
}

/// The page before says of all whom it concerns, and of nobody who only shares an address.
#[tokio::test]
async fn all_who_are_forgotten_are_named_before_and_nobody_is_forgotten_twice() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let first = come(&house, &month, "vt@doimau.example").await;
    assert_eq!(first.send(&first.rev().await, "send", &[]).await.status, LED);
    returned(&month).await;
    // The mailbox is that of an office: somebody else writes from it.
    let shared = come(&house, &month, "vt@doimau.example").await;
    let rev = shared.rev().await;
    let saved = [Part::Field("rev", &rev), Part::Field("act", "save"), Part::Field("who", "Trần Thị Khác")];
    assert_eq!(shared.client.upload(&shared.page, &saved).await.status, LED);
    let own = come(&house, &month, "rieng@doimau.example").await;
    assert_eq!(own.send(&own.rev().await, "save", &[]).await.status, LED);

    let forget = format!("{}/forget", own.page);
    let asked = words(&month.officer.get(&forget).await.body);
    for said in ["Nguyễn Văn Ngoài", "rieng@doimau.example", "vt@doimau.example", "2 liên kết và 1 lần gửi"]
    {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    assert!(!asked.contains("Trần Thị Khác"), "{asked}");
    assert_eq!(month.officer.form(&forget, &[]).await.status, LED);
    let other = "SELECT COUNT(*) FROM programme_outside_contact WHERE name = 'Trần Thị Khác' AND address <> ''";
    assert_eq!((house.count(NAMED).await, house.count(other).await), (0, 1));
    let left = "SELECT COUNT(*) FROM programme_outside_contact WHERE address <> ''";
    assert_eq!(house.count(left).await, 1, "the person, wherever they are named, and nobody else");

    assert_eq!(month.officer.get(&forget).await.status, StatusCode::NOT_FOUND);
    assert_eq!(month.officer.form(&forget, &[]).await.status, StatusCode::NOT_FOUND);
    let entries = "SELECT COUNT(*) FROM db_ledger WHERE action = 'outside.forget'";
    assert_eq!(house.count(entries).await, 1);
}
