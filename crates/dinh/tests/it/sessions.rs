//! How long a session lasts, who ends it, what asks again who it is, and which pages no browser keeps.

use axum::http::StatusCode;
use directory::Directory;
use jiff::SignedDuration;

use crate::{
    house::{House, PASSWORD},
    signin::at,
};

#[tokio::test]
async fn a_session_ends_after_twelve_hours_and_an_idle_administrator_after_thirty_minutes() {
    let house = House::people().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    for _ in 0..23 {
        house.clock.move_by(SignedDuration::from_mins(29));
        assert_eq!(admin.get("/units").await.status, StatusCode::OK);
        officer.get("/work").await;
    }
    house.clock.move_by(SignedDuration::from_mins(31));
    assert!(admin.get("/units").await.location.starts_with("/sign-in"), "idle");
    assert_eq!(officer.get("/work").await.status, StatusCode::OK, "11:38 of use");
    house.clock.move_by(SignedDuration::from_mins(25));
    assert!(officer.get("/work").await.location.starts_with("/sign-in"), "twelve hours, however busy");
    let officer = house.signed_in("vidu").await;
    house.clock.move_by(SignedDuration::from_mins(241));
    assert!(officer.get("/work").await.location.starts_with("/sign-in"), "idle");
}

#[tokio::test]
async fn each_sign_in_begins_a_new_session_and_ends_the_one_before() {
    let house = House::people().await;
    let first = house.signed_in("vidu").await;
    let second = first.sign_in("vidu", PASSWORD).await;
    assert!(first.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(second.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_person_sees_their_sessions_and_ends_them() {
    let house = House::people().await;
    let phone = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36";
    let lost = at(&house, "192.0.2.44").header("user-agent", phone).sign_in("vidu", PASSWORD).await;
    let (mine, other) = (house.signed_in("vidu").await, house.signed_in("vidu").await);
    let stranger = house.signed_in("thu").await;
    let page = mine.get("/account").await.body;
    assert!(page.contains("Chrome, Android") && page.contains("192.0.2.44") && page.contains("Phiên này"), "{page}");
    let row = page.split("Chrome, Android").nth(1).unwrap();
    let id = row.split("/account/sessions?session=").nth(1).unwrap().split(['"', '&']).next().unwrap().to_owned();
    assert_eq!(stranger.form("/account/sessions", &[("session", &id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(mine.form("/account/sessions", &[("session", &id)]).await.status, StatusCode::SEE_OTHER);
    assert!(lost.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(other.get("/work").await.status, StatusCode::OK);
    house.clock.move_by(SignedDuration::from_mins(11));
    let asked = mine.form("/account/sessions", &[("session", "others")]).await;
    assert!(asked.location.starts_with("/account/prove"), "{}", asked.location);
    assert_eq!(mine.form("/account/prove", &[("current", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(mine.form("/account/sessions", &[("session", "others")]).await.status, StatusCode::SEE_OTHER);
    assert!(other.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(mine.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn sensitive_acts_ask_again_who_it_is() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("referer", "http://dinh.test/people/new?x=1");
    house.clock.move_by(SignedDuration::from_mins(11));
    let root = house.app.get::<Directory>().unwrap().tree().root().unwrap().id.to_string();
    let new = async |role: &str, login: &str| {
        admin.form("/people/new", &[("name", "Ví Dụ"), ("login", login), ("unit", &root), ("role", role)]).await
    };
    assert_eq!(new("officer", "mot").await.status, StatusCode::OK, "an officer's post is no sensitive one");
    let id = async |column: &str| {
        let sql = format!("SELECT {column} AS id FROM directory_account WHERE login = 'mot'");
        house.one(&sql, vec![]).await
    };
    let account = kernel::AccountId::from_uuid(id("id").await);
    let person = kernel::PersonId::from_uuid(id("person_id").await);
    let (account_id, erase) = (account.to_string(), [("reason", "thử"), ("confirm", "1")]);
    let reset = [("account", account_id.as_str()), ("unit", root.as_str()), ("name", "Ví Dụ"), ("login", "mot")];
    let address = [("address", "la@elsewhere.example"), ("rev", "0")];
    let acts: [(String, &[(&str, &str)]); 6] = [
        (format!("/accounts/{account}/close"), &[]),
        (format!("/accounts/{account}/open"), &[]),
        (format!("/accounts/{account}/expect"), &[]),
        (format!("/people/{person}/erase"), &erase),
        ("/people/reset".into(), &reset),
        ("/notices/choose".into(), &address),
    ];
    for (path, form) in acts {
        let asked = admin.form(&path, form).await;
        assert!(asked.location.starts_with("/account/prove"), "{path}: {} {}", asked.status, asked.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE disabled").await, 0);
    let asked = new("system_admin", "hai").await;
    // What was written waits there.
    assert!(
        asked.location.starts_with("/account/prove?next=%2Fpeople%2Fnew%3Fx%3D1%26resume%3D"),
        "{}",
        asked.location
    );
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE login = 'hai'").await, 0);
    let wrong = admin.form("/account/prove", &[("current", "sai rồi"), ("next", "/people/new")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proved = admin.form("/account/prove", &[("current", PASSWORD), ("next", "/people/new")]).await;
    assert_eq!(proved.location, "/people/new?done=proved", "{}", proved.body);
    assert_eq!(new("system_admin", "hai").await.status, StatusCode::OK);
    let away = admin.form("/account/prove", &[("current", PASSWORD), ("next", "https://elsewhere.test")]).await;
    assert_eq!(away.location, "/?done=proved");
}

#[tokio::test]
async fn pages_with_links_and_personal_data_are_not_kept() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let pages = [
        "/people",
        "/account",
        "/account/password",
        "/account/second-factor",
        "/ledger/access",
        "/ledger/refusals",
        "/notices",
        "/mail",
        "/api/v1/tokens",
    ];
    let list = admin.get("/people").await.body.replace("&#x2f;", "/");
    let linked = |to: &str| {
        let id = list.split(&format!("href=\"{to}")).nth(1).unwrap().split(['"', '?']).next().unwrap();
        format!("{to}{id}")
    };
    let more = [linked("/people/person_"), linked("/posts/"), "/tokens".into(), "/ledger".into()];
    for page in pages.into_iter().chain(more.iter().map(String::as_str)) {
        assert_eq!(admin.get(page).await.headers["cache-control"], "no-store", "{page}");
    }
    let root = house.app.get::<Directory>().unwrap().tree().root().unwrap().id.to_string();
    let form = [("name", "Ví Dụ"), ("login", "mot"), ("unit", &root), ("role", "officer")];
    let slip = admin.form("/people/new", &form).await;
    assert_eq!(slip.headers["cache-control"], "no-store");
    let link = slip.body.replace("&#x2f;", "/").split("/link/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(house.client().get(&format!("/link/{link}")).await.headers["cache-control"], "no-store");
}
