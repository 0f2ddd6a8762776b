//! Coming in, being throttled, being signed out everywhere, tokens, and rights from the role in a plan.

use axum::http::{Method, StatusCode};
use directory::{
    Directory,
    usecase::{account, token},
};
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn the_first_administrator_comes_in_by_a_link_that_works_once() {
    let house = House::empty().await;
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let path = link.trim_start_matches("http://dinh.test");
    let fields = [
        ("province", "51"),
        ("name", "Ví Dụ Một"),
        ("login", "quantri.mot"),
        ("password", "một câu đủ dài"),
        ("again", "một câu đủ dài"),
    ];
    assert_eq!(house.client().get(path).await.status, StatusCode::OK);
    let mut short = fields;
    (short[3].1, short[4].1) = ("ngắn", "ngắn");
    let refused = house.client().form(path, &short).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("từ 12 đến 128 ký tự"));
    let mut named = fields;
    named[2].1 = "mot";
    let refused = house.client().form(path, &named).await;
    assert!(refused.body.contains("quá phổ biến"), "the login is part of the password: {}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit").await, 0, "nothing is half set up");
    let done = house.client().form(path, &fields).await;
    // An administrator sets a second factor up before anything else, also the first one.
    let (admin, ..) = crate::second_step::enrolled(&house, &done).await;
    assert!(house.count("SELECT COUNT(*) FROM directory_unit").await > 400);
    assert_eq!(house.client().form(path, &fields).await.status, StatusCode::NOT_FOUND);
    assert!(dinh::server::first_link(&house.app).await.unwrap().is_none());
    assert_eq!(admin.get("/ledger").await.status, StatusCode::OK);
    crate::second_step::halfway(&house, "quantri.mot", "một câu đủ dài").await;
}

#[tokio::test]
async fn guessing_is_throttled_and_tells_nothing() {
    let house = House::people().await;
    let mut seen = Vec::new();
    for _ in 0..12 {
        seen.push(house.client().form("/sign-in", &[("login", "nobody-here"), ("password", "x")]).await);
    }
    assert_eq!(seen[0].status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen[11].status, StatusCode::TOO_MANY_REQUESTS);
    let known = house.client().form("/sign-in", &[("login", "vidu"), ("password", "x")]).await;
    assert_eq!(known.body.contains("không đúng"), seen[0].body.contains("không đúng"));
}

