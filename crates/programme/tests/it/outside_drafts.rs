//! What is written behind a link is kept as it is written: for who has that link, and for nobody else.

use axum::http::{StatusCode, header};
use testkit::{Answer, Part};

use crate::{
    house::House,
    outside::{Bearer, GONE, LED, Month},
    refused_forms::untouched,
    round::words,
};

async fn keep(bearer: &Bearer, rev: &str, intro: &str) -> Answer {
    bearer.client.form(&format!("{}/draft", bearer.page), &[("rev", rev), ("intro", intro)]).await
}

async fn drafts(house: &House) -> i64 {
    house.count("SELECT COUNT(*) FROM db_draft").await
}

#[tokio::test]
async fn what_is_written_behind_a_link_is_offered_again_and_gone_once_it_is_saved() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let (rev, before) = (bearer.rev().await, house.ledger_length().await);
    let form = words(&bearer.show().await.body);
    assert!(
        form.contains(&format!("data-draft-to=\"{}/draft\"", bearer.page)) && !form.contains("draft-offer"),
        "{form}"
    );
    let kept = keep(&bearer, &rev, "Gọi 0905123456 để hỏi").await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(kept.json()["at"].as_str().unwrap().contains(':'), "{}", kept.body);
    assert_eq!((drafts(&house).await, house.ledger_length().await), (1, before), "it is no act");

    let offered = words(&bearer.show().await.body);
    assert!(offered.contains("Bản đang viết dở lúc") && !offered.contains("0905123456"), "{offered}");
    assert!(offered.contains(&format!("action=\"{}/draft/drop\"", bearer.page)), "{offered}");
    let (_, offer) = offered.split_once("class=\"draft-offer\"").unwrap();
    let again = offer.split("href=\"").nth(1).unwrap().split(['"', '#']).next().unwrap().replace("&amp;", "&");
    let filled = words(&bearer.client.get(&again).await.body);
    assert!(filled.contains("Gọi 090******* để hỏi</textarea>"), "{again}: {filled}");

    // Saved by the form it is gone with the act; a sheet that is loaded takes nothing in that is being written.
    let sheet = bearer.client.get_bytes(&format!("{}/sheet", bearer.page)).await;
    bearer.client.upload(&format!("{}/sheet", bearer.page), &[Part::File("b.xlsx", &sheet)]).await;
    assert_eq!(drafts(&house).await, 1);
    let key = form.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let typed = [Part::Field("draft", key), Part::Field("intro", "Đã viết xong")];
    assert_eq!(bearer.send(&bearer.rev().await, "save", &typed).await.status, LED);
    assert_eq!(drafts(&house).await, 0);
    assert!(!words(&bearer.show().await.body).contains("draft-offer"));
}

/// Drafts are masked, and a masked telephone is none: it is typed again, or stays as it was saved.
#[tokio::test]
async fn a_draft_keeps_no_telephone_and_spoils_none() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let phone = Part::Field("phone", "0905123456");
    assert_eq!(bearer.send(&bearer.rev().await, "save", std::slice::from_ref(&phone)).await.status, LED);
    // As the script sends the form that nobody typed into yet: what is there already is no draft.
    let rev = bearer.rev().await;
    let draft_at = format!("{}/draft", bearer.page);
    let fields = untouched(&words(&bearer.show().await.body), &bearer.page);
    assert!(fields.contains(&("phone".into(), "0905123456".into())), "{fields:?}");
    let fields = fields.iter().filter(|(name, _)| !["once", "draft", "file"].contains(&name.as_str()));
    let form: Vec<_> = fields.map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(bearer.client.form(&draft_at, &form).await.status, StatusCode::OK);
    assert!(!words(&bearer.show().await.body).contains("draft-offer"));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft WHERE fields LIKE '%phone%'").await, 0);
    // What is taken up again has the telephone as it was saved, and is saved.
    let typed = [("rev", rev.as_str()), ("phone", "0905123456"), ("intro", "Đang viết")];
    assert_eq!(bearer.client.form(&draft_at, &typed).await.status, StatusCode::OK);
    let offered = words(&bearer.show().await.body);
    let (_, offer) = offered.split_once("class=\"draft-offer\"").unwrap();
    let again = offer.split("href=\"").nth(1).unwrap().split(['"', '#']).next().unwrap().replace("&amp;", "&");
    let filled = words(&bearer.client.get(&again).await.body);
    assert!(filled.contains("Đang viết</textarea>") && filled.contains("value=\"0905123456\""), "{filled}");
    assert!(!filled.contains("090*******"), "{filled}");
    assert_eq!(bearer.send(&rev, "save", &[phone, Part::Field("intro", "Đang viết")]).await.status, LED);
}

#[tokio::test]
async fn nobody_without_the_link_keeps_sees_or_drops_what_is_written_by_it() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let first = Bearer::come(&house, &month.secret().await).await;
    let rev = first.rev().await;
    assert_eq!(keep(&first, &rev, "Lời của liên kết cũ").await.status, StatusCode::OK);
    let (keep_at, drop_at) = (format!("{}/draft", first.page), format!("{}/draft/drop", first.page));
    for client in [house.client(), house.as_("vidu").await, house.client().with_cookie("dinh_outside=out_0000")] {
        assert_eq!(client.form(&keep_at, &[("intro", "của người khác")]).await.status, GONE);
        assert_eq!(client.form(&drop_at, &[]).await.status, GONE);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft WHERE fields LIKE '%liên kết cũ%'").await, 1);
    // Of another link of the same report it is not; nor is anything kept by one that is over.
    let second = Bearer::come(&house, &month.secret().await).await;
    assert!(!words(&second.show().await.body).contains("draft-offer"));
    assert_eq!(keep(&first, &rev, "muộn").await.status, StatusCode::CONFLICT);
    assert_eq!(keep(&second, &rev, "Lời của liên kết mới").await.status, StatusCode::OK);
    assert_eq!(second.client.form(&format!("{}/draft/drop", second.page), &[]).await.location, second.page);
    assert_eq!(drafts(&house).await, 1);
    // With what is known of who is behind a link goes what they were writing.
    let id = first.page.rsplit('/').next().unwrap().to_owned();
    assert_eq!(house.as_("vidu").await.form(&format!("/outside/{id}/forget"), &[]).await.status, LED);
    assert_eq!(drafts(&house).await, 0);
}

/// A script reads why its draft was refused; whoever comes to an address that only looks like one reads a page.
#[tokio::test]
async fn only_where_a_draft_is_kept_the_answer_is_for_a_script() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let kind = async |path: &str| {
        let answer = house.client().form(path, &[]).await;
        assert_eq!(answer.status, GONE);
        answer.headers[header::CONTENT_TYPE].to_str().unwrap().split(';').next().unwrap().to_owned()
    };
    assert_eq!(kind(&format!("{}/draft", bearer.page)).await, "application/problem+json");
    assert_eq!(kind("/no-such-form/draft").await, "text/html");
}

#[tokio::test]
async fn drafts_of_a_link_are_counted_with_all_that_comes_by_it() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    let rev = bearer.rev().await;
    let mut refused = 0;
    for nth in 0..100 {
        let kept = keep(&bearer, &rev, &format!("lần {nth}")).await;
        refused += usize::from(kept.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!((10..=15).contains(&refused), "{refused}");
    assert_eq!(drafts(&house).await, 1);
}
