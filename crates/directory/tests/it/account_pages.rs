//! Pages of passwords, slips and the second factor: whose they are, and what was begun can be left.

use axum::http::StatusCode;
use kernel::Role;
use testkit::Answer;

use crate::{
    house::{House, PASSWORD},
    known::account_of,
    second_step::{SENTENCE, code, cookie, enrolled, key, newcomer},
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn plain(answer: &Answer) -> String {
    answer.body.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&#x27;", "'")
}

#[tokio::test]
async fn who_resets_a_second_factor_sees_whose_it_is() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let (_, _, papers) = enrolled(&house, &answer).await;
    assert_eq!(papers.len(), 10);
    let admin = house.signed_in("quantri").await;
    let form = async |login: &str| {
        let account = account_of(&house, login).await;
        admin.get(&format!("/people/second-factor?account={account}")).await
    };
    let page = form("sep").await;
    assert!(page.body.contains("Ví Dụ Mới") && page.body.contains("(sep)"), "{}", page.body);
    let own = form("quantri").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert!(own.body.contains("quản trị khác"), "{}", own.body);
    let none = form("vidu").await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    assert!(none.body.contains("chưa bật xác thực hai bước"), "{}", none.body);
}

#[tokio::test]
async fn a_slip_and_a_sheet_of_codes_say_whose_they_are() {
    let house = House::people().await;
    let directory = house.app.get::<directory::Directory>().unwrap();
    let unit = house.unit("Sở Tài chính", None);
    let new = directory::usecase::account::NewAccount {
        name: "Ví Dụ Phiếu",
        login: "phieu",
        unit,
        role: Role::OFFICER,
        title: "",
    };
    let ctx = house.system();
    let link = directory::usecase::account::account_add(directory, house.app.authorizer(), &ctx, &new).await.unwrap();
    let page = house.client().get(&format!("/link/{link}")).await;
    assert!(page.body.contains("Ví Dụ Phiếu") && page.body.contains("phieu"), "{}", page.body);
    assert!(!house.client().get("/link/in_khongcothat").await.body.contains("Ví Dụ Phiếu"));
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let half = house.client().with_cookie(&cookie(&answer, "dinh_halfway"));
    let key = key(&half.get("/sign-in/second-factor").await.body);
    let sheet = half.form("/sign-in/second-factor", &[("code", &code(&house, &key, 0))]).await;
    assert!(sheet.body.contains("Tên đăng nhập: <b>sep</b>"), "{}", sheet.body);
}

#[tokio::test]
async fn a_second_factor_that_was_begun_can_be_left_and_demo_accounts_begin_none() {
    let house = House::people().await;
    newcomer(&house, "moi", Role::OFFICER, "Sở Tài chính").await;
    let client = house.client().sign_in("moi", SENTENCE).await;
    let begun = client.form("/account/second-factor", &[("act", "begin")]).await;
    let setting = client.with_cookie(&cookie(&begun, "dinh_halfway"));
    assert!(setting.get("/account/second-factor").await.body.contains("<svg"));
    let left = setting.form("/account/second-factor", &[("act", "cancel")]).await;
    assert_eq!(left.location, "/account/second-factor?done=second-cancelled", "{}", left.body);
    let after = setting.get("/account/second-factor").await.body;
    assert!(!after.contains("<svg") && after.contains("value=\"begin\""), "{after}");
    let again = setting.form("/account/second-factor", &[("act", "cancel")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "what has ended is cancelled too");
    let demo = house.signed_in("vidu").await.form("/account/second-factor", &[("act", "begin")]).await;
    assert_eq!(demo.status, StatusCode::CONFLICT);
    assert!(demo.body.contains("Tài khoản minh họa"), "{}", demo.body);
}

#[tokio::test]
async fn a_mistyped_password_of_ones_own_is_no_warning_and_the_same_one_is_no_new_one() {
    let house = House::people().await;
    newcomer(&house, "moi", Role::OFFICER, "Sở Tài chính").await;
    let client = house.client().sign_in("moi", SENTENCE).await;
    let change = async |current: &str, new: &str| {
        client.form("/account/password", &[("current", current), ("password", new), ("again", new)]).await
    };
    assert_eq!(change("một câu gõ nhầm", "một câu khác hẳn").await.status, WRONG);
    house.clock.move_by(jiff::SignedDuration::from_secs(61));
    let same = change(SENTENCE, SENTENCE).await;
    assert_eq!(same.status, WRONG);
    assert!(same.body.contains("giống mật khẩu đang dùng"), "{}", same.body);
    house.clock.move_by(jiff::SignedDuration::from_secs(61));
    let changed = change(SENTENCE, "một câu khác hẳn").await;
    assert_eq!(changed.location, "/account?done=password-changed", "{}", changed.body);
    let now = house.client().with_cookie(&cookie(&changed, "dinh_session"));
    assert!(!now.get("/account").await.body.contains("lần nhập sai"));
    let later = house.client().sign_in("moi", "một câu khác hẳn").await;
    assert!(!later.get("/account").await.body.contains("lần nhập sai"));
}

#[tokio::test]
async fn the_page_of_the_account_signs_out_everywhere_and_the_menu_here() {
    let house = House::people().await;
    let signed = house.client().form("/sign-in", &[("login", "vidu"), ("password", PASSWORD)]).await;
    let client = house.client().with_cookie(&cookie(&signed, "dinh_session"));
    let page = plain(&client.get("/account").await);
    assert!(page.contains("action=\"/sign-out\"") && page.contains("href=\"/account/sessions?session=all\""), "{page}");
    let asks = plain(&client.get("/account/sessions?session=all").await);
    assert!(asks.contains("action=\"/sign-out?everywhere=1\""), "{asks}");
}
