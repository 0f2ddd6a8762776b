//! Coming in like people who are not of the demo: an account of one's own, a telephone that makes codes.

use axum::http::StatusCode;
use directory::{Directory, usecase::account};
use kernel::Role;
use testkit::{Answer, Client};

use crate::house::House;

pub const SENTENCE: &str = "một câu đủ dài";

/// `name=value` of a cookie that an answer sets.
pub fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let mine = |text: &&str| text.starts_with(&format!("{name}="));
    let found = all.map(|text| text.split(';').next().unwrap()).find(mine);
    found.unwrap_or_else(|| panic!("no cookie {name}: {:?}", answer.headers)).to_owned()
}

/// The key that a page shows for typing.
pub fn key(page: &str) -> String {
    let text = page.split("<span class=\"code\">").nth(1).unwrap_or_else(|| panic!("{page}"));
    text.split('<').next().unwrap().replace(' ', "")
}

/// What the telephone shows now, or so many steps later.
pub fn code(house: &House, key: &str, steps: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(key).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = house.system().now().as_second() + 30 * steps;
    totp.generate(now.try_into().unwrap()).to_string()
}

/// The recovery codes of a page.
pub fn papers(page: &str) -> Vec<String> {
    let list = page.split("<ol class=\"slip code\">").nth(1).unwrap_or_else(|| panic!("{page}"));
    let items = list.split("</ol>").next().unwrap().split("<li>").skip(1);
    items.map(|item| item.split('<').next().unwrap().to_owned()).collect()
}

/// Somebody new at a unit: the answer to choosing their password.
pub async fn newcomer(house: &House, login: &str, role: Role, unit: &str) -> Answer {
    let directory = house.app.get::<Directory>().unwrap();
    let unit = match directory.tree().resolve(unit, None) {
        kernel::Resolution::Unit { unit, .. } => unit,
        _ => directory.tree().root().unwrap().id,
    };
    let new = account::NewAccount { name: "Ví Dụ Mới", login, unit, role, title: "" };
    let link = account::account_add(directory, house.app.authorizer(), &house.system(), &new).await.unwrap();
    let chosen = [("password", SENTENCE), ("again", SENTENCE)];
    house.client().form(&format!("/link/{link}"), &chosen).await
}

/// From the answer that asks for a second factor to a session; returns the telephone's key and the papers.
pub async fn enrolled(house: &House, answer: &Answer) -> (Client, String, Vec<String>) {
    assert_eq!(answer.location, "/sign-in/second-factor", "{} {}", answer.status, answer.body);
    let half = house.client().with_cookie(&cookie(answer, "dinh_halfway"));
    let key = key(&half.get("/sign-in/second-factor").await.body);
    let done = half.form("/sign-in/second-factor", &[("code", &code(house, &key, 0))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    (house.client().with_cookie(&cookie(&done, "dinh_session")), key, papers(&done.body))
}

/// Signs in as far as the question for the code.
pub async fn halfway(house: &House, login: &str, password: &str) -> Client {
    let answer = house.client().form("/sign-in", &[("login", login), ("password", password)]).await;
    assert_eq!(answer.location, "/sign-in/second-factor", "{} {}", answer.status, answer.body);
    house.client().with_cookie(&cookie(&answer, "dinh_halfway"))
}
