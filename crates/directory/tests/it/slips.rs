//! The short code of a slip: typed once in the place of a password, counted like one, and good for nobody else.

use axum::http::StatusCode;
use directory::usecase::{account, slip};
use kernel::Role;
use testkit::Answer;

use crate::{
    house::House,
    known::{account_of, directory, root},
    second_step::SENTENCE,
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A new colleague, with the link and the code of their slip.
async fn newcomer(house: &House, login: &str) -> (String, String) {
    let unit = house.unit("Sở Tài chính", None);
    let new = account::NewAccount { name: "Ví Dụ Phiếu", login, unit, role: Role::OFFICER, title: "" };
    let authorizer = house.app.authorizer();
    let link = account::account_add(directory(house), authorizer, &house.system(), &new).await.unwrap();
    let code = slip::code(house.app.db(), &link);
    (link, code)
}

async fn come(house: &House, login: &str, code: &str) -> Answer {
    house.client().form("/sign-in", &[("login", login), ("password", code)]).await
}

#[tokio::test]
async fn who_types_the_code_of_a_slip_chooses_a_password_and_the_slip_is_used_up() {
    let house = House::people().await;
    let (link, code) = newcomer(&house, "phieu").await;
    assert_eq!(code.len(), 9, "{code}");
    let other = newcomer(&house, "khac").await.1;
    assert_eq!(come(&house, "phieu", &other).await.status, WRONG, "somebody else's code");
    assert_eq!(come(&house, "vidu", &code).await.status, WRONG, "who has a password has no code");
    let typed = code.to_lowercase().replace('-', " ");
    let first = come(&house, "phieu", &typed).await;
    assert!(first.status == OPEN && first.location.starts_with("/link/in_"), "{} {}", first.status, first.location);
    assert!(first.headers.get_all("set-cookie").iter().all(|one| !one.to_str().unwrap().starts_with("dinh_session=")));
    // Left before a password was chosen, the slip is still good.
    let again = come(&house, "phieu", &code).await;
    assert_eq!(again.status, OPEN);
    let page = house.client().get(&again.location).await.body;
    assert!(page.contains("Ví Dụ Phiếu"), "{page}");
    let chosen = [("password", SENTENCE), ("again", SENTENCE)];
    assert_eq!(house.client().form(&again.location, &chosen).await.status, OPEN);
    for gone in [first.location, format!("/link/{link}")] {
        assert_eq!(house.client().get(&gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    assert_eq!(come(&house, "phieu", &code).await.status, WRONG);
    assert_eq!(come(&house, "phieu", SENTENCE).await.status, OPEN);
}

#[tokio::test]
async fn codes_are_guessed_no_faster_than_passwords_and_end_with_the_slip() {
    let house = House::people().await;
    let (_, code) = newcomer(&house, "phieu").await;
    let mut refused = 0;
    for _ in 0..12 {
        refused += usize::from(come(&house, "phieu", "ABCD-EFGH").await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "the entrance makes who guesses wait");
    house.clock.move_by(jiff::SignedDuration::from_hours(2));
    assert_eq!(come(&house, "phieu", &code).await.status, OPEN, "the right one is good after the wait");
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 7));
    assert_eq!(come(&house, "phieu", &code).await.status, WRONG, "after a week it has ended");
    // A new slip ends the one before.
    let (authorizer, ctx) = (house.app.authorizer(), house.system());
    let account = account_of(&house, "phieu").await;
    let one = account::reset(directory(&house), authorizer, &ctx, root(&house), account).await.unwrap();
    let two = account::reset(directory(&house), authorizer, &ctx, root(&house), account).await.unwrap();
    let code = |link: &str| slip::code(house.app.db(), link);
    assert_eq!(come(&house, "phieu", &code(&one)).await.status, WRONG);
    assert_eq!(come(&house, "phieu", &code(&two)).await.status, OPEN);
}

#[tokio::test]
async fn a_printed_slip_bears_address_login_and_code() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let new = [("name", "Ví Dụ Giấy"), ("login", "giay"), ("unit", "Sở Tài chính"), ("role", "clerk")];
    let page = admin.form("/people/new", &new).await.body.replace("&#x2f;", "/");
    let link = page.split("/link/").nth(1).unwrap().split(['<', '"']).next().unwrap().to_owned();
    let code = slip::code(house.app.db(), &link);
    assert!(page.contains("<svg") && page.contains("giay") && page.contains(&code), "{page}");
    assert_eq!(page.matches("class=\"slip\"").count(), 1);
}
