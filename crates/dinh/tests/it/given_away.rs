//! What is given away: posts, accounts, ways in and names, by whom, and until when it is worth anything.

use directory::ids::InvitationId;
use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use directory::usecase::{account, token};
use jiff::SignedDuration;
use kernel::{PostId, Role};
use serde_json::json;
use testkit::{Answer, Client, Part};

use crate::{
    house::{House, PASSWORD},
    people::{account_of, directory, person_of, post_of, root, unit},
    second_step::{SENTENCE, enrolled, newcomer},
};

const DONE: StatusCode = StatusCode::SEE_OTHER;
const NO: StatusCode = StatusCode::FORBIDDEN;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Every route of those who keep people that gives somebody something.
const GIVES: [&str; 14] = [
    "/accounts/{id}/expect",
    "/accounts/{id}/open",
    "/api/v1/accounts/{id}/open",
    "/api/v1/posts/{id}",
    "/people/import",
    "/people/new",
    "/people/reset",
    "/people/second-factor",
    "/people/{id}/erase",
    "/people/{id}/rename",
    "/posts/{id}/another",
    "/posts/{id}/edit",
    "/posts/{id}/hand-over",
    "/posts/{id}/stand-in",
];

/// What takes away, or gives nobody anything.
const OTHERS: [&str; 4] =
    ["/accounts/{id}/close", "/api/v1/accounts/{id}/close", "/posts/{id}/end", "/units/{id}/hours"];

pub async fn sheet(who: &Client, unit: &str, name: &str, role: &str) -> Answer {
    let text = |text: &str| text.to_owned();
    let heads = ["Họ tên", "Tên đăng nhập", "Chức vụ", "Vai trò"].map(text);
    let file = webkit::export::xlsx("S", &heads, &[[name, "tubieu", "", role].map(text).to_vec()]).unwrap();
    let parts = [Part::Field("unit", unit), Part::Field("confirm", "1"), Part::File("s.xlsx", &file)];
    who.upload("/people/import", &parts).await
}

/// Does what a route does, with the leader "sep" of a department.
async fn give(house: &House, who: &Client, route: &str) -> Answer {
    let account = account_of(house, "sep").await.to_string();
    let person = person_of(house, "sep").await.to_string();
    let post = post_of(house, "sep").await;
    let (own, other) = (unit(house, "Sở Tài chính").to_string(), unit(house, "Sở Nội vụ").to_string());
    let (own, other, account) = (own.as_str(), other.as_str(), account.as_str());
    let id = match route.split('/').find(|part| ["accounts", "people", "posts"].contains(part)) {
        Some("accounts") => account,
        Some("people") => person.as_str(),
        _ => post.as_str(),
    };
    let path = route.replace("{id}", id);
    let fields: &[(&str, &str)] = match route {
        "/people/import" => return sheet(who, own, "Ví Dụ Mới", "quản trị đơn vị").await,
        "/api/v1/accounts/{id}/open" => return who.json(Method::POST, &path, &json!({})).await,
        "/api/v1/posts/{id}" => {
            let body = json!({ "unit": other, "role": "leader", "valid_from": "2026-01-01" });
            return who.header("if-match", "\"0\"").json(Method::PATCH, &path, &body).await;
        }
        "/posts/{id}/edit" => {
            &[("rev", "0"), ("unit", other), ("role", "leader"), ("valid_from", "2026-01-01"), ("title", "Khác")]
        }
        "/people/new" => &[("name", "Ví Dụ Mới"), ("login", "moi"), ("unit", own), ("role", "leader")],
        "/people/reset" => &[("account", account), ("unit", own), ("name", "x"), ("login", "sep")],
        "/people/second-factor" => &[("account", account), ("reason", "Mất điện thoại")],
        "/people/{id}/erase" => &[("reason", "thử"), ("confirm", "1")],
        "/people/{id}/rename" => &[("name", "Tên Khác"), ("rev", "1")],
        "/posts/{id}/another" => &[("unit", other), ("role", "leader")],
        "/posts/{id}/hand-over" => &[("login", "vidu")],
        "/posts/{id}/stand-in" => &[("login", "vidu"), ("until", "2026-12-31")],
        _ => &[],
    };
    who.form(&path, fields).await
}