#[tokio::test]
async fn signing_out_ends_this_session_and_everywhere_ends_all() {
    let house = House::people().await;
    let (one, two) = (house.signed_in("vidu").await, house.signed_in("vidu").await);
    let asked = two.get("/account/sessions?session=all").await.body;
    assert!(asked.contains("action=\"/sign-out?everywhere=1\""), "{asked}");
    assert_eq!(one.form("/sign-out", &[]).await.location, "/sign-in?done=signed-out");
    assert!(one.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(two.get("/work").await.status, StatusCode::OK, "the other device stays");
    let signed = house.client().form("/sign-in", &[("login", "vidu"), ("password", crate::house::PASSWORD)]).await;
    let session = crate::second_step::cookie(&signed, "dinh_session");
    let three = house.client().with_cookie(&session);
    let other = House::beside(&house).await;
    let beside = crate::house::client(webkit::router(&other)).with_cookie(&session);
    assert_eq!(beside.get("/work").await.status, StatusCode::OK);
    assert_eq!(two.form("/sign-out?everywhere=1", &[]).await.location, "/sign-in?done=signed-out-everywhere");
    assert!(three.get("/work").await.location.starts_with("/sign-in"));
    assert!(beside.get("/work").await.location.starts_with("/sign-in"), "in another process too");
}

#[tokio::test]
async fn a_unit_administrator_resets_their_own_people_only() {
    let house = House::people().await;
    let (directory, authorizer) = (house.app.get::<Directory>().unwrap(), house.app.authorizer());
    let admin = house.signed_in("donvi").await;
    let list = admin.get("/people").await;
    assert!(list.body.contains("Trần Văn Thử") && !list.body.contains("Hồ Văn Tạm"));
    let other = directory.tree().root().unwrap().id;
    let unit = other.to_string();
    let refused =
        admin.form("/people/new", &[("name", "A"), ("login", "a"), ("unit", &unit), ("role", "officer")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let new = account::NewAccount { name: "A", login: "aa", unit: other, role: kernel::Role::OFFICER, title: "" };
    assert!(account::account_add(directory, authorizer, &house.system(), &new).await.is_ok());
}

#[tokio::test]
async fn a_stand_in_has_the_right_until_the_last_day() {
    let house = House::people().await;
    let (admin, stand_in) = (house.signed_in("quantri").await, house.signed_in("taichinh").await);
    assert_eq!(stand_in.get("/plans/new").await.status, StatusCode::FORBIDDEN);
    let list = admin.get("/people?q=vi+du").await.body.replace("&#x2f;", "/");
    let post = list.split("href=\"/posts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unknown = admin.form(&format!("/posts/{post}/stand-in"), &[("login", "nobody"), ("until", "2026-11-30")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    admin.form(&format!("/posts/{post}/stand-in"), &[("login", "taichinh"), ("until", "2026-11-30")]).await;
    assert_eq!(stand_in.get("/plans/new").await.status, StatusCode::OK);
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 10));
    assert_eq!(house.signed_in("taichinh").await.get("/plans/new").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_makes_themselves_system_administrator() {
    let house = House::people().await;
    let (directory, authorizer) = (house.app.get::<Directory>().unwrap(), house.app.authorizer());
    let root = directory.tree().root().unwrap().id;
    let posts = vec![kernel::Post { unit: root, role: kernel::Role::UNIT_ADMIN }];
    let ctx = house.system().with_actor(kernel::Actor::Person {
        account: house.system().new_id(),
        person: house.system().new_id(),
        posts,
    });
    let add = |role, login| account::NewAccount { name: "A", login, unit: root, role, title: "" };
    let refused = account::account_add(directory, authorizer, &ctx, &add(kernel::Role::SYSTEM_ADMIN, "b")).await;
    assert_eq!(refused.unwrap_err().code, "forbidden");
    assert!(account::account_add(directory, authorizer, &ctx, &add(kernel::Role::OFFICER, "c")).await.is_ok());
    let admin = directory::usecase::second_factor::account_of(directory, "quantri").await.unwrap();
    assert_eq!(account::reset(directory, authorizer, &ctx, root, admin).await.unwrap_err().code, "forbidden");
}

#[tokio::test]
async fn a_token_acts_within_its_scope_and_ends() {
    let house = House::demo().await;
    let (directory, authorizer) = (house.app.get::<Directory>().unwrap(), house.app.authorizer());
    let until = jiff::civil::date(2026, 12, 1);
    let text =
        token::token_add(directory, authorizer, &house.system(), "quantri", "kiểm thử", true, until).await.unwrap();
    let client = house.client().bearer(&text);
    assert_eq!(client.get("/api/v1/units").await.status, StatusCode::OK);
    let refused = client.json(Method::POST, "/api/v1/units", &json!({"kind": "team", "name": "Tổ"})).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::FORBIDDEN, Some("token-read-only")));
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 12));
    assert_eq!(client.get("/api/v1/units").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_follows_a_plan_sees_every_commune_in_it_and_others_do_not() {
    let house = House::demo().await;
    let (follower, commune) = (house.signed_in("vidu").await, house.signed_in("thu").await);
    assert!(follower.get("/tasks?q=chuyen+cac+co+so&sort=plan").await.body.contains("Đồi Mẫu"));
    let own = commune.get("/tasks?q=chuyen+cac+co+so&sort=plan").await.body;
    assert!(own.contains("Sông Mẫu") && !own.contains("Đồi Mẫu"));
    assert_eq!(commune.get("/people").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_change_from_another_site_is_refused() {
    let house = House::people().await;
    let client = house.signed_in("vidu").await.header("origin", "http://elsewhere.test");
    assert_eq!(client.form("/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        client.header("sec-fetch-site", "cross-site").form("/sign-out", &[]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(house.signed_in("vidu").await.get("/work").await.status, StatusCode::OK, "the cookie alone still reads");
}

#[tokio::test]
async fn a_role_in_a_plan_shows_its_parts_until_it_ends() {
    let house = House::demo().await;
    let (officer, other) = (house.signed_in("vidu").await, house.signed_in("taichinh").await);
    let parts = officer.get("/api/v1/tasks?q=chuyen+cac+co+so&sort=plan").await.json();
    let plan = parts["items"][0]["plan"].as_str().unwrap().to_owned();
    let unit = officer.get("/api/v1/units?q=so+tai+chinh").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let seen = async || {
        let page = other.get(&format!("/tasks?plan={plan}")).await.body;
        let first = format!("/tasks?open={}", parts["items"][0]["id"].as_str().unwrap());
        (page.contains("Đồi Mẫu"), other.get(&first).await.status)
    };
    assert_eq!(seen().await, (false, StatusCode::FORBIDDEN));
    let path = format!("/api/v1/plans/{plan}/roles");
    let refused = other.json(Method::POST, &path, &json!({"unit": unit, "role": "follows"})).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "nobody gives themselves a role");
    for role in ["follows", "owns_target", "coordinates", "implements"] {
        let given = officer.json(Method::POST, &path, &json!({"unit": unit, "role": role})).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
        assert_eq!(seen().await, (true, StatusCode::OK), "{role}");
        officer.json(Method::POST, &path, &json!({"unit": unit, "role": role, "end": true})).await;
        assert_eq!(seen().await, (false, StatusCode::FORBIDDEN), "{role} has ended");
    }
}

#[tokio::test]
async fn a_concurrent_post_adds_its_rights() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let list = admin.get("/people?q=tam").await.body.replace("&#x2f;", "/");
    let post = list.split("href=\"/posts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unit = admin.get("/api/v1/units?q=so+khoa+hoc").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(house.signed_in("taichinh").await.get("/plans/new").await.status, StatusCode::FORBIDDEN);
    let form = [("unit", unit.as_str()), ("role", "programme"), ("title", "Kiêm nhiệm")];
    let done = admin.form(&format!("/posts/{post}/another"), &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(house.signed_in("taichinh").await.get("/plans/new").await.status, StatusCode::OK);
    let unknown = admin.form(&format!("/posts/{post}/another"), &[("unit", &unit), ("role", "king")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}
