//! Rights over people come from being above them, and what was given can be taken back.

use std::process::{Command, Output};

use axum::http::{Method, StatusCode};
use directory::usecase::{account, close, person, token};
use jiff::SignedDuration;
use kernel::Role;

use crate::house::{House, PASSWORD};
pub use crate::known::{account_of, directory, person_of, post_of, root, unit};

/// Where the program itself is run beside the house: its clock is the machine's, and the ledger goes by one.
pub fn to_the_machines_time(house: &House) {
    let now = kernel::Clock::now(&dinh::wiring::SystemClock);
    house.clock.move_by(now.duration_since(kernel::Clock::now(&*house.clock)));
}

pub fn dinh(house: &House, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(&house.test.location.data_dir);
    if let Some(url) = &house.test.location.database_url {
        command.args(["--database-url", url]);
    }
    command.output().unwrap()
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn tokens_are_listed_revoked_and_short_lived() {
    let house = House::people().await;
    let (directory, authorizer, ctx) = (directory(&house), house.app.authorizer(), house.system());
    let add = async |name: &str, days: i64| {
        let until = ctx.today().checked_add(jiff::Span::new().days(days)).unwrap();
        token::token_add(directory, authorizer, &ctx, "thu", name, false, until).await
    };
    assert_eq!(add("quá dài", 91).await.unwrap_err().code, "token-too-long");
    let first = house.client().bearer(&add("đồng bộ", 90).await.unwrap());
    assert_eq!(first.get("/api/v1/me").await.status, StatusCode::OK);
    let (holder, above, aside) =
        (house.signed_in("thu").await, house.signed_in("donvi").await, house.signed_in("taichinh").await);
    let listed = above.get("/api/v1/tokens").await.json();
    let row = &listed["items"][0];
    assert_eq!((row["name"].as_str(), row["used_on"].as_str()), (Some("đồng bộ"), Some("2026-11-21")), "{listed}");
    assert!(
        above.get("/tokens").await.body.contains("đồng bộ") && holder.get("/account").await.body.contains("đồng bộ")
    );
    let path = format!("/tokens/{}/revoke", row["id"].as_str().unwrap());
    assert_eq!(aside.form(&path, &[]).await.status, StatusCode::FORBIDDEN);
    // Nothing ends by one click: the list leads to a page that says what will stop, for whom, and does nothing.
    assert_eq!(aside.get(&path).await.status, StatusCode::FORBIDDEN);
    for (who, list) in [(&holder, "/account"), (&above, "/tokens")] {
        let list = who.get(list).await.body.replace("&#x2f;", "/");
        assert!(list.contains(&format!("href=\"{path}\"")) && !list.contains(&format!("action=\"{path}\"")), "{list}");
        let ask = who.get(&path).await;
        assert!(ask.body.contains("đồng bộ") && ask.body.contains("bị từ chối ngay"), "{}", ask.body);
    }
    let whose = "Của Trần Văn Thử (thu)";
    assert!(above.get(&path).await.body.contains(whose) && !holder.get(&path).await.body.contains(whose));
    assert_eq!(first.get("/api/v1/me").await.status, StatusCode::OK);
    assert_eq!(holder.form(&path, &[]).await.location, "/account?done=token-revoked");
    assert_eq!(holder.form(&path, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(holder.get(&path).await.status, StatusCode::CONFLICT, "what has ended is not asked about");
    assert_eq!(first.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
    let second = house.client().bearer(&add("hai", 30).await.unwrap());
    holder.form("/sign-out?everywhere=1", &[]).await;
    assert_eq!(second.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED, "signing out everywhere");
    let third = house.client().bearer(&add("ba", 30).await.unwrap());
    account::reset(directory, authorizer, &ctx, root(&house), account_of(&house, "thu").await).await.unwrap();
    assert_eq!(third.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED, "a reset");
    let fourth = house.client().bearer(&add("bốn", 30).await.unwrap());
    house.app.db().unguarded().exec("UPDATE directory_token SET valid_to = '9999-12-31'", vec![]).await.unwrap();
    assert_eq!(fourth.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED, "made by something else");
    add("năm", 30).await.unwrap();
    let shown = said(&dinh(&house, &["token", "list"]));
    let id = shown.lines().find(|line| line.contains("năm")).unwrap().split('\t').next().unwrap().to_owned();
    assert!(dinh(&house, &["token", "revoke", &id]).status.success());
    assert!(!said(&dinh(&house, &["token", "list"])).contains("năm"));
}

#[tokio::test]
async fn a_closed_account_opens_nothing_until_it_is_opened() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let (directory, authorizer, ctx) = (directory(&house), house.app.authorizer(), house.system());
    let (admin, session) = (house.signed_in("donvi").await, house.signed_in("thu").await);
    let until = ctx.today().checked_add(jiff::Span::new().days(9)).unwrap();
    let token = token::token_add(directory, authorizer, &ctx, "thu", "t", true, until).await.unwrap();
    let link =
        account::reset(directory, authorizer, &ctx, root(&house), account_of(&house, "taichinh").await).await.unwrap();
    let account = account_of(&house, "thu").await;
    let stranger = house.signed_in("vidu").await;
    assert_eq!(stranger.form(&format!("/accounts/{account}/close"), &[]).await.status, StatusCode::FORBIDDEN);
    let done = admin.form(&format!("/accounts/{account}/close"), &[]).await;
    assert_eq!(
        done.location,
        format!("/people/{}?done=account-closed", person_of(&house, "thu").await),
        "{}",
        done.body
    );
    assert!(session.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(house.client().bearer(&token).get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
    let refused = house.client().form("/sign-in", &[("login", "thu"), ("password", PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = admin.form(&format!("/accounts/{account}/close"), &[]).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("đã đóng"), "{}", again.body);
    let reset = account::reset(directory, authorizer, &ctx, root(&house), account).await;
    assert_eq!(reset.unwrap_err().code, "account-closed");
    assert!(dinh(&house, &["account", "open", "--login", "thu"]).status.success());
    assert_eq!(house.signed_in("thu").await.get("/work").await.status, StatusCode::OK);
    close::account_close(directory, authorizer, &ctx, account_of(&house, "taichinh").await).await.unwrap();
    assert_eq!(house.client().get(&format!("/link/{link}")).await.status, StatusCode::NOT_FOUND, "the slip ended too");
}

/// A personnel system's token may take access away; it cannot prove again who it is, so it gives none.
#[tokio::test]
async fn a_token_closes_accounts_and_opens_none() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let (directory, authorizer, ctx) = (directory(&house), house.app.authorizer(), house.system());
    let until = ctx.today().checked_add(jiff::Span::new().days(9)).unwrap();
    let text = token::token_add(directory, authorizer, &ctx, "quantri", "nhân sự", false, until).await.unwrap();
    let machine = house.client().bearer(&text);
    let account = account_of(&house, "thu").await;
    let post = async |what: &str| {
        machine.json(Method::POST, &format!("/api/v1/accounts/{account}/{what}"), &serde_json::json!({})).await
    };
    let closed = post("close").await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
    let opened = post("open").await;
    assert_eq!((opened.status, opened.json()["code"].as_str()), (StatusCode::FORBIDDEN, Some("token-gives-nothing")));
    house.drain().await;
    let told = house.signed_in("quantri").await.get("/notices").await;
    assert!(told.body.contains("Một mã truy cập vừa được tạo"), "{}", told.body);
}

#[tokio::test]
async fn the_last_system_administrator_stays() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let (account, person) = (account_of(&house, "quantri").await, person_of(&house, "quantri").await);
    let post = post_of(&house, "quantri").await;
    let close = async || admin.form(&format!("/accounts/{account}/close"), &[]).await;
    let erase = [("reason", "thử"), ("confirm", "1")];
    for answer in [
        admin.form(&format!("/posts/{post}/end"), &[]).await,
        close().await,
        admin.form(&format!("/people/{person}/erase"), &erase).await,
    ] {
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        assert!(answer.body.contains("quản trị hệ thống cuối cùng"), "{}", answer.body);
    }
    assert_eq!(admin.get("/ledger").await.status, StatusCode::OK, "nothing was half done");
    let unit = root(&house).to_string();
    let second = [("name", "Hai"), ("login", "hai"), ("unit", unit.as_str()), ("role", "system_admin")];
    assert_eq!(admin.form("/people/new", &second).await.status, StatusCode::OK);
    assert_eq!(close().await.status, StatusCode::SEE_OTHER, "another can come in");
}

#[tokio::test]
async fn a_person_is_renamed_and_erased_and_the_chain_stands() {
    let house = House::people().await;
    let (admin, local) = (house.signed_in("quantri").await, house.signed_in("donvi").await);
    let (person, account) = (person_of(&house, "thu").await, account_of(&house, "thu").await);
    let session = house.signed_in("thu").await;
    session.form("/notices/choose", &[("address", "thu@tinhmau.example"), ("rev", "0")]).await;
    let rename = async |name: &str, rev: &str| {
        local.form(&format!("/people/{person}/rename"), &[("name", name), ("rev", rev)]).await
    };
    assert_eq!(rename("Trần Văn Thử Mới", "1").await.status, StatusCode::SEE_OTHER);
    assert_eq!(rename("Khác", "1").await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(rename(" ", "2").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(local.get("/people?q=thu+moi").await.body.contains("Trần Văn Thử Mới"));
    let commune = unit(&house, "UBND xã Sông Mẫu");
    let charge = [(commune, "Trần Văn Thử Mới".to_owned())];
    programme::overview::usecase::board::charge_set(&house.app, &house.system(), &charge).await.unwrap();
    let form = |confirm| [("reason", "Trần Văn Thử Mới đề nghị"), ("confirm", confirm)];
    assert_eq!(local.form(&format!("/people/{person}/erase"), &form("1")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        admin.form(&format!("/people/{person}/erase"), &form("")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let done = admin.form(&format!("/people/{person}/erase"), &form("1")).await;
    assert_eq!(done.location, "/people?done=person-erased", "{}", done.body);
    assert!(session.get("/work").await.location.starts_with("/sign-in"));
    for (what, sql) in [
        ("name", "SELECT COUNT(*) FROM directory_person WHERE name LIKE '%Thử%' OR name_fold LIKE '%van thu%'"),
        ("login", "SELECT COUNT(*) FROM directory_account WHERE login = 'thu'"),
        ("address", "SELECT COUNT(*) FROM notify_person WHERE address <> ''"),
        ("charge", "SELECT COUNT(*) FROM programme_charge"),
        ("ledger", "SELECT COUNT(*) FROM db_ledger WHERE body LIKE '%Thử%'"),
    ] {
        assert_eq!(house.count(sql).await, 0, "{what}");
    }
    assert!(admin.get("/people").await.body.contains("(đã xóa theo yêu cầu)"));
    assert_eq!(admin.form(&format!("/people/{person}/erase"), &form("1")).await.status, StatusCode::CONFLICT);
    let opened = admin.form(&format!("/accounts/{account}/open"), &[]).await;
    assert_eq!(opened.status, StatusCode::CONFLICT, "an erased account stays closed");
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// Of two people who bear one name, erasing one leaves the other's name where it stands.
#[tokio::test]
async fn a_name_that_two_people_bear_is_not_taken_from_the_other() {
    let house = House::people().await;
    let (directory, authorizer, ctx) = (directory(&house), house.app.authorizer(), house.system());
    let unit = unit(&house, "Sở Tài chính");
    let new = account::NewAccount { name: "Lê Thị Mẫu", login: "mau.hai", unit, role: Role::OFFICER, title: "" };
    account::account_add(directory, authorizer, &ctx, &new).await.unwrap();
    let charge = [(unit, "Lê Thị Mẫu".to_owned())];
    programme::overview::usecase::board::charge_set(&house.app, &ctx, &charge).await.unwrap();
    let ports = house.app.erasing();
    let twin = person_of(&house, "mau.hai").await;
    person::erase(directory, authorizer, &ctx, ports, (twin, "thử")).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_charge WHERE leader = 'Lê Thị Mẫu'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_person WHERE name = 'Lê Thị Mẫu'").await, 1);
}

/// Over a whole played year: people appear in the ledger as numbers only.
#[tokio::test]
async fn no_entry_of_a_year_names_a_person() {
    #[derive(db::FromQueryResult)]
    struct Text {
        text: String,
    }
    let house = House::year().await;
    let conn = house.app.db().read();
    let all = async |sql: &str| -> Vec<Text> { conn.all(sql, vec![]).await.unwrap() };
    let unit = unit(&house, "Sở Tài chính");
    let charge = [(unit, "Lê Thị Mẫu".to_owned())];
    programme::overview::usecase::board::charge_set(&house.app, &house.system(), &charge).await.unwrap();
    let mut names = all("SELECT name AS text FROM directory_person").await;
    names.extend(all("SELECT leader AS text FROM programme_charge").await);
    assert!(names.len() > 8);
    let bodies = all("SELECT body AS text FROM db_ledger").await;
    assert!(bodies.len() > 500);
    for (name, body) in names.iter().flat_map(|name| bodies.iter().map(move |body| (name, body))) {
        assert!(!body.text.contains(&name.text), "{}: {}", name.text, body.text);
    }
}

#[tokio::test]
async fn a_query_of_many_words_is_answered() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for path in ["/people?q=", "/units?q=", "/api/v1/units?q=", "/tasks?q=", "/search?q=", "/plans?q=", "/targets?q="] {
        for (count, status) in [(90, StatusCode::OK), (1200, StatusCode::UNPROCESSABLE_ENTITY)] {
            let words = "so+".repeat(count);
            assert_eq!(admin.get(&format!("{path}{words}")).await.status, status, "{path} {count}");
        }
    }
}

#[tokio::test]
async fn a_login_is_plain_when_it_is_made() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let unit = root(&house).to_string();
    for login in ["nguyễn", "a b", "<b>", "a\u{202e}b", &"x".repeat(65)] {
        let form = [("name", "A"), ("login", login), ("unit", unit.as_str()), ("role", "officer")];
        let answer = admin.form("/people/new", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
    }
}

#[tokio::test]
async fn the_first_link_is_printed_once_and_made_anew_on_request() {
    let house = House::empty().await;
    to_the_machines_time(&house);
    let first = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    assert_eq!(dinh::server::first_link(&house.app).await.unwrap(), None, "one waits");
    let path = |link: &str| {
        link.split("/link/")
            .nth(1)
            .map(|secret| format!("/link/{}", secret.split_whitespace().next().unwrap_or_default()))
            .unwrap()
    };
    assert_eq!(house.client().get(&path(&first)).await.status, StatusCode::OK);
    let anew = dinh_text(&house, &["account", "first-link"]);
    assert_eq!(house.client().get(&path(&first)).await.status, StatusCode::NOT_FOUND, "the old one ended");
    assert_eq!(house.client().get(&path(&anew)).await.status, StatusCode::OK);
    house.clock.move_by(SignedDuration::from_hours(24 * 900));
    assert!(dinh::server::first_link(&house.app).await.unwrap().is_some(), "that one has ended");
}

fn dinh_text(house: &House, args: &[&str]) -> String {
    let run = dinh(house, args);
    assert!(run.status.success(), "{}", said(&run));
    said(&run)
}
