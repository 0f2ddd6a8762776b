//! The links by which a body of which nobody has an account reports: made, sent in letters, replaced, taken back, and opened too
//! often.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use programme::reporting::usecase::outside_door::link_of;
use serde_json::json;
use testkit::Part;
use webkit::ClientAddr;

use crate::{
    house::{House, Post, SCIENCE, building_with},
    outside::{Bearer, GONE, LED, Month, secret_in},
    round::words,
};

#[tokio::test]
async fn a_link_opens_nothing_once_it_is_replaced_taken_back_or_over() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let unknown = house.client().get("/r/out_0000").await;
    assert_eq!(unknown.status, GONE);
    assert!(
        unknown.body.contains("Hãy mở lại đúng liên kết") && !unknown.body.contains("/sign-in"),
        "{}",
        unknown.body
    );

    let first = month.secret().await;
    let old = Bearer::come(&house, &first).await;
    let rev = old.rev().await;
    let second = month.secret().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_outside WHERE state = 'live'").await, 1);
    for answer in [old.show().await, house.client().get(&format!("/r/{first}")).await] {
        assert_eq!(answer.status, GONE);
        assert!(answer.body.contains("đã được thay bằng liên kết mới"), "{}", answer.body);
    }
    let late = old.send(&rev, "send", &[Part::Field("intro", "Lời gửi muộn")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Lời gửi muộn"), "no word is lost by it: {}", late.body);

    // The cookie of one link opens no other, and no id does without a secret.
    let new = Bearer::come(&house, &second).await;
    let strange = Bearer { client: old.client.clone(), cookie: old.cookie.clone(), page: new.page.clone() };
    assert_eq!(strange.show().await.status, GONE);
    assert_eq!(strange.send(&rev, "send", &[]).await.status, GONE);
    let nobody = house.client().get(&new.page).await;
    assert!(nobody.status == GONE && nobody.body.contains("Hãy mở lại đúng liên kết"), "{}", nobody.body);
    assert_eq!(month.officer.get(&new.page).await.location, month.page(), "an officer is led to the list");

    let id = new.page.rsplit('/').next().unwrap().to_owned();
    let revoke = format!("/outside/{id}/revoke");
    assert_eq!(house.as_("thu").await.form(&revoke, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(month.officer.form(&revoke, &[]).await.status, LED);
    assert_eq!(month.officer.form(&revoke, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(month.stage().await, "revoked");
    let revoked = new.show().await;
    assert!(revoked.status == GONE && revoked.body.contains("thu hồi"), "{}", revoked.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'issued'").await, 0);

    let third = Bearer::come(&house, &month.secret().await).await;
    let rev = third.rev().await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 60));
    let expired = third.show().await;
    assert!(expired.status == GONE && expired.body.contains("hết hạn"), "{}", expired.body);
    assert_eq!(third.send(&rev, "save", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(month.stage().await, "expired");
}

#[tokio::test]
async fn letters_carry_links_to_addresses_that_can_be_some() {
    let post = Arc::new(Post::default());
    let house = House::demo_of(building_with(post.clone())).await;
    let month = Month::open(&house).await;
    let refused = month.ask(&month.officer, "send", "khong phai dia chi").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Địa chỉ thư của") && post.0.lock().unwrap().is_empty(), "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_outside").await, 0, "nothing of it is made");

    // First it is asked to whom.
    let unit = month.unit.to_string();
    let form = [("act", "send"), ("unit", unit.as_str()), ("address", "vt@doimau.example"), ("part", unit.as_str())];
    let asked = words(&month.officer.form(&month.page(), &form).await.body);
    assert!(asked.contains("vt@doimau.example") && post.0.lock().unwrap().is_empty(), "{asked}");
    let sent = month.ask(&month.officer, "send", "vt@doimau.example").await;
    assert_eq!(sent.location, format!("{}?done=outside-links-sent", month.page()), "{}", sent.body);
    let letter = post.0.lock().unwrap().pop().unwrap();
    assert_eq!(letter.address, "vt@doimau.example");
    assert!(letter.subject.contains("tháng 11 năm 2026") && letter.text.contains("Sở Khoa học và Công nghệ"));
    let bearer = Bearer::come(&house, &secret_in(&letter.text)).await;
    assert_eq!(bearer.show().await.status, StatusCode::OK);
    // Asked again, the address is there; what is told of people is noted.
    assert!(month.officer.get(&month.page()).await.body.contains("vt@doimau.example"));
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert!(house.count("SELECT COUNT(*) FROM db_access WHERE action = 'outside.list'").await > 0);
}

#[tokio::test]
async fn a_link_that_is_opened_too_often_waits_and_no_other_does() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let mut last = bearer.show().await;
    for _ in 0..120 {
        last = bearer.show().await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    let other = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(other.show().await.status, StatusCode::OK);
    house.clock.move_by(jiff::SignedDuration::from_mins(1));
    assert_ne!(bearer.show().await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// A second press makes no second link. What the first one showed is kept nowhere: that it was made is said, and that it can be
/// made anew.
#[tokio::test]
async fn a_second_press_says_that_the_links_were_made() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let unit = month.unit.to_string();
    let press = async |once: &str| {
        let chosen = [("once", once), ("act", "show"), ("confirm", "1"), ("days", "10")];
        let body = [("unit", unit.as_str()), ("address", ""), ("part", unit.as_str())];
        month.officer.form(&month.page(), &[&chosen[..], &body[..]].concat()).await
    };
    let links = "SELECT COUNT(*) FROM programme_outside";
    let first = press("k1").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let second = press("k1").await;
    assert_eq!((second.status, house.count(links).await), (StatusCode::CONFLICT, 1));
    let said = words(&second.body);
    assert!(said.contains("chỉ hiện một lần và không được lưu") && !said.contains("/r/out_"), "{said}");
    assert_eq!(press("k2").await.status, StatusCode::OK);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_outside WHERE state = 'live'").await, 1);
}

/// Somebody who guesses is not everybody at their address: there a link that is good opens all the same.
#[tokio::test]
async fn wrong_guesses_do_not_shut_out_who_has_a_link() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let (secret, ctx) = (month.secret().await, house.system());
    let from = ClientAddr("192.0.2.7".parse().ok());
    let come = async |text: &str| {
        let known = link_of(&house.app, &ctx, from, text).await;
        known.map(drop).map_err(|problem| problem.code)
    };
    for _ in 0..21 {
        assert_eq!(come("out_0").await, Err("outside-unknown"));
    }
    assert_eq!(come("out_0").await, Err("outside-too-often"));
    assert_eq!(come(&secret).await, Ok(()));
}

#[tokio::test]
async fn programs_send_list_and_take_back_and_are_told_no_secret() {
    let house = House::demo_of(building_with(Arc::new(Post::default()))).await;
    let month = Month::open(&house).await;
    let path = format!("/api/v1/periods/{}/outside", month.period);
    let to = json!({"to": [{"unit": month.unit.to_string(), "address": "vt@doimau.example"}], "days": 5});
    let sent = month.officer.json(Method::POST, &path, &to).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert!(!sent.body.contains("/r/"), "{}", sent.body);
    assert_eq!(sent.json()["items"][0]["stage"], "sent");
    assert_eq!(sent.json()["inside"], 1);
    let link = sent.json()["items"][0]["link"].as_str().unwrap().to_owned();
    let stranger = house.as_("taichinh").await;
    assert_eq!(stranger.json(Method::POST, &path, &to).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.get(&path).await.status, StatusCode::FORBIDDEN);
    let inside = json!({"to": [{"unit": house.unit(SCIENCE).to_string(), "address": "a@b.example"}]});
    let refused = month.officer.json(Method::POST, &path, &inside).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "its people have accounts");
    let revoked = month.officer.json(Method::POST, &format!("/api/v1/outside/{link}/revoke"), &json!({})).await;
    assert_eq!(revoked.json()["items"][0]["stage"], "revoked", "{}", revoked.body);
    let without = House::demo().await;
    let month = Month::open(&without).await;
    let path = format!("/api/v1/periods/{}/outside", month.period);
    let to = json!({"to": [{"unit": month.unit.to_string(), "address": "vt@doimau.example"}]});
    assert_eq!(month.officer.json(Method::POST, &path, &to).await.status, StatusCode::CONFLICT, "no way out");
}