/// What there is to give, counted.
async fn given(house: &House) -> Vec<i64> {
    let mut out = Vec::new();
    for what in [
        "directory_account",
        "directory_post",
        "directory_invitation",
        "directory_link",
        "directory_person WHERE rev > 1",
        "directory_account WHERE expected_until IS NOT NULL",
        "directory_account WHERE second_secret IS NOT NULL",
        "directory_post WHERE valid_to IS NULL",
        "directory_post WHERE title = 'Khác' OR rev > 0",
    ] {
        out.push(house.count(&format!("SELECT COUNT(*) FROM {what}")).await);
    }
    out
}

async fn with_leader() -> House {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    enrolled(&house, &answer).await;
    house
}

async fn token_of(house: &House, login: &str) -> Client {
    let (authorizer, ctx) = (house.app.authorizer(), house.system());
    let until = ctx.today().checked_add(jiff::Span::new().days(9)).unwrap();
    let text = token::token_add(directory(house), authorizer, &ctx, login, "nhân sự", false, until).await.unwrap();
    house.client().bearer(&text)
}

fn refused_as_a_token(answer: &Answer) -> bool {
    answer.status == NO
        && (answer.body.contains("Mã truy cập không giao chức danh") || answer.body.contains("token-gives-nothing"))
}

#[tokio::test]
async fn a_token_gives_nothing_away() {
    let house = with_leader().await;
    let modules = house.app.modules().iter().filter(|module| module.name == "directory");
    let keeps = |route: &webkit::Route| route.mutates && route.access == webkit::Access::Action("person.edit");
    let routes: BTreeSet<&str> =
        modules.flat_map(|module| (module.routes)()).filter(keeps).map(|route| route.path).collect();
    let known: BTreeSet<&str> = GIVES.into_iter().chain(OTHERS).collect();
    assert_eq!(routes, known, "say of each new route whether it gives something");
    let machine = token_of(&house, "quantri").await;
    let before = given(&house).await;
    for route in GIVES {
        let answer = give(&house, &machine, route).await;
        assert!(refused_as_a_token(&answer), "{route}: {} {}", answer.status, answer.body);
    }
    let local = token_of(&house, "donvi").await;
    let commune = unit(&house, "UBND xã Sông Mẫu").to_string();
    for role in ["officer", "leader", "unit_admin"] {
        let new = [("name", "Ví Dụ"), ("login", "moi"), ("unit", commune.as_str()), ("role", role)];
        assert!(refused_as_a_token(&local.form("/people/new", &new).await), "{role}");
    }
    for role in ["", "lãnh đạo", "quản trị đơn vị"] {
        assert!(refused_as_a_token(&sheet(&local, &commune, "Ví Dụ", role).await), "{role}");
    }
    assert_eq!(given(&house).await, before);
    // A personnel system takes away, from leaders too.
    let post = post_of(&house, "sep").await;
    assert_eq!(machine.form(&format!("/posts/{post}/end"), &[]).await.status, DONE);
    let account = account_of(&house, "chutichxa").await;
    let closed = machine.json(Method::POST, &format!("/api/v1/accounts/{account}/close"), &json!({})).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
}

#[tokio::test]
async fn what_is_worth_stealing_is_given_after_proving_again() {
    let house = with_leader().await;
    let admin = house.signed_in("quantri").await;
    house.clock.move_by(SignedDuration::from_mins(11));
    let before = given(&house).await;
    for route in GIVES {
        let answer = give(&house, &admin, route).await;
        let is_asked = answer.location.starts_with("/account/prove") || answer.body.contains("prove-again");
        assert!(is_asked, "{route}: {} {}", answer.status, answer.body);
    }
    let finance = unit(&house, "Sở Tài chính").to_string();
    let officers = sheet(&admin, &finance, "Ví Dụ Mới", "").await;
    assert!(officers.location.starts_with("/account/prove"), "a sheet gives much at once: {}", officers.status);
    assert_eq!(given(&house).await, before);
    // Who has proved it gives what the form gives.
    admin.form("/account/prove", &[("current", PASSWORD)]).await;
    let slips = sheet(&admin, &finance, "Ví Dụ Mới", "quản trị đơn vị").await;
    assert!(slips.body.replace("&#x2f;", "/").contains("/link/in_"), "{} {}", slips.status, slips.body);
    assert_eq!(give(&house, &admin, "/posts/{id}/another").await.status, DONE);
}

#[tokio::test]
async fn a_sheet_puts_nobody_into_a_unit_that_has_ended() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let ended = unit(&house, "Hội Nông dân tỉnh");
    house.exec("UPDATE directory_unit SET valid_to = '2026-11-01' WHERE id = $1", db::vals![ended.uuid()]).await;
    directory(&house).reload().await.unwrap();
    let before = given(&house).await;
    let answer = sheet(&admin, &ended.to_string(), "Ví Dụ Mới", "lãnh đạo").await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("đã kết thúc hoạt động"), "{}", answer.body);
    assert_eq!(given(&house).await, before);
}

async fn waiting_invitation(house: &House) -> String {
    let sql = "SELECT id FROM directory_invitation WHERE state = 'waiting'";
    format!("/invitations/{}", InvitationId::from_uuid(house.one(sql, vec![]).await))
}

#[tokio::test]
async fn an_invitation_is_worth_what_its_sender_may_still_give() {
    let house = House::people().await;
    let (admin, local) = (house.signed_in("quantri").await, house.signed_in("donvi").await);
    let taker = house.signed_in("taichinh").await;
    let (leader, keeper) = (post_of(&house, "chutichxa").await, post_of(&house, "donvi").await);
    let invite = async || {
        let asked = [("login", "taichinh"), ("until", "2026-12-31")];
        let answer = local.form(&format!("/posts/{leader}/stand-in"), &asked).await;
        assert_eq!(answer.location, "/people?done=invited", "{}", answer.body);
        waiting_invitation(&house).await
    };
    let held = "SELECT COUNT(*) FROM directory_post WHERE stands_in_for IS NOT NULL";
    let refused = async |path: &str, why: &str| {
        let answer = taker.form(path, &[("act", "accept")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{why}: {}", answer.body);
        assert!(answer.body.contains("không còn quyền giao chức danh này"), "{why}: {}", answer.body);
        assert_eq!(house.count(held).await, 0, "{why}");
    };
    let old = invite().await;
    house.exec("UPDATE directory_invitation SET invited_by = NULL", vec![]).await;
    refused(&old, "of a version that kept no sender").await;
    assert_eq!(taker.form(&old, &[("act", "decline")]).await.status, DONE, "that can always be said");
    let path = invite().await;
    let account = account_of(&house, "donvi").await;
    assert_eq!(admin.form(&format!("/accounts/{account}/close"), &[]).await.status, DONE);
    refused(&path, "the sender's account is closed").await;
    assert_eq!(admin.form(&format!("/accounts/{account}/open"), &[]).await.status, DONE);
    assert_eq!(admin.form(&format!("/posts/{keeper}/end"), &[]).await.status, DONE);
    refused(&path, "the sender administers nothing any more").await;
    house
        .exec(
            "UPDATE directory_post SET valid_to = NULL WHERE id = $1",
            db::vals![keeper.parse::<PostId>().unwrap().uuid()],
        )
        .await;
    let taken = taker.form(&path, &[("act", "accept")]).await;
    assert_eq!((taken.status, house.count(held).await), (DONE, 1), "{}", taken.body);
    house.drain().await;
    let told =
        "SELECT COUNT(*) FROM notify_notice WHERE subject = 'stood-in-for' AND words LIKE '%được ủy quyền thay%'";
    assert_eq!(house.count(told).await, 1);
    assert!(house.signed_in("chutichxa").await.get("/notices").await.body.contains("được ủy quyền thay"));
}

#[tokio::test]
async fn a_refused_set_up_leaves_the_province_to_be_chosen() {
    let house = House::empty().await;
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let path = link.trim_start_matches("http://dinh.test");
    let good = [
        ("province", "51"),
        ("name", "Ví Dụ Một"),
        ("login", "quantri.mot"),
        ("password", SENTENCE),
        ("again", SENTENCE),
    ];
    for (at, wrong) in [
        (0, ""),
        (0, "xx"),
        (1, ""),
        (1, "L\u{435} An"),
        (2, ""),
        (2, "quản trị"),
        (3, "ngắn"),
        (4, "một câu khác hẳn"),
    ] {
        let mut form = good;
        form[at].1 = wrong;
        let answer = house.client().form(path, &form).await;
        assert_eq!(answer.status, WRONG, "{form:?}: {}", answer.body);
        let stored = "SELECT (SELECT COUNT(*) FROM directory_unit) + (SELECT COUNT(*) FROM directory_account)";
        assert_eq!(house.count(stored).await, 0, "{form:?}");
        assert!(answer.body.contains("name=\"province\""), "{form:?}: it is still asked for");
    }
    assert_eq!(house.client().form("/link/first_khongcothat", &good).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit").await, 0, "nor by a link that is none");
    let done = house.client().form(path, &good).await;
    assert_eq!(done.location, "/sign-in/second-factor", "{} {}", done.status, done.body);
    assert!(house.count("SELECT COUNT(*) FROM directory_unit").await > 400);
    assert!(directory(&house).tree().root().is_some(), "and the tree is there at once");
}

#[tokio::test]
async fn a_word_that_is_no_kind_is_not_taken_for_none() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let day = |kind: &str| json!({"day": "2026-12-24", "kind": kind, "name": "Nghỉ", "source": "QĐ 1"});
    let say = async |kind: &str| admin.json(Method::POST, "/api/v1/calendar", &day(kind)).await;
    assert_eq!(say("holiday").await.status, StatusCode::OK);
    let holidays = "SELECT COUNT(*) FROM directory_calendar_day WHERE day = '2026-12-24' AND kind = 'holiday'";
    for word in ["holidya", "", "Holiday"] {
        let answer = say(word).await;
        assert_eq!(answer.status, WRONG, "{word:?}: {}", answer.body);
        assert_eq!(answer.json()["errors"][0]["field"], "kind", "{}", answer.body);
        let form = [("day", "2026-12-24"), ("kind", word), ("name", "Nghỉ"), ("source", "QĐ 1"), ("confirm", "true")];
        let page = admin.form("/calendar", &form).await;
        assert!(page.status == WRONG && page.body.contains("Không có loại ngày này"), "{word:?}: {}", page.body);
        assert_eq!(house.count(holidays).await, 1, "{word:?}");
    }
    assert_eq!(say("usual").await.status, StatusCode::OK);
    assert_eq!(house.count(holidays).await, 0, "it is taken back by its own word");
    for (list, status) in [("?kind=departmnt", WRONG), ("?kind=", StatusCode::OK), ("?kind=department", StatusCode::OK)]
    {
        assert_eq!(admin.get(&format!("/api/v1/units{list}")).await.status, status, "{list}");
        assert_eq!(admin.get(&format!("/units{list}")).await.status, status, "{list}");
    }
}

#[tokio::test]
async fn a_new_password_ends_the_tokens_too() {
    let house = House::people().await;
    let holder = house.signed_in("taichinh").await;
    let (machine, other) = (token_of(&house, "taichinh").await, token_of(&house, "vidu").await);
    assert!(holder.get("/account/password").await.body.contains("mọi mã truy cập của bạn kết thúc"));
    let change = [("current", PASSWORD), ("password", SENTENCE), ("again", SENTENCE)];
    assert_eq!(holder.form("/account/password", &change).await.status, DONE);
    assert_eq!(machine.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(other.get("/api/v1/me").await.status, StatusCode::OK, "those of others stay");
    let counted = "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.password' AND body LIKE '%\"tokens\":1%'";
    assert_eq!(house.count(counted).await, 1);
    // One that is chosen by a slip ends what was made since.
    let id = account_of(&house, "taichinh").await;
    let (authorizer, ctx) = (house.app.authorizer(), house.system());
    let link = account::reset(directory(&house), authorizer, &ctx, root(&house), id).await.unwrap();
    let machine = token_of(&house, "taichinh").await;
    let short = [("password", "ngắn"), ("again", "ngắn")];
    assert_eq!(house.client().form(&format!("/link/{link}"), &short).await.status, WRONG);
    assert_eq!(machine.get("/api/v1/me").await.status, StatusCode::OK, "nothing was chosen");
    let chosen = [("password", "một câu khác hẳn"), ("again", "một câu khác hẳn")];
    assert_eq!(house.client().form(&format!("/link/{link}"), &chosen).await.status, DONE);
    assert_eq!(machine.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
}
